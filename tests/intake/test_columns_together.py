"""Are columns held against each other: provinces against the limit, and the same person twice?"""

from __future__ import annotations

import pytest

from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import MENTOR, cohort_files, csv_table, the, with_mentor


def test_limit_that_excludes_the_provinces_is_told_with_the_nearest_place() -> None:
    finding = the(with_mentor(postcode="8400", provincies="Limburg", max_reistijd="45"), "limit_excludes_provinces")
    assert (finding.severity, finding.value, finding.who) == ("warning", "Limburg", "An Maes (Andere BV)")
    assert "Werkt alleen in Limburg, maar rijdt hoogstens 45 minuten." in finding.message
    assert "(schatting)" in finding.message


@pytest.mark.parametrize(
    ("postcode", "provinces", "limit"),
    [
        ("9100", "Antwerpen", "30"),
        ("3500", "Limburg", "10"),
        ("8400", "Limburg, West-Vlaanderen", "20"),
        ("8400", "", "20"),
    ],
)
def test_limit_within_which_some_place_lies_is_no_matter(postcode: str, provinces: str, limit: str) -> None:
    cohort = with_mentor(postcode=postcode, provincies=provinces, max_reistijd=limit)
    assert "limit_excludes_provinces" not in [one.code for one in cohort.findings]


def test_limit_of_the_policy_counts_where_a_mentor_gives_none() -> None:
    assert the(with_mentor(postcode="8400", provincies="Limburg"), "limit_excludes_provinces").row == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"e-mail": "Jan@bedrijf.example"}, "duplicate_email"),
        ({"naam": "Peeters", "bedrijf": "Voorbeeld"}, "looks_alike"),
    ],
)
def test_same_person_under_two_numbers_is_told_and_kept(change: dict[str, str], code: str) -> None:
    first = MENTOR | {"e-mail": "jan@bedrijf.example"}
    other = first | {"mentornummer": "M2", "naam": "Anders", "voornaam": "Jan", "e-mail": "x@bedrijf.example"} | change
    cohort = read_cohort(cohort_files(mentors=csv_table([first, other])))
    assert (the(cohort, code).severity, cohort.counts.mentors) == ("warning", 2)
