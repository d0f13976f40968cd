"""Is a postcode read with its place beside it, and held against the place that is named?"""

from __future__ import annotations

import pytest

from matcher.domain.policy import Policy
from matcher.intake.columns.readers import read_postcode
from tests.bad_inputs.cohorts import the, with_mentor, with_school


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9050 Gent (Gentbrugge)", "9050"),
        ("9050 Gent (Ledeberg)", "9050"),
        ("B-9000 Gent", "9000"),
        ("Gent 9000", "9000"),
        ("Gent (9000)", "9000"),
        ("9000 - gent", "9000"),
        ("2500, Lier", "2500"),
        ("9100 Sint-Niklaas", "9100"),
        ("9150 Kruibeke", "9150"),
        ("3700 Tongeren", "3700"),
    ],
)
def test_postcode_with_its_place_is_read(text: str, code: str) -> None:
    assert read_postcode(text, Policy()) == (code, ())


@pytest.mark.parametrize("text", ["2500 Gent (Ledeberg)", "9000 Lier", "Hasselt 2000"])
def test_postcode_of_another_place_is_asked_and_nothing_proposed(text: str) -> None:
    finding = the(with_school(postcode=text), "postcode_of_elsewhere")
    assert (finding.severity, finding.proposal, finding.value) == ("error", "", text)


def test_place_with_one_postcode_is_proposed_and_never_a_near_number() -> None:
    assert the(with_school(postcode="2501 Lier"), "unknown_postcode").proposal == "2500"
    assert the(with_school(postcode="9001"), "unknown_postcode").proposal == ""
    assert "Gent heeft 9000, 9030" in the(with_mentor(postcode="Gent"), "unknown_postcode").remedy


@pytest.mark.parametrize(
    ("named", "remedy", "proposal"),
    [("Lier", "Bedoelde u «2500»?", "2500"), ("Mechelen", "Mechelen heeft 2800, 2801", ""), ("Ergens", "«9992»", "")],
)
def test_municipality_beside_an_unknown_postcode_says_which_one_may_be_meant(
    named: str, remedy: str, proposal: str
) -> None:
    finding = the(with_school(postcode="9993", gemeente=named), "unknown_postcode")
    assert remedy in finding.remedy
    assert finding.proposal == proposal


@pytest.mark.parametrize(("text", "severity"), [("9850 Poesele-Dries", "note"), ("9000 Wondelgem", "warning")])
def test_other_words_beside_a_postcode_are_told(text: str, severity: str) -> None:
    assert the(with_mentor(postcode=text), "postcode_text").severity == severity


@pytest.mark.parametrize("named", ["Gent (Ledeberg)", "Gent", "Gand"])
def test_municipality_of_another_postcode_is_told_with_its_own(named: str) -> None:
    finding = the(with_school(postcode="2500", gemeente=named), "municipality_mismatch")
    assert (finding.severity, finding.proposal) == ("warning", "")
    assert f"{named} heeft 90" in finding.remedy


@pytest.mark.parametrize("named", ["Gent (Gentbrugge)", "Gentbrugge", "GENT", "Ergens", "Ledeberg"])
def test_municipality_of_the_postcode_is_no_matter(named: str) -> None:
    cohort = with_school(postcode="9050", gemeente=named)
    assert [one.code for one in cohort.findings if one.severity != "note"] == []
