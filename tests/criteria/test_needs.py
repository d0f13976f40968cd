"""Does help count where the school's own baseline is weak?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from matcher.criteria.needs import CRITERION, read_offer, shortfalls
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import LABEL_CRITERIA
from tests.builders import a_mentor, a_school
from tests.criteria.judging import remark, told, verdict

POLICY = Policy()
WEAK_IN_TWO = dict.fromkeys(LABEL_CRITERIA, 4) | {"2.1": 1, "2.2": 1, "2.3": 1, "6.1": 0}
"""Element 2 lacks 3 points, element 6 (five criteria) 4/5 of a point."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2, 6", (2, 6)), ("6/2;2", (2, 6)), ("7.0", (7,)), ("2 en 6", (2, 6)), ("Alle", tuple(range(1, 8)))],
)
def test_offer_is_read(text: str, expected: tuple[int, ...]) -> None:
    assert read_offer(text, POLICY) == (expected, ())


@pytest.mark.parametrize("text", ["0", "8", "1.1", "2.5", "1-3", "lesaanpak"])
def test_what_is_no_key_element_is_refused(text: str) -> None:
    severity, code, remedy = remark(read_offer(text, POLICY))
    assert (severity, code) == ("error", "unknown_element")
    assert "1 lesaanpak" in remedy


def test_shortfall_is_four_minus_the_mean_of_what_was_rated() -> None:
    assert shortfalls(WEAK_IN_TWO) == {1: 0, 2: 180, 3: 0, 4: 0, 5: 0, 6: 48, 7: 0}
    assert shortfalls({"1.1": 1, "1.2": 2})[1] == 150
    assert shortfalls({}) == dict.fromkeys(range(1, 8), 0)


@pytest.mark.parametrize(
    ("offer", "score"), [((2,), Fraction(18000, 228)), ((6,), Fraction(4800, 228)), ((2, 6), 100), ((1, 7), 0)]
)
def test_score_is_the_share_of_the_shortfall_that_the_offer_covers(offer: tuple[int, ...], score: Fraction) -> None:
    assert verdict(CRITERION, a_school(baseline=WEAK_IN_TWO), a_mentor(offer=offer)) == (True, score)


def test_school_without_shortfall_scores_nothing() -> None:
    school = a_school(baseline=dict.fromkeys(LABEL_CRITERIA, 4))
    assert verdict(CRITERION, school, a_mentor(offer=(2,))) == (True, 0)
    assert told(CRITERION, school, a_mentor(offer=(2,))) == ("De nulmeting van de school laat geen tekort zien.", "")


def test_needs_fall_out_without_a_baseline_or_an_offer() -> None:
    assert verdict(CRITERION, a_school(), a_mentor(offer=(2,))) == (True, None)
    assert verdict(CRITERION, a_school(baseline=WEAK_IN_TWO), a_mentor()) == (True, None)
    assert told(CRITERION, a_school(), a_mentor(offer=(2,))) == ("", "")


def test_sentence_names_the_two_weakest_elements_that_the_mentor_offers() -> None:
    school = a_school(baseline=WEAK_IN_TWO | {"7.1": 0})
    assert told(CRITERION, school, a_mentor(offer=(2, 6, 7)))[0] == (
        "Kan helpen met uitvoering van het leerplan en infrastructuur, waar de nulmeting een tekort toont."
    )
    assert told(CRITERION, school, a_mentor(offer=(1,)))[0] == (
        "Het aanbod van de mentor ligt niet waar de school het zwakst staat."
    )
