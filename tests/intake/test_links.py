"""Do agreements and declarations reach whom they mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table, the

if TYPE_CHECKING:
    from matcher.domain.round import Round

NUMBERED = MENTOR | {"ondernemingsnummer": "0123.456.749"}
UNNUMBERED = OTHER_MENTOR | {"ondernemingsnummer": ""}


def read(schools: list[dict[str, str]], mentors: list[dict[str, str]]) -> Round:
    """Read a cohort that is good."""
    given = read_cohort(cohort_files(csv_table(schools), csv_table(mentors))).given
    assert given is not None
    return given


@pytest.mark.parametrize("told", ["Voorbeeld", "VOORBEELD n.v.", "BV voorbeeld", "0123.456.749", "0123456749"])
def test_declared_company_is_found_in_any_spelling(told: str) -> None:
    given = read([SCHOOL | {"niet_met": told}, OTHER_SCHOOL | {"niet_met": ""}], [NUMBERED, UNNUMBERED])
    assert [school.not_with for school in given.schools] == [("0123456749",), ()]


def test_declared_mentor_is_kept_and_stands_once() -> None:
    given = read([SCHOOL | {"niet_met": "M2; Andere; M2"}], [NUMBERED, UNNUMBERED])
    assert given.schools[0].not_with == ("M2", "andere")


def test_declared_school_without_its_site_means_all_sites() -> None:
    schools = [SCHOOL | {"vestigingsnummer": str(site), "naam": f"Campus {site}"} for site in (1, 2)]
    given = read([*schools, OTHER_SCHOOL | {"vestigingsnummer": ""}], [MENTOR | {"niet_met": "034561"}])
    assert given.mentors[0].not_with == ("034561-1", "034561-2")


def test_declared_nobody_is_an_error() -> None:
    mentors = csv_table([MENTOR | {"niet_met": "099999"}])
    cohort = read_cohort(cohort_files(mentors=mentors))
    assert the(cohort, "unknown_name").severity == "error"
    assert cohort.given is None


def test_agreement_twice_counts_once_with_a_note() -> None:
    table = "schoolnummer;mentornummer;soort;reden\n034561;M1;vast;a\n034561;M1;vast;b\n034561;M1;verboden;c\n"
    cohort = read_cohort(cohort_files() | {"afspraken.csv": table.encode()})
    assert the(cohort, "same_row_twice").place == "afspraken.csv, rij 3"
    assert cohort.given is not None
    assert [(lock.kind, lock.reason) for lock in cohort.given.locks] == [("forbidden", "c"), ("required", "a")]


def test_mentors_of_one_number_are_colleagues_whatever_the_spelling() -> None:
    other = OTHER_MENTOR | {"bedrijf": "Vrbld", "ondernemingsnummer": "BE0123456749"}
    assert {mentor.company_key for mentor in read([SCHOOL], [NUMBERED, other]).mentors} == {"0123456749"}
