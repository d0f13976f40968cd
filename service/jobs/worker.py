"""Who does the jobs? A worker: claims a row, has a child compute, beats, and ends what it still holds."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

import matcher
from service.crashpoints import reach
from service.jobs.child import Child, Children
from service.jobs.kinds import HERE, KINDS
from service.jobs.queue import MemoryQueue, listen, queue_for, worker_app
from service.logs import places_of
from service.store import answered, deliveries, jobs
from service.store.database import BusyError, CollisionError, Database
from service.store.erasure import erase_expired
from service.store.ids import now
from service.store.logins import forget_ended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.jobs.kinds import Here, Kind
    from service.settings import Settings
    from service.store.jobs import JobRow

log = structlog.get_logger("in2stem.jobs")

AT_ONCE = 2
"""Jobs, each with a child that is started beforehand: a question during a solve need not wait for one to start."""

HEAR_SECONDS = 0.1
PROGRESS_SECONDS = 0.5
STOP_SECONDS = 10.0
"""How long a child that was asked to stop may take before it is killed."""

AGAIN_SECONDS = 2.0
"""How long to wait before listening for jobs anew, where PostgreSQL was away."""

SWEEP_SECONDS = 3600.0
ANSWERS_HOLD = timedelta(days=2)
"""How long a request may be sent again with its Idempotency-Key."""

STARVED = "starved"
"""How an attempt ends that got next to nothing of the processor: it is begun anew at once, and yields less."""

CRASHED = "De berekening brak onverwacht af."


class Worker:
    """Does jobs on one database until it is stopped."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Take a queue that goes with the database, if it has none yet."""
        self.settings, self.database = settings, database
        database.queue = database.queue or queue_for(settings)
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._threads = ThreadPoolExecutor(AT_ONCE + 1, thread_name_prefix="in2stem-job")
        self._doing: set[str] = set()
        self._stopping = False
        self.children: Children | None = None

    async def run(self) -> None:
        """Work until cancelled; what is being done then is given back."""
        queue: Any = self.database.queue
        loop = asyncio.get_running_loop()
        self.children = await loop.run_in_executor(self._threads, Children, AT_ONCE)
        if isinstance(queue, MemoryQueue):
            queue.listen(loop)
        caring = asyncio.create_task(self._care())
        try:
            await self._listen(queue)
        finally:
            self._stopping = True
            caring.cancel()
            if isinstance(queue, MemoryQueue):
                queue.listen(None)
            with contextlib.suppress(asyncio.CancelledError):
                await caring
            await asyncio.to_thread(self._threads.shutdown)
            self.children.close()

    async def _listen(self, queue: Any) -> None:  # noqa: ANN401 - one of two kinds
        """Do what is offered until cancelled; a queue that is lost for a while is listened to anew."""
        while True:
            try:
                await listen(worker_app(self.settings, queue), self._run_one, self.name, AT_ONCE)
            except Exception:  # a worker that ends by itself would leave all jobs waiting
                log.exception("queue_lost")
            await asyncio.sleep(AGAIN_SECONDS)

    async def _run_one(self, job: str) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, self.do, job)

    async def _care(self) -> None:
        """Now and then, take over what dead workers left and offer again what nobody took."""
        loop, first, swept_at = asyncio.get_running_loop(), True, -SWEEP_SECONDS
        while True:
            try:
                await loop.run_in_executor(self._threads, self.recover, first)
                if loop.time() - swept_at >= SWEEP_SECONDS:
                    swept_at = loop.time()
                    await loop.run_in_executor(self._threads, self.sweep)
            except (BusyError, CollisionError):
                pass  # the next time
            except Exception:  # nobody would look after the jobs any more
                log.exception("care_failed")
            first = False
            await asyncio.sleep(self.settings.stalled_after / 4)

    def sweep(self) -> None:
        """Erase what may be kept no longer, and forget answers and logins that nobody asks for any more."""
        moment = now()
        with self.database.write() as transaction:
            for cohort in erase_expired(transaction, moment):
                log.info("contact_erased", cohort=cohort)
        with self.database.write() as transaction:
            forget_ended(transaction, moment)
            answered.forget(transaction, ANSWERS_HOLD)
            deliveries.forget(transaction, moment)

    def recover(self, first: bool = False) -> None:  # noqa: FBT001, FBT002 - called through an executor
        """Offer again what was left unfinished. The owner of a SQLite file is alone: at its start nobody else works."""
        moment = now()
        alone = first and self.database.is_sqlite
        silent_since = moment if alone else moment - timedelta(seconds=self.settings.stalled_after)
        waiting = moment if first else moment - timedelta(seconds=self.settings.stalled_after)
        with self.database.write() as transaction:
            for row in jobs.recover(transaction, silent_since):
                log.error("job_given_up", job=row.id, kind=row.kind)
            if len(self._doing) < AT_ONCE:  # what waits for a worker with no hand free was heard: it is not lost
                jobs.offer_waiting(transaction, waiting)
            deliveries.offer_due(transaction, moment)
        if isinstance(self.database.queue, MemoryQueue):
            self.database.queue.forget_queries()

    def do(self, job: str) -> None:
        """Do one job, if it is still to be done."""
        with self.database.write() as transaction:
            row = jobs.claim(transaction, job, self.name)
        if row is None:
            return
        reach("claimed")
        log.info("job_started", job=row.id, kind=row.kind, attempt=row.attempt)
        start = time.monotonic()
        self._doing.add(row.id)
        try:
            state = self._attempt(row)
        except BusyError:
            state = "left"  # the database is away; whoever finds the row silent takes it over
        finally:
            self._doing.discard(row.id)
        log.info("job_ended", job=row.id, kind=row.kind, state=state, seconds=round(time.monotonic() - start, 3))

    def _attempt(self, row: JobRow) -> str:
        assert self.children is not None  # noqa: S101 - set before any job is heard
        try:
            with self.database.read() as transaction:
                payload = _kind(row).prepare(transaction, row)
        except (matcher.In2StemError, KeyError) as error:
            refused = isinstance(error, matcher.In2StemError)
            return self._end(row, *(("refused", str(error)) if refused else ("failed", places_of(error))))
        if row.kind in HERE:
            return self._do_here(row, payload)
        state = self._compute(row, payload, self.children.take())
        if state == STARVED:
            log.info("child_starved", job=row.id, kind=row.kind)
            state = self._compute(row, payload, Child(pressing=True))
        return state

    def _compute(self, row: JobRow, payload: Mapping[str, Any], child: Child) -> str:
        """Have a child do a job, and keep what comes of it."""
        assert self.children is not None  # noqa: S101 - set before any job is heard
        watch = _Watch(self, row, child)
        try:
            child.ask(row.kind, payload)
            reach("mid-solve")
            told = watch.until_told()
        except (EOFError, OSError):
            child.kill()
            return self._crashed(row)
        except BusyError:
            child.kill()  # what it computes would be kept by nobody
            raise
        if told is None:
            child.kill()
            return watch.ended
        self.children.give_back(child)
        return self._end(row, told.what, told.value)

    def _do_here(self, row: JobRow, payload: Mapping[str, Any]) -> str:
        """Do a job that waits on a network, and beat meanwhile; where it is no longer ours, nothing is kept of it."""
        with ThreadPoolExecutor(1, thread_name_prefix="in2stem-here") as beside:
            doing = beside.submit(HERE[row.kind].run, payload, self.settings)
            while not wait((doing,), self.settings.heartbeat).done:
                with self.database.write() as transaction:
                    jobs.beat(transaction, row.id, row.attempt)
        error = doing.exception()
        return self._end(row, *(("done", doing.result()) if error is None else ("failed", places_of(error))))

    def _end(self, row: JobRow, what: str, value: Any) -> str:  # noqa: ANN401 - a result of any kind
        with self.database.write() as transaction:
            if what == "done":
                if jobs.end(transaction, row.id, row.attempt, "done"):
                    _kind(row).finish(transaction, row, value)
                return "done"
            if what == "stopped":
                jobs.end(transaction, row.id, row.attempt, "stopped")
                return "stopped"
            jobs.end(transaction, row.id, row.attempt, "failed", failure=value if what == "refused" else CRASHED)
        if what == "failed":
            log.error("job_failed", job=row.id, kind=row.kind, trace=value)
        return "failed"

    def _crashed(self, row: JobRow) -> str:
        """Try once more what killed its child; give up when it does so again."""
        log.error("child_died", job=row.id, kind=row.kind, attempt=row.attempt)
        with self.database.write() as transaction:
            if row.attempt >= jobs.MOST_ATTEMPTS:
                jobs.end(transaction, row.id, row.attempt, "failed", failure=CRASHED)
                return "failed"
            jobs.give_again(transaction, row.id, row.attempt)
        return "again"

    @property
    def stopping(self) -> bool:
        """Whether the worker must end."""
        return self._stopping


def _kind(row: JobRow) -> Kind | Here:
    return HERE[row.kind] if row.kind in HERE else KINDS[row.kind]


class _Watch:
    """Listens to a child, beats for its job, and hears whether to stop."""

    def __init__(self, worker: Worker, row: JobRow, child: Child) -> None:
        self._worker, self._row, self._child = worker, row, child
        self._asked_at: float | None = None
        self._progress: dict[str, Any] | None = None
        self.ended = "lost"

    def until_told(self) -> Any:  # noqa: ANN401 - what the child says, or None
        """Wait for the outcome; None where the job is no longer ours, or was given back."""
        beat = shown = time.monotonic()
        while True:
            told = self._child.hear(HEAR_SECONDS)
            if told is not None and told.what != "progress":
                return told
            self._progress = told.value if told is not None else self._progress
            moment = time.monotonic()
            due = moment - beat >= self._worker.settings.heartbeat
            if due or (self._progress is not None and moment - shown >= PROGRESS_SECONDS):
                beat = shown = moment
                if not self._beat():
                    return None
                if self._child.starved:
                    self.ended = STARVED
                    return None
            if self._worker.stopping:
                return self._give_back()
            if self._asked_at is not None and moment - self._asked_at > STOP_SECONDS:
                return self._stopped()

    def _beat(self) -> bool:
        with self._worker.database.write() as transaction:
            stop = jobs.beat(transaction, self._row.id, self._row.attempt)
            if stop is not None and self._progress is not None:
                jobs.add_event(transaction, self._row.id, "progress", self._progress)
        self._progress = None
        if stop and self._asked_at is None:
            self._asked_at = time.monotonic()
            self._child.stop()
        return stop is not None

    def _give_back(self) -> None:
        with self._worker.database.write() as transaction:
            jobs.release(transaction, self._row.id, self._row.attempt)
        self.ended = "given back"

    def _stopped(self) -> None:
        with self._worker.database.write() as transaction:
            jobs.end(transaction, self._row.id, self._row.attempt, "stopped")
        self.ended = "stopped"
