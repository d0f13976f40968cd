"""Is it known whom a published year invites wrongly once the plan or the cohort changed?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from matcher.domain.plan import Pair, Plan
from matcher.domain.policy import Policy
from matcher.intake.season.outdated import OutdatedSession, outdated_sessions
from matcher.intake.season.seasons import make_season
from matcher.sessions.half_days import default_rounds
from tests.builders import a_mentor, a_round, a_school
from tests.season_builders import a_session, a_year

if TYPE_CHECKING:
    from matcher.domain.round import Round

GIVEN = a_round([a_school(1), a_school(2)], [a_mentor(n, company_key=f"bedrijf{n}") for n in (1, 2, 3)])
TODAY = date(2027, 1, 1)


def paired(**mentors: str) -> Plan:
    """Make a plan of these pairs."""
    pairs = tuple(Pair(school=one, mentor=who, points=1, travel_minutes=1) for one, who in mentors.items())
    return Plan(
        status="proven", engine="network", goals=(), pairs=pairs, open_places=(), inputs_hash="", policy=Policy()
    )


PLAN = paired(S001="M001", S002="M002")
SEASON = make_season(GIVEN, PLAN, id="cohort-2026", school_year=2026, rounds=default_rounds(2026))
SESSION = a_session(host="bedrijf1", mentors=("M001",), absent_mentors=("M002",), uid="u1")
HELD = a_session(day=date(2026, 12, 2), mentors=("M001", "M002"), uid="u0")
YEAR = a_year(HELD, SESSION)


def found(given: Round, plan: Plan) -> list[OutdatedSession]:
    """List what is wrong, told of the sessions to come alone."""
    outdated = outdated_sessions(SEASON, YEAR, given, plan, TODAY)
    assert all(one.session is SESSION for one in outdated)
    return list(outdated)


def test_year_that_invites_whom_the_plan_asks_is_not_outdated() -> None:
    assert found(GIVEN, PLAN) == []
    assert found(GIVEN, paired(S001="M002", S002="M001")) == []


@pytest.mark.parametrize("left", [{"withdrawn": {"M001": "uitgevallen"}}, {}])
def test_mentor_who_left_is_named_with_the_company_that_receives(left: dict[str, dict[str, str]]) -> None:
    """By a withdrawal as well as by the mentor's own row."""
    status = "active" if left else "withdrawn"
    mentors = (replace(GIVEN.mentors[0], status=status), *GIVEN.mentors[1:])
    (one,) = found(replace(GIVEN, mentors=mentors, **left), PLAN)  # type: ignore[arg-type]
    assert (one.mentors_out, one.mentors_in, one.schools_out, one.host_left) == (("M001",), (), (), True)


def test_company_of_which_another_mentor_stays_still_receives() -> None:
    mentors = (*GIVEN.mentors[:2], replace(GIVEN.mentors[2], company_key="bedrijf1"))
    (one,) = found(replace(GIVEN, mentors=mentors, withdrawn={"M001": "ziek"}), PLAN)
    assert (one.mentors_out, one.host_left) == (("M001",), False)


def test_new_plan_tells_who_goes_and_who_comes() -> None:
    (one,) = found(GIVEN, paired(S001="M003", S002="M002"))
    assert (one.mentors_out, one.mentors_in, one.host_left) == (("M001",), ("M003",), False)


def test_school_that_left_is_named_and_takes_its_mentor_along() -> None:
    (one,) = found(replace(GIVEN, schools=GIVEN.schools[:1]), paired(S001="M001"))
    assert (one.schools_out, one.mentors_out, one.mentors_in) == (("S002",), ("M002",), ())
