"""Who is in a cohort, as a page asks it: does everyone see what they may, and is it noted once that it was read?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.access.callers import Caller, Role
from service.access.work import Work
from service.cohorts.members.names import gone_mentors, names_of
from service.core.errors import Problem
from service.database.tables import audit
from tests.lone_transactions import meanwhile
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database

MENTOR = {"id": "M1", "company": "Voorbeeld NV", "sectors": ["technologie"], "postcode": "3500", "half_days": ["ma-vm"]}
SCHOOL = {"id": "S1", "name": "De Linde", "postcode": "9000", "school_types": ["TSO"], "fields": ["EM"]}


def filled(database: Database) -> tuple[FastAPI, str]:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    named = MENTOR | {"first_name": "Jan", "last_name": "Maes"}
    for address, body in (("mentors", named), ("mentors", MENTOR | {"id": "M2"}), ("schools", SCHOOL)):
        assert client.post(f"/v1/cohorts/{cohort}/{address}", json=body).status_code == 201
    withdrawal = {"mentor": "M2", "reason": "no_time"}
    assert client.post(f"/v1/cohorts/{cohort}/withdrawals", json=withdrawal).status_code == 201
    return app, cohort


def a_work(app: FastAPI, role: Role, region: str = "Limburg") -> Work:
    return Work(Caller(role=role, id="per_1", regions=(region,)), app.state.process)


def noted(database: Database) -> list[tuple[str, object]]:
    query = sa.select(audit.c.action, audit.c.detail).where(audit.c.action.like("%.read")).order_by(audit.c.action)
    with database.read() as transaction:
        return [(row.action, row.detail) for row in transaction.execute(query)]


def test_coordinator_sees_names_and_each_list_is_noted_once_a_page(database: Database) -> None:
    app, cohort = filled(database)
    with a_work(app, "coordinator").together() as work:
        names, gone = names_of(work, cohort), gone_mentors(work, cohort)
        assert names_of(work, cohort) == names
        with meanwhile():
            assert noted(database) == []
    assert (names.school("S1"), names.mentor("M1"), names.mentor("M2")) == (
        "De Linde",
        "Jan Maes",
        "Mentor van Voorbeeld NV",
    )
    assert names.listed_mentors() == [("M1", "Jan Maes"), ("M2", "Mentor van Voorbeeld NV")]
    assert [(key, one.postcode) for key, one in names.listed_schools()] == [("S1", "9000")]
    assert (names.mentor("M9"), gone) == ("M9", {"M2"})
    assert noted(database) == [("mentors.read", {"count": 2}), ("schools.read", {"count": 1}), ("withdrawals.read", {})]


def test_list_read_alone_is_noted_at_once(database: Database) -> None:
    app, cohort = filled(database)
    assert gone_mentors(a_work(app, "coordinator"), cohort) == {"M2"}
    assert noted(database) == [("withdrawals.read", {})]


def test_viewer_sees_companies_for_names_and_nothing_is_noted(database: Database) -> None:
    app, cohort = filled(database)
    work = a_work(app, "viewer")
    names = names_of(work, cohort)
    assert (names.mentor("M1"), names.mentors["M1"].email, gone_mentors(work, cohort)) == (
        "Mentor van Voorbeeld NV",
        None,
        set(),
    )
    assert noted(database) == []


def test_page_that_fails_notes_nothing(database: Database) -> None:
    app, cohort = filled(database)

    def fail() -> None:
        with a_work(app, "coordinator").together() as work:
            names_of(work, cohort)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert noted(database) == []


def test_names_of_another_region_are_not_there(database: Database) -> None:
    app, cohort = filled(database)
    with pytest.raises(Problem) as refused:
        names_of(a_work(app, "coordinator", "Brussel"), cohort)
    assert (refused.value.status, noted(database)) == (404, [])
