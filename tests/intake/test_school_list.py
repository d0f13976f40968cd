"""Is a list of thirty schools with real kinds of names and their whole offer of directions read without an error?

`lists/dertig-scholen.csv` holds invented schools; their directions are official names, as schools write them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.domain.vocabulary import FIELDS, FINALITIES, SCHOOL_TYPES
from matcher.intake.cohort.rounds import read_cohort
from matcher.matching.assign import assign
from matcher.matching.checker import verify_plan
from tests.bad_inputs.cohorts import MENTOR, csv_table
from tests.builders import a_mentor, a_round

if TYPE_CHECKING:
    from matcher.domain.school import School
    from matcher.intake.cohort.cohort import Cohort

TABLE = Path(__file__).parent / "lists" / "dertig-scholen.csv"


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    mentors = csv_table([MENTOR | {"onderwijsvormen": "D/A, A", "sectoren": "Machinebouw"}])
    return read_cohort({"scholen.csv": TABLE.read_bytes(), "mentoren.csv": mentors.encode()})


def schools(cohort: Cohort) -> dict[str, School]:
    assert cohort.given is not None
    return {one.name: one for one in cohort.given.schools}


def test_list_is_read_without_an_error_or_a_doubt_about_a_word(cohort: Cohort) -> None:
    assert [one for one in cohort.findings if one.severity == "error"] == []
    assert (cohort.counts.schools, cohort.counts.bad_rows) == (30, 0)
    assert {one.code for one in cohort.findings if one.severity == "warning"} <= {"outside_flanders"}
    told = {one.code for one in cohort.findings if one.severity == "note"}
    assert {"not_stem", "older_direction", "no_school_type", "types_of_finalities", "sector_reading"} <= told


def test_all_fields_types_and_finalities_are_there(cohort: Cohort) -> None:
    found = schools(cohort).values()
    assert {field for one in found for field in one.fields} == set(FIELDS)
    assert {kind for one in found for kind in one.school_types} == set(SCHOOL_TYPES)
    assert {kind for one in found for kind in one.finalities} == set(FINALITIES)


@pytest.mark.parametrize(
    ("name", "types", "finalities", "fields"),
    [
        ("GO! atheneum De Wissel", ("ASO",), ("doorstroom",), ("WE",)),
        ("Technisch Instituut Sint-Godfried", (), ("dubbel", "arbeidsmarkt"), ("BO", "HT", "VT")),
        ("Sint-Barbaracollege", ("ASO", "TSO"), (), ("WE", "IC")),
        ("BuSO De Sprong", ("TSO",), (), ("TE", "IC")),
        ("Scholengemeenschap Kempenland, campus Zuid", SCHOOL_TYPES, (), ("WE", "TE", "EM")),
        ("Koninklijk Technisch Atheneum", ("TSO",), ("dubbel", "arbeidsmarkt"), ("IC", "EM")),
    ],
)
def test_school_is_what_its_row_says(
    cohort: Cohort, name: str, types: tuple[str, ...], finalities: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    one = schools(cohort)[name]
    assert (one.school_types, one.finalities, one.fields) == (types, finalities, fields)


def test_every_direction_of_the_list_counts_or_is_noted(cohort: Cohort) -> None:
    """What a school wrote outside STEM is named in the findings, word for word."""
    noted = "\n".join(one.message for one in cohort.findings if one.code == "not_stem")
    for name in ("Latijn-wiskunde", "Onthaal, organisatie en sales", "Paardrijden en -verzorgen", "HW", "Toerisme"):
        assert f"«{name}»" in noted


def test_school_that_tells_only_finalities_and_directions_is_matched(cohort: Cohort) -> None:
    school = schools(cohort)["Campus De Horizon - Technologie"]
    assert school.school_types == ()
    mentor = a_mentor(school_types=("TSO",), postcode=school.postcode, position=school.position)
    given = a_round([school], [mentor])
    plan = assign(given)
    assert [(one.school, one.mentor) for one in plan.pairs] == [(school.id, mentor.id)]
    assert any("zo lezen wij doorstroomfinaliteit en dubbele finaliteit" in one for one in plan.pairs[0].reasons)
    assert verify_plan(given, plan) is None
