"""Who does the jobs? A worker: claims a row, has a child compute, beats, and ends what it still holds."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import structlog

import matcher
from service.core.crashpoints import reach
from service.core.logs import places_of
from service.core.settings import Settings
from service.database.engine import BusyError, CollisionError, Database
from service.database.ids import now
from service.jobs import store as jobs
from service.jobs.queue import MemoryQueue, listen, queue_for, worker_app
from service.jobs.store import JobRow
from service.jobs.turns_store import next_in_turn
from service.mail import sending_store
from service.mail.store import JOB as MAIL
from service.webhooks import deliveries_store
from service.worker.beat import HEAR_SECONDS, STARVED
from service.worker.child import Child, Children
from service.worker.in_thread import in_thread
from service.worker.kinds import HERE, KINDS, Here, Kind
from service.worker.liveness import Silence
from service.worker.reminding import remind
from service.worker.sweeping import sweep
from service.worker.watching import Watch

log = structlog.get_logger("in2stem.jobs")

AT_ONCE = 2
"""Jobs, each with a child that is started beforehand: a question during a solve need not wait for one to start."""

LAST_SECONDS = 2.0
"""How long what waits on a network may still take where the worker must stop."""

AGAIN_SECONDS = 2.0
"""How long to wait before listening for jobs anew, where PostgreSQL was away."""

SWEEP_SECONDS = 3600.0
CRASHED = "De berekening brak onverwacht af."


class Worker:
    """Does jobs on one database until it is stopped."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Take a queue that goes with the database, if it has none yet."""
        self.settings, self.database = settings, database
        database.queue = database.queue or queue_for(settings)
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._threads = ThreadPoolExecutor(AT_ONCE + 1, thread_name_prefix="in2stem-job")
        self._beside = {kind: ThreadPoolExecutor(one.at_once, f"in2stem-{kind}") for kind, one in HERE.items()}
        self._doing, self._handed = set[str](), set[str]()
        self._silent, self._unheard = Silence(), Silence()
        self._stopping = False
        self._listening: asyncio.Task[None] | None = None
        self.children: Children | None = None

    async def run(self) -> None:
        """Work until cancelled; what is being done then is given back."""
        queue: Any = self.database.queue
        loop = asyncio.get_running_loop()
        self.children = await loop.run_in_executor(self._threads, Children, AT_ONCE)
        if isinstance(queue, MemoryQueue):
            queue.listen(loop)
        caring = asyncio.create_task(self._care())
        self._listening = asyncio.create_task(self._listen(queue))
        try:
            if not self._stopping:
                await asyncio.wait((self._listening,))
        finally:
            self._stopping = True  # before the queue waits for what is being done
            self._listening.cancel()
            caring.cancel()
            if isinstance(queue, MemoryQueue):
                queue.listen(None)
            await asyncio.wait((self._listening, caring), timeout=LAST_SECONDS)
            self.children.cut()  # one that does not even read what it is asked would hold its job's thread
            await asyncio.wait((self._listening, caring))
            for one in self._beside.values():  # places of their own: no receiver holds up what is computed
                await asyncio.to_thread(one.shutdown, cancel_futures=True)
            await asyncio.to_thread(self._threads.shutdown)
            self.children.close()

    def stop(self) -> None:
        """Begin nothing more and give back what is being done; a signal's handler may call this. `run` ends."""
        self._stopping = True
        if self._listening is not None and not self._listening.done():
            self._listening.get_loop().call_soon_threadsafe(self._listening.cancel)

    async def _listen(self, queue: Any) -> None:  # noqa: ANN401 - one of two kinds
        """Do what is offered until it must stop; a queue that is lost for a while is listened to anew."""
        while True:
            try:
                app = worker_app(self.settings, queue)
                await listen(app, self._run_one, self.name, AT_ONCE, lambda: self._stopping)
            except Exception:  # a worker that ends by itself would leave all jobs waiting
                log.exception("queue_lost")
            if self._stopping:
                return
            await asyncio.sleep(AGAIN_SECONDS)

    async def _run_one(self, job: str) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, self._hear, job)

    def _hear(self, job: str) -> None:
        """Do the job whose turn it is; one that waits on a network is handed on, for the place to be free at once."""
        with self.database.read() as transaction:
            row = jobs.find(transaction, job)
        if row is None or row.kind not in HERE:
            self._do_next()
        elif not self._stopping and job not in self._handed:  # what waits is offered more than once
            self._handed.add(job)
            self._beside[row.kind].submit(self._do_handed, job)

    def _do_next(self) -> None:
        """Do one job, of the cohort whose turn it is: for each that waits there is an offer, of whichever it speaks."""
        while not self._stopping:
            with self.database.read() as transaction:
                job = next_in_turn(transaction, KINDS)
            if job is None or self.do(job):
                return

    def _do_handed(self, job: str) -> None:
        try:
            self.do(job)
        except Exception:  # nobody awaits this
            log.exception("handed_job_lost", job=job)
        finally:
            self._handed.discard(job)

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
        """Erase what may be kept no longer, forget what nobody asks for any more, put reminders ready."""
        sweep(self.database)
        remind(self.database, self.settings)

    def recover(self, first: bool = False) -> None:  # noqa: FBT001, FBT002 - called through an executor
        """Offer again what was left unfinished."""
        alone = first and self.database.is_sqlite  # whoever owns a SQLite file has no other beside it
        with self.database.read() as transaction:
            running, waiting = jobs.running(transaction), jobs.waiting(transaction)
        running = {key: seen for key, seen in running.items() if key not in self._doing}
        silent = self._silent.of(running, 0 if alone else self.settings.stalled_after)
        unheard = self._unheard.of(waiting, 0 if first else self.settings.stalled_after)
        with self.database.write() as transaction:
            for row in jobs.take_over(transaction, {key: running[key] for key in silent}, died=alone):
                log.error("job_given_up", job=row.id, kind=row.kind)
            if len(self._doing) < AT_ONCE:  # what waits for a worker with no hand free was heard: it is not lost
                jobs.offer_waiting(transaction, unheard)
            deliveries_store.offer_due(transaction, now())
            sending_store.offer_due(transaction, now())
        if isinstance(self.database.queue, MemoryQueue):
            self.database.queue.forget_queries()

    def do(self, job: str) -> bool:
        """Do one job, if it is still to be done and the worker need not stop; tell whether it was ours to do."""
        if self._stopping:
            return False
        with self.database.write() as transaction:
            row = jobs.claim(transaction, job, self.name)
        if row is None:
            return False
        reach("claimed")
        log.info("job_started", job=row.id, kind=row.kind, attempt=row.attempt)
        start = time.monotonic()
        if row.kind in KINDS:
            self._doing.add(row.id)
        try:
            state = self._attempt(row)
        except BusyError:
            state = "left"  # the database is away; whoever finds the row silent takes it over
        finally:
            self._doing.discard(row.id)
        if row.kind == MAIL and state == "done":
            reach("mail.noted")
        log.info("job_ended", job=row.id, kind=row.kind, state=state, seconds=round(time.monotonic() - start, 3))
        return True

    def _attempt(self, row: JobRow) -> str:
        assert self.children is not None  # noqa: S101 - set before any job is heard
        try:
            notes = row.kind in HERE and HERE[row.kind].notes
            with self.database.write() if notes else self.database.read() as transaction:
                payload = _kind(row).prepare(transaction, row)
        except (matcher.In2StemError, KeyError) as error:
            refused = isinstance(error, matcher.In2StemError)
            return self._end(row, *(("refused", str(error)) if refused else ("failed", places_of(error))))
        if row.kind in HERE:
            return self._do_here(row, payload)
        state = self._compute(row, payload, self.children.take())
        if state == STARVED:
            log.info("child_starved", job=row.id, kind=row.kind)
            state = self._compute(row, payload, self.children.take(pressing=True))
        return state

    def _compute(self, row: JobRow, payload: Mapping[str, Any], child: Child) -> str:
        """Have a child do a job, and keep what comes of it."""
        assert self.children is not None  # noqa: S101 - set before any job is heard
        watch = Watch(self.database, self.settings.heartbeat, row, child)
        try:
            child.ask(row.kind, payload)
            reach("mid-solve")
            told = watch.until_told(lambda: self._stopping)
        except (EOFError, OSError):
            child.kill()
            return watch.give_back() if self._stopping else self._crashed(row)
        except BaseException:
            child.kill()  # the database is away, or worse: what it computes would be kept by nobody
            raise
        if told is None:
            child.kill()
            return watch.ended
        self.children.give_back(child)
        return self._end(row, told.what, told.value)

    def _do_here(self, row: JobRow, payload: Mapping[str, Any]) -> str:
        """Do a job that waits on a network, and beat meanwhile; where it is no longer ours, nothing is kept of it."""
        doing = in_thread(HERE[row.kind].run, payload, self.settings, lambda: self._is_ours(row))
        beat = time.monotonic()
        while not doing.done() and not self._stopping:
            wait((doing,), min(HEAR_SECONDS, self.settings.heartbeat))
            if time.monotonic() - beat >= self.settings.heartbeat:
                beat = time.monotonic()
                with self.database.write() as transaction:
                    jobs.beat(transaction, row.id, row.attempt)
        if not wait((doing,), LAST_SECONDS).done:
            with self.database.write() as transaction:
                jobs.release(transaction, row.id, row.attempt)
            return "given back"
        error = doing.exception()
        return self._end(row, *(("done", doing.result()) if error is None else ("failed", places_of(error))))

    def _is_ours(self, row: JobRow) -> bool:
        """Tell whether no other worker took a job over meanwhile."""
        with self.database.write() as transaction:
            return jobs.beat(transaction, row.id, row.attempt) is not None

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
            if row.crashes + 1 >= jobs.MOST_ATTEMPTS:
                jobs.end(transaction, row.id, row.attempt, "failed", failure=CRASHED)
                return "failed"
            jobs.give_again(transaction, row.id, row.attempt)
        return "again"


def _kind(row: JobRow) -> Kind | Here:
    return HERE[row.kind] if row.kind in HERE else KINDS[row.kind]
