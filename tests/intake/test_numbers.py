"""Are schools and mentors known by their numbers, whatever a spreadsheet made of those?"""

from __future__ import annotations

import pytest

from matcher.domain.spreadsheet_numbers import as_typed, same_number
from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    the,
    with_mentor,
    with_school,
)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("34561.0", "34561"),
        ("34561,00", "34561"),
        ("3,4563E+04", "34563"),
        ("3.4563e4", "34563"),
        ("3,46E+04", "3,46E+04"),
        ("3,45635E+04", "3,45635E+04"),
        ("034561-2", "034561-2"),
        ("M1.0", "M1.0"),
    ],
)
def test_number_is_taken_back_where_no_digit_is_lost(text: str, typed: str) -> None:
    assert as_typed(text) == typed


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("101", ["000101", "000102"], "000101"),
        ("000101", ["101"], "101"),
        ("101", ["000101", "0101"], None),
        ("101", ["101", "000101"], "101"),
        ("34561-2", ["034561-1", "034561-2"], "034561-2"),
        ("34.561", ["034561"], "034561"),
        ("34561.0", ["034561"], "034561"),
        ("M1", ["M01"], None),
        ("", ["0"], None),
        ("x", ["y"], None),
    ],
)
def test_number_is_recognised_where_only_one_can_be_meant(text: str, known: list[str], found: str | None) -> None:
    assert same_number(text, known) == found


@pytest.mark.parametrize(("text", "number"), [("34561.0", "34561"), ("3,4563E+04", "34563")])
def test_number_that_became_an_amount_is_read_with_a_warning(text: str, number: str) -> None:
    cohort = with_school(schoolnummer=text)
    finding = the(cohort, "number_converted")
    assert (finding.severity, finding.value) == ("warning", text)
    assert cohort.given is not None
    assert number in [one.id for one in cohort.given.schools]


def test_number_that_lost_digits_is_an_error() -> None:
    finding = the(with_mentor(mentornummer="3,46E+04"), "number_converted")
    assert (finding.severity, finding.proposal) == ("error", "")


def test_thousands_in_a_number_are_asked() -> None:
    finding = the(with_school(schoolnummer="34.561"), "number_converted")
    assert (finding.severity, finding.proposal) == ("warning", "34561")


def without_zeros() -> dict[str, bytes]:
    """Give the cohort again, as a spreadsheet leaves it: only the mentor's own words still have the zeros."""
    schools = [SCHOOL | {"schoolnummer": "34561"}, OTHER_SCHOOL | {"schoolnummer": "34562.0"}]
    mentors = [MENTOR | {"niet_met": "034562"}, OTHER_MENTOR | {"niet_met": ""}]
    return cohort_files(schools=csv_table(schools), mentors=csv_table(mentors))


def test_cohort_again_without_its_zeros_is_the_same_cohort() -> None:
    good = read_cohort(
        cohort_files(mentors=csv_table([MENTOR | {"niet_met": "034562"}, OTHER_MENTOR | {"niet_met": ""}]))
    )
    assert good.given is not None
    again = read_cohort(without_zeros(), beside=good.given)
    assert again.given == good.given
    finding = the(again, "number_recognised")
    assert (finding.severity, finding.row) == ("warning", 2)
    assert finding.message == "2 schoolnummers zijn herkend als die van de cohorte: «34561» is 034561."


def test_two_numbers_of_the_file_that_could_be_one_of_the_cohort_stay() -> None:
    good = read_cohort(cohort_files())
    schools = [SCHOOL | {"schoolnummer": "34561"}, OTHER_SCHOOL | {"schoolnummer": "0034561"}]
    again = read_cohort(cohort_files(schools=csv_table(schools)), beside=good.given)
    assert again.given is not None
    assert {one.id for one in again.given.schools} == {"34561", "0034561"}


def test_conflict_of_interest_holds_also_where_the_zeros_differ() -> None:
    cohort = read_cohort(without_zeros())
    assert the(cohort, "number_recognised").severity == "note"
    assert cohort.given is not None
    assert cohort.given.mentors[0].not_with == ("34562",)


def test_agreement_holds_also_where_the_zeros_differ() -> None:
    table = b"schoolnummer;mentornummer;soort;reden\n34561;M1;vast;a\n"
    cohort = read_cohort(cohort_files() | {"afspraken.csv": table})
    assert the(cohort, "number_recognised").value == "34561"
    assert cohort.given is not None
    assert cohort.given.locks[0].school == "034561"
