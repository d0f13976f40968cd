"""Does a worker that runs wholly end soon when told, and does no slow receiver hold up what is computed?"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import procrastinate
import pytest

from service.core.settings import Settings
from service.database.engine import Database
from service.database.migrate import migrate
from service.jobs import store as jobs
from service.jobs.queue import PostgresQueue
from service.worker.child import Child, Children
from service.worker.kinds import HERE, Here
from service.worker.worker import Worker
from tests.service.worker.mid_solve import Frozen
from tests.service.worker.test_away import worker_that_runs
from tests.service.worker.test_worker import a_large_round, a_round_job, a_worker, state, until
from tests.service_client import an_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from service.database.engine import Transaction
    from service.jobs.store import JobRow

SOON = 60.0


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Make messages wait, each for a receiver that answers when this is set."""
    told = threading.Event()

    def prepare(_transaction: Transaction, _job: JobRow) -> Mapping[str, Any]:
        return {}

    def run(_payload: Mapping[str, Any], _settings: Settings, _is_ours: Callable[[], bool]) -> bool:
        return told.wait(600)

    def finish(_transaction: Transaction, _job: JobRow, _result: object) -> None:
        """Keep nothing."""

    monkeypatch.setitem(HERE, "deliver", Here(prepare, run, finish, at_once=8))
    yield told
    told.set()


def messages(database: Database, count: int) -> list[str]:
    """Ask for messages to be sent."""
    with database.write() as transaction:
        return [jobs.enqueue(transaction, "deliver", target=f"dlv_{number}") for number in range(count)]


@pytest.mark.parametrize("how", ["cancel", "stop"])
def test_worker_with_a_frozen_child_ends_soon_and_gives_its_job_back(
    database: Database, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    app = an_app(database)
    job, _ = a_round_job(app, a_large_round())
    worker, frozen = Worker(app.state.settings, database), Frozen(monkeypatch)
    with worker_that_runs(worker):
        until(lambda: frozen.children)
        told = time.monotonic()
        if how == "stop":
            worker.stop()
    assert time.monotonic() - told < SOON
    assert (state(database, job).state, state(database, job).attempt) == ("queued", 0)


def ends_when_told(worker: Worker, begun: Callable[[], object]) -> bool:
    """Run a worker as the program does, stop it once it has begun, and tell whether it ends."""
    thread = threading.Thread(target=lambda: asyncio.run(worker.run()), daemon=True)
    thread.start()
    begun()
    worker.stop()
    thread.join(SOON)
    return not thread.is_alive()


def test_worker_that_connects_to_a_postgresql_that_says_nothing_ends_when_told(tmp_path: Path) -> None:
    database = Database(Settings(folder=tmp_path).address)
    migrate(database)
    database.queue = PostgresQueue()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"postgresql://127.0.0.1:{silent.getsockname()[1]}/in2stem"
        worker = Worker(Settings(folder=tmp_path, database_url=where), database)
        held: list[socket.socket] = []
        assert ends_when_told(worker, lambda: held.append(silent.accept()[0]))
        held[0].close()
    database.close()


def test_worker_ends_when_told_at_the_moment_at_which_its_queue_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = threading.Event()

    async def open_and_lose_a_cancellation(app: procrastinate.App) -> procrastinate.App:
        """Do as `asyncio.wait_for` does before Python 3.12 where what it waits for comes with the cancellation."""
        opening.set()
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(600)
        return app

    monkeypatch.setattr(procrastinate.App, "open_async", open_and_lose_a_cancellation)
    database = Database(Settings(folder=tmp_path).address)
    migrate(database)
    assert ends_when_told(Worker(Settings(folder=tmp_path), database), lambda: opening.wait(SOON))
    database.close()


def test_slow_receivers_do_not_hold_up_what_is_computed(
    database: Database, answer: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HERE, "deliver", HERE["deliver"]._replace(at_once=3))
    app = an_app(database)
    sent = messages(database, 5)
    with worker_that_runs(Worker(app.state.settings, database)):
        until(lambda: [state(database, one).state for one in sent].count("running") == 3)
        job, _ = a_round_job(app)
        until(lambda: state(database, job).ended)
        assert [state(database, one).state for one in sent].count("queued") == 2
        answer.set()
        until(lambda: all(state(database, one).ended for one in sent))
    assert [(state(database, one).state, state(database, one).attempt) for one in sent] == [("done", 1)] * 5


def test_message_to_a_slow_receiver_is_given_back_by_a_worker_that_must_stop(
    database: Database, answer: threading.Event
) -> None:
    app = an_app(database)
    (sent,) = messages(database, 1)
    with worker_that_runs(Worker(app.state.settings, database)):
        until(lambda: state(database, sent).state == "running")
        told = time.monotonic()
    assert time.monotonic() - told < SOON
    assert (state(database, sent).state, state(database, sent).attempt, answer.is_set()) == ("queued", 0, False)


def test_child_never_hears_an_interrupt_not_even_while_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.worker.child.multiprocessing", multiprocessing)  # loads the program, as a real one
    child = Child()
    try:
        for _ in range(20):
            os.kill(child._process.pid or 0, signal.SIGINT)
            time.sleep(0.05)
        assert child.alive
    finally:
        child.kill()


def test_every_child_that_was_taken_is_cut_where_its_worker_must_stop() -> None:
    children = Children(1)
    taken = [children.take(), children.take(), children.take(pressing=True)]
    assert [(one.alive, one.pressing) for one in taken] == [(True, False), (True, False), (True, True)]
    children.cut()
    until(lambda: not any(one.alive for one in taken))
    for one in taken:
        one.kill()


class Offers:
    """A queue that only remembers."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.woken: list[str] = []

    def offer(self, driver: object, job: str) -> None:
        """Do nothing inside the transaction."""

    def wake(self, job: str) -> None:
        """Remember."""
        self.woken.append(job)


def test_what_waits_is_offered_again_only_by_who_has_a_hand_free(database: Database, children: Children) -> None:
    app = an_app(database)
    job, _ = a_round_job(app)
    worker = a_worker(app, children, stalled_after=0.0)
    offers = Offers()
    database.queue = offers
    worker._doing = {"job_x", "job_y"}
    worker.recover()
    assert offers.woken == []
    worker._doing.discard("job_x")
    worker.recover()
    assert offers.woken == [job]
