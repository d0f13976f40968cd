"""Does a mentor meet the kind of school that was asked for?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from matcher.criteria.school_type import CRITERION
from matcher.domain.policy import Policy
from tests.builders import a_mentor, a_school
from tests.criteria.judging import remark, told, verdict

READ = CRITERION.columns[0].read
POLICY = Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tso", ("TSO",)),
        ("BSO/TSO", ("TSO", "BSO")),
        ("Technisch secundair onderwijs; Beroeps", ("TSO", "BSO")),
        ("A.S.O., KSO", ("ASO", "KSO")),
        ("TSO en BSO", ("TSO", "BSO")),
        ("ASO+TSO & BSO", ("ASO", "TSO", "BSO")),
        ("alle", ("ASO", "TSO", "BSO", "KSO")),
    ],
)
def test_school_types_are_read(text: str, expected: tuple[str, ...]) -> None:
    assert READ(text, POLICY) == (expected, ())


def test_unknown_school_type_names_the_nearest() -> None:
    assert remark(READ("BZO", POLICY)) == ("error", "unknown_school_type", "Bedoelde u «BSO»?")
    assert remark(READ("overal", POLICY)) == ("error", "unknown_school_type", "Kies uit: ASO, TSO, BSO, KSO.")


def test_good_school_type_beside_a_bad_one_is_kept_and_the_whole_bad_one_named() -> None:
    reading = READ("TSO, BSO en CSO", POLICY)
    assert reading.value == ("TSO",)
    assert [one.message for one in reading.remarks] == ["«BSO en CSO» is geen gekende onderwijsvorm."]


@pytest.mark.parametrize(
    ("wanted", "allowed", "score"),
    [
        ((), True, 100),
        (("TSO", "BSO", "ASO"), True, 100),
        (("TSO", "BSO"), True, Fraction(200, 3)),
        (("KSO", "ASO"), True, Fraction(100, 3)),
        (("KSO",), False, 0),
    ],
)
def test_score_is_the_share_of_the_school_s_types(wanted: tuple[str, ...], *, allowed: bool, score: Fraction) -> None:
    school = a_school(school_types=("ASO", "TSO", "BSO"))
    assert verdict(CRITERION, school, a_mentor(school_types=wanted)) == (allowed, score)


def test_sentences_name_what_is_common_and_what_is_not() -> None:
    school = a_school(school_types=("TSO", "BSO"))
    assert told(CRITERION, school, a_mentor()) == ("Wil werken met TSO en BSO.", "")
    assert told(CRITERION, school, a_mentor(school_types=("BSO",))) == ("Wil werken met BSO, niet met TSO.", "")
    broad = a_school(school_types=("TSO", "BSO", "KSO"))
    assert told(CRITERION, broad, a_mentor()) == ("Wil werken met TSO, BSO en KSO.", "")
    assert told(CRITERION, school, a_mentor(school_types=("ASO", "KSO"))) == (
        "",
        "M001 wil ASO of KSO; de school is TSO en BSO.",
    )
