"""Do cohorts take turns, so that nobody waits for all that another asked?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.jobs import store as jobs
from service.jobs.turns_store import next_in_turn
from service.worker.kinds import KINDS
from service.worker.worker import Worker
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    import pytest
    from fastapi import FastAPI

    from service.database.engine import Database
    from service.jobs.store import JobRow

KIND = "solve_round"


def waiting(app: FastAPI, **asked: int) -> dict[str, str]:
    """Let each cohort ask so many jobs, one cohort after the other; give each job's name, `first1` and so on."""
    client = a_client(app, "coordinator")
    names = {}
    for name, many in asked.items():
        cohort = a_cohort(client)
        for number in range(many):
            with app.state.database.write() as transaction:
                names[jobs.enqueue(transaction, KIND, cohort=cohort)] = f"{name}{number + 1}"
    return names


def begun(database: Database) -> str | None:
    """Begin the job whose turn it is."""
    with database.write() as transaction:
        key = next_in_turn(transaction, KINDS)
        if key is not None:
            assert jobs.claim(transaction, key, "somebody") is not None
        return key


def ended(database: Database, key: str) -> None:
    """End a job."""
    with database.write() as transaction:
        assert jobs.end(transaction, key, 1, "done")


def test_cohorts_take_turns_however_much_one_of_them_asked(database: Database) -> None:
    names = waiting(an_app(database), first=5, second=1, third=2)
    order = []
    while (key := begun(database)) is not None:
        order.append(names[key])
        ended(database, key)
    assert order[:4] == ["first1", "second1", "third1", "first2"]
    assert order[4:] == ["third2", "first3", "first4", "first5"]


def test_cohort_of_which_fewest_are_being_done_goes_first(database: Database) -> None:
    names = waiting(an_app(database), first=4, second=2)
    begins = [begun(database) for _ in range(3)]
    assert [names[str(one)] for one in begins] == ["first1", "second1", "first2"]
    ended(database, str(begins[0]))
    ended(database, str(begins[2]))
    assert [names[str(begun(database))] for _ in range(2)] == ["first3", "second2"]


def test_what_belongs_to_no_cohort_takes_turns_as_one(database: Database) -> None:
    names = waiting(an_app(database), first=2)
    for number in range(2):
        with database.write() as transaction:
            names[jobs.enqueue(transaction, KIND)] = f"none{number + 1}"
    order = []
    while (key := begun(database)) is not None:
        order.append(names[key])
        ended(database, key)
    assert order == ["first1", "none1", "first2", "none2"]


def test_worker_does_each_job_once_whichever_an_offer_speaks_of(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = an_app(database)
    names = waiting(app, first=3, second=1)
    order = []

    def attempt(worker: Worker, row: JobRow) -> str:
        order.append(names[row.id])
        return worker._end(row, "stopped", None)

    monkeypatch.setattr(Worker, "_attempt", attempt)
    worker = Worker(app.state.settings, database)
    for offer in [*names, *names]:  # what waits is offered more than once
        worker._hear(offer)
    assert order == ["first1", "second1", "first2", "first3"]


def test_worker_that_came_too_late_for_a_job_does_the_next(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    app = an_app(database)
    names = waiting(app, first=2)
    claim, order = jobs.claim, []

    def late(transaction: object, key: str, worker: str) -> JobRow | None:
        row = claim(transaction, key, worker)  # type: ignore[arg-type]
        return None if names[key] == "first1" else row  # another worker has it

    def attempt(worker: Worker, row: JobRow) -> str:
        order.append(names[row.id])
        return worker._end(row, "stopped", None)

    monkeypatch.setattr(jobs, "claim", late)
    monkeypatch.setattr(Worker, "_attempt", attempt)
    Worker(app.state.settings, database)._hear(next(iter(names)))
    assert order == ["first2"]
