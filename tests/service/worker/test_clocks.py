"""Does a machine whose clock is wrong, or steps, lose or double nothing, and does falling silent count as no crash?"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from service.database import clock
from service.database.ids import now
from service.jobs import store as jobs
from service.worker.liveness import Silence
from tests.service.run.running import ROOT
from tests.service.worker.test_worker import a_large_round, a_round_job, a_worker, state, until
from tests.service_client import an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database
    from service.worker.child import Children

STEP = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_clock() -> Iterator[None]:
    """Leave the clock as it was found."""
    yield
    clock.set_by(None)


@contextmanager
def wrong_by(step: timedelta, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have this machine's clock tell another moment."""
    with patch.context() as here:
        here.setattr(clock, "machine_moment", lambda: datetime.now(UTC) + step)
        yield


def test_silence_is_counted_from_when_a_thing_was_first_seen_so() -> None:
    counter = 0.0
    silence = Silence(lambda: counter)
    assert silence.of({"a": 1, "b": 1}, 12) == []
    assert silence.of({"a": 1}, 0) == ["a"]
    counter = 11.0
    assert silence.of({"a": 1, "b": 1}, 12) == []
    counter = 12.0
    assert silence.of({"a": 1, "b": 1}, 12) == ["a"]
    assert silence.of({"a": 2, "b": 1}, 12) == []
    counter = 23.0
    assert silence.of({"a": 2, "b": 1}, 12) == ["b"]


@pytest.mark.parametrize("step", [STEP, -STEP], ids=["ahead", "behind"])
def test_a_step_of_the_clock_takes_no_job_from_a_worker_that_beats(
    database: Database, children: Children, monkeypatch: pytest.MonkeyPatch, step: timedelta
) -> None:
    app = an_app(database)
    job, _ = a_round_job(app)
    counter = 0.0
    other = a_worker(app, children, stalled_after=12.0)
    other._silent = Silence(lambda: counter)
    with database.write() as transaction:
        row = jobs.claim(transaction, job, "busy")
    assert row is not None
    for number in range(6):
        with wrong_by(step * number, monkeypatch):
            other.recover()
        counter += 10.0
        with database.write() as transaction:
            assert jobs.beat(transaction, job, row.attempt) is False
    found = state(database, job)
    assert (found.state, found.attempt, found.crashes, found.taken_over) == ("running", 1, 0, 0)
    other.recover()
    counter += 12.0
    other.recover()
    assert (state(database, job).state, state(database, job).taken_over) == ("queued", 1)


def test_a_silent_worker_is_taken_over_by_whatever_clock_and_that_is_no_crash(
    database: Database, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = an_app(database)
    job, _ = a_round_job(app)
    for number in range(jobs.MOST_ATTEMPTS + 1):
        with database.write() as transaction:
            row = jobs.claim(transaction, job, "silent")
        assert row is not None
        other = a_worker(app, children, stalled_after=0.0)
        with wrong_by(-STEP, monkeypatch):
            other.recover()
            other.recover()
        found = state(database, job)
        assert (found.state, found.crashes, found.taken_over) == ("queued", 0, number + 1)
    a_worker(app, children).do(job)
    assert state(database, job).state == "done"


def test_a_job_whose_workers_always_fall_silent_is_given_up_in_the_end(database: Database) -> None:
    job, _ = a_round_job(an_app(database))
    for _ in range(jobs.MOST_TAKEN_OVER):
        with database.write() as transaction:
            jobs.claim(transaction, job, "silent")
            lost = jobs.take_over(transaction, jobs.running(transaction), died=False)
    assert [one.id for one in lost] == [job]
    assert state(database, job).state == "failed"


def test_on_postgresql_all_go_by_the_clock_of_the_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    if database.is_sqlite:
        clock.set_by(None)
        with database.read():
            assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)
        return
    clock.set_by(None)
    database.engine.dispose()
    with wrong_by(STEP, monkeypatch):
        with database.read():
            pass
        assert abs(now() - datetime.now(UTC)) < STEP / 2
        monkeypatch.setattr(clock, "LOOK_SECONDS", 0.0)
        clock.set_by(datetime.now(UTC) + STEP)  # what a look long ago said
        with database.read():
            pass
        assert abs(now() - datetime.now(UTC)) < STEP / 2


WORKER_AHEAD = """
import sys
from datetime import UTC, datetime, timedelta
from service.database import clock
clock.machine_moment = lambda: datetime.now(UTC) + timedelta(seconds=30)
from service.start import main
sys.argv = ["in2stem", "work"]
main()
"""


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_worker_thirty_seconds_ahead_beside_another_on_postgresql_does_each_job_once(
    database: Database, children: Children
) -> None:
    app = an_app(database)
    url = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    given = [a_round_job(app, a_large_round(40))[0] for _ in range(4)]
    environment = {"DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", WORKER_AHEAD], env=environment, stdout=subprocess.DEVNULL
    ) as ahead:
        try:
            worker = a_worker(app, children, heartbeat=0.2, stalled_after=2.0)
            for job in given:
                worker.recover()
                worker.do(job)
            until(lambda: all(state(database, job).ended for job in given))
        finally:
            ahead.terminate()
    found = [state(database, job) for job in given]
    assert [(one.state, one.attempt, one.crashes, one.taken_over) for one in found] == [("done", 1, 0, 0)] * 4
