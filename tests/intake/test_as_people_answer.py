"""Are cells read as people answer: numbers in words, ranges, half an hour, a form's `Andere:`, a date for a day?"""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from matcher.criteria.region import read_limit
from matcher.domain.column import whole_reader
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import PROVINCES, SCHOOL_TYPES
from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table, the

LIMIT = whole_reader(0, 5, "aantal", is_limit=True)
COUNT = whole_reader(1, 3, "aantal")
RATING = whole_reader(0, 4, "cijfer")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("één", 1),
        ("Twee", 2),
        ("max 2", 2),
        ("max. 3", 3),
        ("maximaal twee", 2),
        ("hoogstens 1", 1),
        ("geen", 0),
        ("2", 2),
    ],
)
def test_limit_is_read_in_words_too(text: str, meant: int) -> None:
    assert LIMIT(text, Policy()) == (meant, ())


@pytest.mark.parametrize("text", ["1 à 2", "1 of 2", "1-2", "1 tot 2", "max 1 à 2"])
def test_highest_of_a_range_is_a_limit_and_is_told(text: str) -> None:
    reading = LIMIT(text, Policy())
    assert (reading.value, [(one.severity, one.code) for one in reading.remarks]) == (
        2,
        [("warning", "highest_of_two")],
    )


def test_range_that_is_no_limit_is_asked_with_the_highest_as_proposal_and_a_rating_with_none() -> None:
    (asked,) = COUNT("1 of 2", Policy()).remarks
    assert (asked.severity, asked.proposal) == ("error", "2")
    assert [one.proposal for one in RATING("2-3", Policy()).remarks] == [""]


@pytest.mark.parametrize("text", ["", "zeven", "max", "2 à 9", "3 à 2", "max 9", "-1", "1 of 2 of 3"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    assert [one.severity for one in LIMIT(text, Policy()).remarks] == ["error"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("een half uur", 30), ("halfuur", 30), ("een kwartier", 15), ("anderhalf uur", 90), ("1 uur", 60), ("max 45", 45)],
)
def test_journey_is_read_in_words_too(text: str, minutes: int) -> None:
    reading = read_limit(text, Policy())
    assert (reading.value, [one.severity for one in reading.remarks if one.severity == "error"]) == (minutes, [])


def test_what_a_form_puts_behind_other_is_told_and_the_ticks_are_read() -> None:
    free = "Maandag voormiddag, Vrijdag namiddag, Andere: in overleg, ook 's avonds"
    cohort = read_cohort(cohort_files(mentors=csv_table([MENTOR | {"beschikbaarheid": free}])))
    assert cohort.given is not None
    assert cohort.given.mentors[0].half_days == ("ma-vm", "vr-nm")
    told = the(cohort, "other_text")
    assert (told.severity, told.row, "«Andere: in overleg, ook 's avonds»" in told.message) == ("warning", 2, True)


@pytest.mark.parametrize("free", ["Andere: in overleg", "Maandag vroeg, Andere: in overleg"])
def test_other_alone_or_beside_what_nobody_knows_is_asked(free: str) -> None:
    cohort = read_cohort(cohort_files(mentors=csv_table([MENTOR | {"beschikbaarheid": free}])))
    assert cohort.given is None


@pytest.mark.parametrize(("day", "proposal"), [(date(2027, 1, 11), "ma"), (date(2027, 1, 16), "")])
def test_date_for_half_days_proposes_its_day_of_the_week(day: date, proposal: str) -> None:
    book = openpyxl.Workbook()
    for name, rows in {"Scholen": [SCHOOL, OTHER_SCHOOL], "Mentoren": [MENTOR | {"beschikbaarheid": day}]}.items():
        page = book.create_sheet(name)
        page.append(list(rows[0]))
        for row in rows:
            page.append(list(row.values()))
    content = io.BytesIO()
    book.save(content)
    told = the(read_cohort({"a.xlsx": content.getvalue()}), "excel_date")
    assert (told.severity, told.proposal) == ("error", proposal)


def test_who_filled_a_form_in_again_counts_by_the_last_row() -> None:
    rows = [{key: one for key, one in row.items() if key != "mentornummer"} for row in (MENTOR, OTHER_MENTOR, MENTOR)]
    rows[2] = rows[2] | {"postcode": "9050"}
    cohort = read_cohort(cohort_files(mentors=csv_table(rows)))
    assert cohort.given is not None, cohort.findings
    assert sorted(one.postcode for one in cohort.given.mentors) == sorted([OTHER_MENTOR["postcode"], "9050"])
    told = the(cohort, "same_person_twice")
    assert (told.severity, told.row, told.other_row) == ("warning", 4, 2)


@pytest.mark.parametrize("text", ["geen voorkeur", "Maakt niet uit", "om het even"])
def test_who_has_no_preference_wants_all_and_no_school_is_so(text: str) -> None:
    wish = MENTOR | {"onderwijsvormen": text, "provincies": text}
    cohort = read_cohort(cohort_files(mentors=csv_table([wish])))
    assert cohort.given is not None, cohort.findings
    (mentor,) = cohort.given.mentors
    assert (mentor.school_types, mentor.provinces) == (SCHOOL_TYPES, PROVINCES)
    schools = csv_table([SCHOOL | {"onderwijsvormen": text}, OTHER_SCHOOL])
    assert read_cohort(cohort_files(schools=schools)).given is None
