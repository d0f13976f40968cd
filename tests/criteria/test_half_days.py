"""Are half-days never taken for others: joined days, English days, misspellings, and what could be two things?"""

from __future__ import annotations

import pytest

from matcher.criteria.half_days import read_half_days
from matcher.domain.policy import Policy
from tests.criteria.judging import remark

POLICY = Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon AM", "ma-vm"),
        ("Thursday afternoon", "do-nm"),
        ("tue/thu pm", "di-nm do-nm"),
        ("di VM of NM", "di-vm di-nm"),
        ("ma vm/nm", "ma-vm ma-nm"),
        ("wo/vr namiddag", "wo-nm vr-nm"),
        ("ma/di/do voormiddag", "ma-vm di-vm do-vm"),
        ("di / vr-vm", "di-vm di-nm vr-vm"),
        ("ma, wo en vr vm", "ma-vm wo-vm vr-vm"),
        ("ma, wo, en vr vm", "ma-vm wo-vm vr-vm"),
        ("ma vm, wo en vr nm", "ma-vm wo-nm vr-nm"),
        ("ma; wo en vr vm", "ma-vm ma-nm wo-vm vr-vm"),
        ("ma-di en do vm", "ma-vm di-vm do-vm"),
        ("ma di wo", "ma-vm ma-nm di-vm di-nm wo-vm wo-nm"),
        ("ma vm di nm", "ma-vm di-nm"),
        ("maandag voor de middag", "ma-vm"),
        ("vrijdagmorgen", "vr-vm"),
        ("enkel dinsdag- en donderdagnamiddag", "di-nm do-nm"),
    ],
)
def test_a_half_counts_for_the_days_that_it_is_said_of(text: str, expected: str) -> None:
    assert read_half_days(text, POLICY) == (tuple(expected.split()), ())


@pytest.mark.parametrize("text", ["ma, di vm", "ma, di/wo vm", "ma, di voormiddag"])
def test_day_before_a_comma_counts_whole_and_that_is_told(text: str) -> None:
    reading = read_half_days(text, POLICY)
    assert isinstance(reading.value, tuple)
    assert {"ma-vm", "ma-nm", "di-vm"} <= set(reading.value)
    assert [(one.severity, one.code, one.proposal) for one in reading.remarks] == [("warning", "whole_day", "")]


@pytest.mark.parametrize("text", ["ma, di-vm", "ma-wo vm, vr", "ma, di", "ma-vm, ma-nm"])
def test_what_says_its_half_itself_is_told_no_more(text: str) -> None:
    assert read_half_days(text, POLICY).remarks == ()


def test_two_half_days_with_a_dash_are_asked() -> None:
    remedy = "Schrijf ma-vm, di-nm voor die twee, of ma-di voor alle dagen."
    assert remark(read_half_days("ma vm - di nm", POLICY)) == ("error", "unknown_half_day", remedy)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("maandg vm", "maandag vm"),
        ("Woensdagnamidag", "woensdagnamiddag"),
        ("vridag nm", "vrijdag nm"),
        ("donsdag", ""),
        ("wp-vm", ""),
        ("mo vm", ""),
        ("do xm", ""),
        ("tussen ma en wo", ""),
    ],
)
def test_misspelling_is_proposed_where_one_day_alone_is_near(text: str, guess: str) -> None:
    assert [one.proposal for one in read_half_days(text, POLICY).remarks if one.severity == "error"][:1] == [guess]
