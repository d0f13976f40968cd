"""How does a worker follow a child that computes? It beats for the job, and hears whether to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from service.database.engine import Database
from service.jobs import store as jobs
from service.jobs.store import JobRow
from service.worker.beat import HEAR_SECONDS, PROGRESS_SECONDS, STARVED, STOP_SECONDS
from service.worker.child import Child


class Watch:
    """Listens to a child, beats for its job, and hears whether to stop."""

    def __init__(self, database: Database, heartbeat: float, row: JobRow, child: Child) -> None:
        """Begin; `ended` says how an attempt ended of which the child told nothing."""
        self._database, self._heartbeat, self._row, self._child = database, heartbeat, row, child
        self._asked_at: float | None = None
        self._progress: dict[str, Any] | None = None
        self.ended = "lost"

    def until_told(self, stopping: Callable[[], bool]) -> Any:  # noqa: ANN401 - what the child says, or None
        """Wait for the outcome; None where the job is no longer ours, or was given back as the worker is stopping."""
        beat = shown = time.monotonic()
        while True:
            told = self._child.hear(HEAR_SECONDS)
            if told is not None and told.what != "progress":
                return told
            self._progress = told.value if told is not None else self._progress
            moment = time.monotonic()
            due = moment - beat >= self._heartbeat
            if due or (self._progress is not None and moment - shown >= PROGRESS_SECONDS):
                beat = shown = moment
                if not self._beat():
                    return None
                if self._child.starved:
                    self.ended = STARVED
                    return None
            if stopping():
                self.give_back()
                return None
            if self._asked_at is not None and moment - self._asked_at > STOP_SECONDS:
                return self._stopped()

    def _beat(self) -> bool:
        with self._database.write() as transaction:
            stop = jobs.beat(transaction, self._row.id, self._row.attempt)
            if stop is not None and self._progress is not None:
                jobs.add_event(transaction, self._row.id, "progress", self._progress)
        self._progress = None
        if stop and self._asked_at is None:
            self._asked_at = time.monotonic()
            self._child.stop()
        return stop is not None

    def give_back(self) -> str:
        """Give the job back, for another worker or a later start; say how this attempt ended."""
        with self._database.write() as transaction:
            jobs.release(transaction, self._row.id, self._row.attempt)
        self.ended = "given back"
        return self.ended

    def _stopped(self) -> None:
        with self._database.write() as transaction:
            jobs.end(transaction, self._row.id, self._row.attempt, "stopped")
        self.ended = "stopped"
