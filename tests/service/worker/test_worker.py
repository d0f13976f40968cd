"""Does a job end once, whatever dies meanwhile, and is nothing kept of an attempt that lost it?"""

from __future__ import annotations

import itertools
import json
import os
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import matcher
from benchmarks.instances import cohort as many
from service.database.tables import job as table
from service.jobs import store as jobs
from service.rounds.run import store as rounds
from service.worker.child import MOST_WAITING, Child, _processor_seconds
from service.worker.kinds import KINDS
from service.worker.worker import Worker
from tests.service.worker.mid_solve import Frozen
from tests.service_client import a_client, a_cohort, a_filled_cohort, an_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from service.database.engine import Database
    from service.worker.child import Children

PATIENCE = 300.0


def a_round_job(app: FastAPI, given: matcher.Round | None = None) -> tuple[str, str]:
    """Ask for a round; give the ids of its job and of the round."""
    client = a_client(app, "coordinator")
    asked = client.post(f"/v1/cohorts/{a_filled_cohort(client, given)}/rounds", json={}).json()
    return asked["job"], asked["id"]


def a_large_round(schools: int = 100) -> matcher.Round:
    """Make a round of so many schools that each want two mentors."""
    given = many(schools, 3 * schools)
    return replace(given, schools=tuple(replace(one, mentors_wanted=2) for one in given.schools))


def a_worker(app: FastAPI, children: Children, **changes: float) -> Worker:
    """Make a worker on the application's database."""
    worker = Worker(replace(app.state.settings, **changes), app.state.database)
    worker.children = children
    return worker


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds; fail where it takes too long."""
    start = time.monotonic()
    while not holds():
        waited = time.monotonic() - start
        assert waited < PATIENCE, "this never happened"
        time.sleep(0.02 + min(waited / 10, 0.2))  # a look is a question to the database


def state(database: Database, job: str) -> jobs.JobRow:
    with database.read() as transaction:
        row = jobs.find(transaction, job)
    assert row is not None
    return row


def test_job_is_claimed_by_one_worker_alone(database: Database) -> None:
    job, _ = a_round_job(an_app(database))
    claimed = []

    def claim(name: str) -> None:
        with database.write() as transaction:
            claimed.append(jobs.claim(transaction, job, name))

    threads = [threading.Thread(target=claim, args=(str(number),)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(row is not None for row in claimed) == 1


def test_result_of_an_attempt_that_lost_its_job_is_not_kept(database: Database, children: Children) -> None:
    app = an_app(database)
    job, round_id = a_round_job(app)
    with database.write() as transaction:
        assert (first := jobs.claim(transaction, job, "slow")) is not None
        jobs.take_over(transaction, jobs.running(transaction), died=False)
    a_worker(app, children).do(job)
    with database.write() as transaction:
        found = rounds.by_id(transaction, round_id)
        assert jobs.end(transaction, job, first.attempt, "done", result={}) is False
        assert jobs.beat(transaction, job, first.attempt) is None
    assert found is not None
    assert found.plan is not None
    assert state(database, job).attempt == 2


def test_job_of_a_silent_worker_is_offered_again_and_given_up_in_the_end(database: Database) -> None:
    job, _ = a_round_job(an_app(database))
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        with database.write() as transaction:
            row = jobs.claim(transaction, job, "dies")
            assert row is not None
            assert row.attempt == attempt
            lost = jobs.take_over(transaction, jobs.running(transaction), died=True)
    assert [one.id for one in lost] == [job]
    assert state(database, job).state == "failed"
    assert state(database, job).failure.startswith("De berekening is telkens afgebroken.")


def test_job_that_beats_is_left_alone(database: Database) -> None:
    job, _ = a_round_job(an_app(database))
    with database.write() as transaction:
        row = jobs.claim(transaction, job, "lives")
        assert row is not None
        seen = jobs.running(transaction)
        jobs.beat(transaction, job, row.attempt)
        assert jobs.take_over(transaction, seen, died=False) == []
    assert state(database, job).state == "running"


def test_child_killed_in_mid_solve_leaves_its_job_to_another(
    database: Database, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    app = an_app(database)
    job, round_id = a_round_job(app, a_large_round())
    worker = a_worker(app, children, heartbeat=0.2)
    doomed = Child()
    with monkeypatch.context() as patch:
        patch.setattr(children, "take", lambda: doomed)
        frozen = Frozen(patch)
        thread = threading.Thread(target=worker.do, args=(job,))
        thread.start()
        until(lambda: frozen.children)
        assert state(database, job).state == "running"
        doomed._process.kill()
        thread.join(PATIENCE)
    assert state(database, job).state == "queued"
    worker.do(job)
    with database.read() as transaction:
        row = rounds.by_id(transaction, round_id)
    assert row is not None
    assert row.plan is not None
    assert row.plan["status"] == "proven"


def test_round_that_others_leave_no_processor_is_begun_anew_and_yields_less(
    database: Database, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    app = an_app(database)
    job, _ = a_round_job(app, a_large_round())
    worker = a_worker(app, children, heartbeat=0.01)
    monkeypatch.setattr("service.worker.watching.HEAR_SECONDS", 0.01)
    waited, taken, take = itertools.count(0.0, MOST_WAITING), children.take(), children.take
    monkeypatch.setattr("service.worker.child._processor_seconds", lambda _process: (0.1, next(waited)))
    monkeypatch.setattr(children, "take", lambda *, pressing=False: take(pressing=True) if pressing else taken)
    worker.do(job)
    assert (taken.alive, state(database, job).state, state(database, job).attempt) == (False, "done", 1)
    assert next(waited) > 2 * MOST_WAITING


def test_time_that_a_process_ran_and_waited_is_known_where_the_system_tells() -> None:
    ran, waited = _processor_seconds(os.getpid())
    assert 0.1 < ran < time.monotonic()
    assert waited >= 0.0
    assert _processor_seconds(None) == (0.0, 0.0)


def test_round_stopped_in_mid_solve_ends_soon_with_what_it_has(
    database: Database, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    app = an_app(database)
    job, round_id = a_round_job(app, a_large_round())
    worker, frozen = a_worker(app, children, heartbeat=0.1), Frozen(monkeypatch)
    thread = threading.Thread(target=worker.do, args=(job,))
    thread.start()
    until(lambda: frozen.children)
    with database.write() as transaction:
        assert jobs.ask_stop(transaction, job) == "running"
    frozen.go_on()
    thread.join(PATIENCE)
    assert state(database, job).ended
    with database.read() as transaction:
        row = rounds.by_id(transaction, round_id)
    assert row is not None
    assert row.plan is None or row.plan["status"] in ("feasible", "unfinished", "proven")


def test_worker_that_must_stop_gives_its_job_back(
    database: Database, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    app = an_app(database)
    job, _ = a_round_job(app, a_large_round())
    worker, frozen = a_worker(app, children), Frozen(monkeypatch)
    thread = threading.Thread(target=worker.do, args=(job,))
    thread.start()
    until(lambda: frozen.children)
    assert state(database, job).state == "running"
    worker._stopping = True
    thread.join(PATIENCE)
    row = state(database, job)
    assert (row.state, row.attempt) == ("queued", 0)


def test_worker_that_must_stop_begins_nothing(database: Database, children: Children) -> None:
    app = an_app(database)
    job, _ = a_round_job(app)
    worker = a_worker(app, children)
    worker.stop()
    worker.do(job)
    assert (state(database, job).state, state(database, job).attempt) == ("queued", 0)


def test_question_that_can_not_be_answered_fails_with_its_sentence(database: Database, children: Children) -> None:
    app = an_app(database)
    first, round_id = a_round_job(app)
    worker = a_worker(app, children)
    worker.do(first)
    payload = {"round": round_id, "question": "pair", "arguments": {"school": "000110", "mentor": "M9999"}}
    with database.write() as transaction:
        row = rounds.by_id(transaction, round_id)
        assert row is not None
        job = jobs.enqueue(transaction, "ask", cohort=row.cohort, target=round_id, payload=payload)
    worker.do(job)
    found = state(database, job)
    assert (found.state, found.result) == ("failed", None)
    assert found.failure.startswith("Geen mentor met nummer of naam «M9999».")


def test_job_taken_back_by_a_rollback_is_offered_to_nobody(database: Database) -> None:
    an_app(database)
    cohort = a_cohort(a_client(an_app(database), "coordinator"))

    def half_done() -> None:
        with database.write() as transaction:
            jobs.enqueue(transaction, "solve_round", cohort=cohort, target="rnd_x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    with database.read() as transaction:
        assert transaction.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


def test_large_round_is_studied_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    given = many(20, 60)
    payload = {
        "given": json.dumps(matcher.round_to_document(given)),
        "plan": json.dumps(matcher.plan_to_document(matcher.assign(given))),
        "names": {one.id: f"mtr_{one.id}" for one in given.mentors},
        "part": None,
    }
    monkeypatch.setattr("service.rounds.questions.study.PART", 25)
    whole = KINDS["study_round"].run(payload, lambda _line, _fraction: None, lambda: False)
    assert whole["parts"] == [
        {"side": "school", "first": 0},
        *({"side": "mentor", "first": first} for first in (0, 25, 50)),
    ]
    part = KINDS["study_round"].run(
        payload | {"part": whole["parts"][-1]}, lambda _line, _fraction: None, lambda: False
    )
    assert set(part["kept"]["mentor"]) == {f"mtr_{one.id}" for one in given.mentors[50:]}


def test_sweep_erases_what_may_be_kept_no_longer(database: Database, children: Children) -> None:
    app = an_app(database)
    client = a_client(app, "admin")
    old = a_filled_cohort(client, keep_until="2026-01-01T00:00:00Z")
    kept = a_filled_cohort(client, keep_until="2999-01-01T00:00:00Z")
    a_worker(app, children).sweep()
    mails = {one: client.get(f"/v1/cohorts/{one}/mentors/M001").json()["email"] for one in (old, kept)}
    assert mails[old] == ""
    assert mails[kept] != ""
