"""Does a worker go on where PostgreSQL was away for a while, and is nothing left behind meanwhile?"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import procrastinate
import psycopg
import pytest

from service.database.engine import BusyError, CollisionError
from service.jobs import queue as queues
from service.jobs import store as jobs
from service.jobs.queue import PostgresQueue
from service.worker.child import Child
from service.worker.worker import Worker
from tests.postgres import run_sql
from tests.service.worker.mid_solve import Frozen
from tests.service.worker.test_worker import PATIENCE, a_large_round, a_round_job, a_worker, state, until
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database
    from service.worker.child import Children

on_postgresql = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


class Outage:
    """A database that lets nobody in for a while."""

    def __init__(self, server: str, database: Database) -> None:
        """Say which one."""
        self.server, self.name = server, database.engine.url.database

    def begin(self) -> None:
        """Throw everybody out, and keep them out."""
        run_sql(self.server, f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        gone = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"  # noqa: S608
        run_sql(self.server, gone)

    def end(self) -> None:
        """Let them in again."""
        run_sql(self.server, f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")


@contextmanager
def worker_that_runs(worker: Worker) -> Iterator[None]:
    """Run a worker wholly, as the service does, in a thread with its own loop."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(worker.run())

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(PATIENCE)


def fresh_children(children: Children, monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """Have each job take a child of its own; give the list of those that were taken."""
    taken: list[Child] = []

    def take() -> Child:
        taken.append(Child())
        return taken[-1]

    monkeypatch.setattr(children, "take", take)
    return taken


@on_postgresql
def test_worker_goes_on_where_postgresql_was_away_for_long(
    database: Database, postgres_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(queues, "POLL_SECONDS", 0.5)
    app = an_app(database)
    before, _ = a_round_job(app)
    outage = Outage(postgres_server, database)
    with worker_that_runs(Worker(app.state.settings, database)):
        until(lambda: state(database, before).ended)
        outage.begin()
        time.sleep(5)  # the queue gives up in less
        outage.end()
        after, _ = a_round_job(app)
        until(lambda: state(database, after).ended)
    assert (state(database, before).state, state(database, after).state) == ("done", "done")


@on_postgresql
def test_child_ends_where_its_worker_lost_the_database(
    database: Database, postgres_server: str, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    app = an_app(database)
    job, _ = a_round_job(app, a_large_round())
    taken, frozen = fresh_children(children, monkeypatch), Frozen(monkeypatch)
    thread = threading.Thread(target=a_worker(app, children, heartbeat=0.2).do, args=(job,))
    thread.start()
    until(lambda: frozen.children)
    outage = Outage(postgres_server, database)
    outage.begin()
    thread.join(PATIENCE)
    outage.end()
    assert [one.alive for one in taken] == [False]
    assert state(database, job).state == "running"


def test_child_ends_where_its_worker_fails_to_follow_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    def lost(*_given: object) -> None:
        raise CollisionError

    app = an_app(database)
    job, _ = a_round_job(app, a_large_round())
    taken = fresh_children(children, monkeypatch)
    Frozen(monkeypatch)
    monkeypatch.setattr(jobs, "beat", lost)
    monkeypatch.setattr("service.worker.watching.HEAR_SECONDS", 0.01)
    with pytest.raises(CollisionError):
        a_worker(app, children, heartbeat=0.0).do(job)
    assert [one.alive for one in taken] == [False]
    assert state(database, job).state == "running"


@on_postgresql
def test_database_that_goes_away_while_a_job_is_offered_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = an_app(database)
    cohort = a_cohort(a_client(app, "coordinator"))
    offer = PostgresQueue.offer

    def cut(self: PostgresQueue, driver: Any, job: str) -> None:  # noqa: ANN401 - psycopg's connection
        pid = driver.info.backend_pid
        address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (pid,))
        offer(self, driver, job)

    monkeypatch.setattr(PostgresQueue, "offer", cut)
    with pytest.raises(BusyError), database.write() as transaction:
        jobs.enqueue(transaction, "solve_round", cohort=cohort, target="rnd_x")


def test_worker_in_memory_listens_anew_after_an_error(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    run_worker = procrastinate.App.run_worker_async
    tries = []

    async def stumbling(self: procrastinate.App, **choices: Any) -> None:  # noqa: ANN401 - procrastinate's own
        tries.append(len(tries))
        if len(tries) == 1:
            raise procrastinate.exceptions.ConnectorException
        await run_worker(self, **choices)

    monkeypatch.setattr(procrastinate.App, "run_worker_async", stumbling)
    monkeypatch.setattr("service.worker.worker.AGAIN_SECONDS", 0.0)
    app = an_app(database)
    job, _ = a_round_job(app)
    with worker_that_runs(Worker(app.state.settings, database)):
        until(lambda: state(database, job).ended)
    assert (state(database, job).state, tries) == ("done", [0, 1])
