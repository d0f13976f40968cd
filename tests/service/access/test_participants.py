"""Is somebody on their own page let in where a rule or an action says so, and nowhere else?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.access.action import action
from service.access.callers import Caller
from service.access.participants import caller_of_page, open_all, secret_of
from service.access.permissions import RULES, admit
from service.access.work import Work
from service.core.errors import Problem
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from service.access.permissions import Rule
    from service.database.engine import Database

SCHOOL = Caller(role="participant", id="school:S001", cohort="coh_1", side="school", key="S001")
PEOPLE = ("nobody", "portal", "viewer", "coordinator", "admin")


@pytest.mark.parametrize("rule", RULES)
def test_participant_is_let_in_by_two_rules_alone(rule: Rule) -> None:
    if rule in ("anyone", "participant"):
        admit(rule, SCHOOL)
        return
    with pytest.raises(Problem) as told:
        admit(rule, SCHOOL)
    assert told.value.status == 403


@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_else_passes_for_a_participant(role: str) -> None:
    with pytest.raises(Problem) as told:
        admit("participant", Caller(role=role, id="per_1"))  # type: ignore[arg-type]
    assert told.value.status in (401, 403)


@action("coordinator", own="school")
def measured(work: Work, cohort: str, school: str) -> str:
    """Do what a coordinator may, and a school about itself."""
    with work.reading() as transaction:
        work.cohort(transaction, cohort)
    return school


@action("coordinator")
def closed(work: Work, cohort: str, school: str) -> str:
    """Do what a coordinator alone may."""
    del work, cohort
    return school


def test_action_lets_in_a_participant_about_themselves_alone(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort, other = a_filled_cohort(client), a_filled_cohort(client)
    school, another = (one["id"] for one in client.get(f"/v1/cohorts/{cohort}/schools?limit=2").json()["items"])
    with database.write() as transaction:
        (row,) = open_all(transaction, cohort, [("school", school)])
        secret = secret_of(transaction, row)
    work = Work(caller=caller_of_page(database, secret), process=app.state.process)
    assert work.caller.by == f"school:{school}"
    assert not work.is_trusted
    assert measured(work, cohort, school) == school
    for where, whose in ((cohort, another), (other, school), (other, another)):
        with pytest.raises(Problem) as told:
            measured(work, where, whose)
        assert told.value.status == 404
    with pytest.raises(Problem) as told:
        closed(work, cohort, school)
    assert told.value.status == 403


def test_mentor_of_the_same_number_is_not_the_school(database: Database) -> None:
    app = an_app(database)
    cohort = a_filled_cohort(a_client(app, "coordinator"))
    mentor = Caller(role="participant", id="mentor:S001", cohort=cohort, side="mentor", key="S001")
    with pytest.raises(Problem) as told:
        measured(Work(caller=mentor, process=app.state.process), cohort, "S001")
    assert told.value.status == 404
