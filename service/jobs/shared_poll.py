"""What is new in the jobs that somebody follows? One look for all streams of this process, however many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.concurrency import run_in_threadpool

from service.database.engine import BusyError, Database
from service.jobs import store as jobs
from service.jobs.shapes import EventOut
from service.web.answers import to_json

LOOK_SECONDS = 0.25
JOIN_SECONDS = 0.01
"""How long a reading waits for other streams that want the same: those that are woken together."""

Look = tuple[list[tuple[int, bytes]], bool]
"""The events of a job past a number, each by its number and as it is sent; and whether the job ended."""


class FollowedJobs:
    """Wakes the streams of a job when something happened to it."""

    def __init__(self, database: Database) -> None:
        """Begin with nothing followed; nobody looks until somebody follows."""
        self._database = database
        self._streams: dict[str, set[asyncio.Event]] = {}
        self._seen: dict[str, tuple[int, str]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._asked: dict[tuple[str, int], asyncio.Task[Look]] = {}

    async def look(self, job: str, after: int) -> Look:
        """Read what happened to a job past a number; streams that ask for the same at once are told of one reading.

        The reading begins after each of them asked, so that nobody is told less than there was. Raises BusyError.
        """
        known = self._asked.get((job, after))
        if known is None or known.get_loop() is not asyncio.get_running_loop():
            known = self._asked[job, after] = asyncio.create_task(self._joined(job, after))
        return await asyncio.shield(known)  # who goes away takes it from nobody

    async def _joined(self, job: str, after: int) -> Look:
        await asyncio.sleep(JOIN_SECONDS)
        self._asked.pop((job, after), None)  # who asks from now on is read for anew
        return await run_in_threadpool(_events, self._database, job, after)

    @contextmanager
    def following(self, job: str) -> Iterator[asyncio.Event]:
        """Give what is set whenever there is something new, until it is followed no more."""
        news = asyncio.Event()
        self._streams.setdefault(job, set()).add(news)
        self._seen.pop(job, None)  # whatever is there is new to this one
        if self._looking is None or self._looking.done() or self._looking.get_loop() is not asyncio.get_running_loop():
            self._looking = asyncio.create_task(self._look())
        try:
            yield news
        finally:
            mine = self._streams.get(job, set())
            mine.discard(news)
            if not mine:
                self._streams.pop(job, None)

    async def _look(self) -> None:
        while self._streams:
            try:
                found = await run_in_threadpool(self._read, sorted(self._streams))
            except BusyError:  # each stream hears of it when it looks itself
                found = {}
            for job, streams in self._streams.items():
                if job not in found or self._seen.get(job) != found[job]:
                    for one in streams:
                        one.set()
            self._seen = found
            await asyncio.sleep(LOOK_SECONDS)

    def _read(self, followed: list[str]) -> dict[str, tuple[int, str]]:
        with self._database.read() as transaction:
            return jobs.progress_of(transaction, followed)


def _events(database: Database, job: str, after: int) -> Look:
    with database.read() as transaction:
        row = jobs.find(transaction, job)
        events = jobs.events_after(transaction, job, after)
    return [(one.number, _written(one)) for one in events], row is None or row.ended


def _written(event: jobs.EventRow) -> bytes:
    shape = EventOut(number=event.number, kind=event.kind, data=dict(event.document), at=event.at)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.number, event.kind.encode(), to_json(shape))
