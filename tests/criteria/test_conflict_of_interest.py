"""Are those kept apart who declared so, and nobody else?"""

from __future__ import annotations

import pytest

from matcher.criteria.conflict_of_interest import CRITERION, declared, read_names
from matcher.criteria.minutes import minutes_between
from matcher.domain.policy import Policy
from tests.builders import a_mentor, a_round, a_school
from tests.criteria.judging import told, verdict

POLICY = Policy()
STEEL = a_mentor(
    7,
    first_name="Jan",
    last_name="Peeters",
    company="Staal Gent NV",
    company_key="0123456749",
    company_number="0123456749",
)


@pytest.mark.parametrize("named", ["M007", "Staal Gent NV", "staal-gent nv", "0123456749"])
def test_school_keeps_a_mentor_away_by_number_or_company(named: str) -> None:
    assert verdict(CRITERION, a_school(not_with=(named,)), STEEL) == (False, None)


@pytest.mark.parametrize("named", ["M008", "Staal", "Hout Gent NV", ""])
def test_school_that_names_another_keeps_nobody_away(named: str) -> None:
    assert verdict(CRITERION, a_school(not_with=(named,)), STEEL) == (True, None)


def test_mentor_keeps_away_from_a_school_by_number() -> None:
    mentor = a_mentor(not_with=("S001",))
    assert verdict(CRITERION, a_school(1), mentor) == (False, None)
    assert verdict(CRITERION, a_school(2), mentor) == (True, None)


def test_a_dash_names_nobody_also_not_those_without_a_number() -> None:
    assert read_names("-; /; M002; M002", POLICY).value == ("M002",)
    assert verdict(CRITERION, a_school(not_with=("-",)), a_mentor(company_number="")) == (True, None)


def test_verdict_over_a_cohort_is_that_of_each_pair() -> None:
    schools = [a_school(1, not_with=("bedrijf 2", "M004", "nergens")), a_school(2), a_school(3, not_with=("M001",))]
    mentors = [a_mentor(1), a_mentor(2), a_mentor(3, company="Bedrijf 2"), a_mentor(4, not_with=("S002", "S999"))]
    given = a_round(schools, mentors)
    judged = CRITERION.judge(given, minutes_between(given))
    assert judged.veto is not None
    vetoed = judged.veto[judged.school_class][:, judged.mentor_class].tolist()
    assert vetoed == [[False, True, True, True], [False, False, False, True], [True, False, False, False]]
    assert vetoed == [[declared(school, mentor) for mentor in given.mentors] for school in given.schools]


def test_sentences_name_who_declared_whom() -> None:
    assert told(CRITERION, a_school(), a_mentor(not_with=("S001",))) == (
        "",
        "M001 mag niet naar School 1 (opgegeven belangenconflict).",
    )
    assert told(CRITERION, a_school(not_with=("Staal Gent NV",)), STEEL) == (
        "",
        "School 1 wil geen mentor van Staal Gent NV (opgegeven).",
    )
    assert told(CRITERION, a_school(not_with=("M007",)), STEEL) == (
        "",
        "School 1 wil Jan Peeters niet als mentor (opgegeven).",
    )
    assert told(CRITERION, a_school(), STEEL) == ("", "")
