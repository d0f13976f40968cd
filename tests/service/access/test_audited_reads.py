"""What does the trail tell of who only looks: each look once in a quarter of an hour, and none is lost?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.access.audited_reads import MINUTES, MOST, Looks
from service.access.callers import Caller
from service.access.work import Work
from service.cohorts.members.actions import all_members
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.core.errors import Problem
from service.database.engine import BusyError
from service.database.tables import audit
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database

PERSON = {"id": "M1", "company": "Voorbeeld NV", "sectors": ["technologie"], "postcode": "3500", "half_days": ["ma-vm"]}
LOOK = ("mentors.read", "coh_1", "coh_1", {"count": 3})


@dataclass
class Clock:
    """A clock that a test sets."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """Begin at nought."""
    return Clock()


def looker(database: Database, clock: Clock) -> tuple[Work, str]:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    assert client.post(f"/v1/cohorts/{cohort}/mentors", json=PERSON).status_code == 201
    process = replace(app.state.process, looks=Looks(clock))
    return Work(Caller(role="coordinator", id="per_1", regions=("Limburg",)), process), cohort


def looks_of(database: Database, by: str) -> list[tuple[str, object]]:
    query = sa.select(audit.c.action, audit.c.detail).where(audit.c.actor == by).order_by(audit.c.id)
    with database.read() as transaction:
        return [(row.action, row.detail) for row in transaction.execute(query)]


def test_same_look_is_noted_again_after_a_quarter_of_an_hour(database: Database, clock: Clock) -> None:
    work, cohort = looker(database, clock)
    for seconds, lines in ((0, 1), (1, 1), (60 * MINUTES - 1, 1), (60 * MINUTES, 2), (60 * MINUTES + 5, 2)):
        clock.seconds = seconds
        all_members(work, cohort, MENTOR)
        assert looks_of(database, "per_1") == [("mentors.read", {"count": 1})] * lines


def test_another_person_list_or_number_of_names_is_another_look(database: Database, clock: Clock) -> None:
    work, cohort = looker(database, clock)
    all_members(work, cohort, MENTOR)
    all_members(replace(work, caller=replace(work.caller, id="per_2")), cohort, MENTOR)
    all_members(work, cohort, SCHOOL)
    client = a_client(an_app(database), "coordinator")
    assert client.post(f"/v1/cohorts/{cohort}/mentors", json=PERSON | {"id": "M2"}).status_code == 201
    all_members(work, cohort, MENTOR)
    assert looks_of(database, "per_2") == [("mentors.read", {"count": 1})]
    assert looks_of(database, "per_1") == [
        ("mentors.read", {"count": 1}),
        ("schools.read", {"count": 0}),
        ("mentors.read", {"count": 2}),
    ]


def test_look_that_could_not_be_noted_shows_nothing_and_is_noted_the_next_time(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, cohort = looker(database, clock)

    def fail(*_: object) -> None:
        raise BusyError

    with monkeypatch.context() as broken:
        broken.setattr("service.access.audit_trail.note_all", fail)
        with pytest.raises(Problem) as refused:
            all_members(work, cohort, MENTOR)
    assert refused.value.status == 503
    assert looks_of(database, "per_1") == []
    all_members(work, cohort, MENTOR)
    assert looks_of(database, "per_1") == [("mentors.read", {"count": 1})]


def test_after_a_start_every_look_is_noted(database: Database, clock: Clock) -> None:
    work, cohort = looker(database, clock)
    all_members(work, cohort, MENTOR)
    again = replace(work, process=replace(work.process, looks=Looks(clock)))
    all_members(again, cohort, MENTOR)
    assert looks_of(database, "per_1") == [("mentors.read", {"count": 1})] * 2


def test_deeds_are_noted_each_time_and_old_looks_are_forgotten(clock: Clock) -> None:
    known, deed = Looks(clock), ("dossier.exported", "S1", "coh_1", dict[str, Any]())
    known.keep("per_1", [LOOK, deed])
    assert known.new("per_1", [LOOK, deed]) == [deed]
    known.keep("per_2", [("mentor.read", f"M{number}", "coh_1", {}) for number in range(MOST)])
    assert known.new("per_1", [LOOK]) == [LOOK]
