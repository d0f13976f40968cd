"""Does an application go its way step by step, with consent, and become part of the cohort as it is?"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import dumps, loads
from matcher.domain.errors import DocumentError, InvalidValueError
from matcher.trajectory.applications import (
    NEXT,
    Application,
    Consent,
    State,
    application_from_document,
    application_to_document,
    double_applications,
    move_application,
    round_of_applications,
)
from tests.builders import a_mentor, a_school
from tests.trajectory.making import NOON, an_application


def walked(one: Application, *states: State) -> Application:
    for state in states:
        one = move_application(one, state, NOON, "coördinator", "volzet" if state in ("refused", "withdrawn") else "")
    return one


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(NEXT)), max_size=6))
def test_only_drawn_steps_are_taken(states: list[State]) -> None:
    allowed = all(after in NEXT[before] for before, after in pairwise(["received", *states]))  # type: ignore[index]
    if allowed:
        assert walked(an_application(), *states).state == (states[-1] if states else "received")
    else:
        with pytest.raises(InvalidValueError):
            walked(an_application(), *states)


def test_refusal_without_a_reason_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="Zeg waarom"):
        move_application(an_application(), "refused", NOON)
    assert move_application(an_application(), "refused", NOON, reason="volzet").steps[0].reason == "volzet"


def test_accepted_applications_become_the_round_unchanged() -> None:
    school, mentor = a_school(1, email="an@school.example"), a_mentor(1)
    first = walked(an_application(1, school=school), "confirmed", "accepted")
    second = walked(an_application(2, school=None, mentor=mentor, network=""), "confirmed", "accepted")
    waiting = walked(an_application(3), "confirmed", "waiting")
    made = round_of_applications([first, second, waiting])
    assert (made.schools, made.mentors) == ((school,), (mentor,))


def test_application_survives_being_written() -> None:
    one = walked(an_application(1, motivation="zin in"), "confirmed", "waiting", "refused")
    assert application_from_document(loads(dumps(application_to_document(one)))) == one
    with pytest.raises(DocumentError):
        application_from_document(application_to_document(one) | {"network": "MARS"})


def test_second_application_of_a_school_is_seen() -> None:
    ones = [an_application(1), an_application(2, school=a_school(1)), an_application(3)]
    assert double_applications(ones) == (("A001", "A002"),)
    assert double_applications([walked(ones[0], "refused"), ones[1]]) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"school": None},
        {"mentor": a_mentor(1)},
        {"network": "MARS"},
        {"points": 101, "points_reason": "veel"},
        {"points": 5},
        {"id": ""},
    ],
)
def test_application_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        an_application(**changes)  # type: ignore[arg-type]


def test_consent_needs_its_wording_and_a_time_zone() -> None:
    for wording, when in (("", NOON), ("2026-1", datetime(2026, 11, 23))):  # noqa: DTZ001 - the very fault
        with pytest.raises(InvalidValueError):
            Consent(wording=wording, given_at=when)
