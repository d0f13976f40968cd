"""Is the kind of a school known in each way that schools tell it: onderwijsvorm, finality, or neither?"""

from __future__ import annotations

import pytest

from matcher.criteria.school_kinds import OTHER_KINDS, read_finalities, read_types, read_wishes
from matcher.criteria.school_type import CRITERION
from matcher.domain.policy import Policy
from matcher.domain.reference_table import reference_rows
from matcher.domain.school_types import kind_words, types_of, types_of_finalities
from matcher.domain.vocabulary import FIELDS, FINALITIES, SCHOOL_TYPES
from tests.builders import a_mentor, a_school
from tests.criteria.judging import told, verdict

POLICY = Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doorstroom", ("doorstroom",)),
        ("D", ("doorstroom",)),
        ("D/A", ("dubbel",)),
        ("D, D/A, A", FINALITIES),
        ("d/a en a", ("dubbel", "arbeidsmarkt")),
        ("Dubbele finaliteit", ("dubbel",)),
        ("arbeidsmarktfinaliteit, doorstroomfinaliteit", ("doorstroom", "arbeidsmarkt")),
        ("Dubbele finaliteit en arbeidsmarktgericht", ("dubbel", "arbeidsmarkt")),
        ("D-finaliteit | D/A-finaliteit | A-finaliteit", FINALITIES),
        ("alle", FINALITIES),
        ("TSO, BSO", ("TSO", "BSO")),
    ],
)
def test_finalities_are_read_in_each_way_of_writing(text: str, expected: tuple[str, ...]) -> None:
    assert read_finalities(text, POLICY) == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TSO, dubbele finaliteit", ("TSO", "dubbel")),
        ("D/A", ("dubbel",)),
        ("2de en 3de graad: ASO, TSO", ("ASO", "TSO")),
        ("tweede graad TSO", ("TSO",)),
        ("ASO (2de graad) en TSO (3de graad)", ("ASO", "TSO")),
        ("alle", SCHOOL_TYPES),
        ("TSO BSO", ("TSO", "BSO")),
    ],
)
def test_finality_in_the_column_of_onderwijsvormen_is_no_error(text: str, expected: tuple[str, ...]) -> None:
    assert read_types(text, POLICY) == (expected, ())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(("OKAN", "OKAN"), ("Onthaalonderwijs", "Onthaalonderwijs"), ("1ste graad", "1ste graad")),
        *(("eerste graad", "eerste graad"), ("A-stroom", "A-stroom"), ("Middenschool", "Middenschool"), ("1A", "1A")),
        *(("BuSO OV3", "BuSO OV3"), ("buso (ov 1)", "buso (ov 1"), ("OV4", "OV4"), ("BuSO", "BuSO")),
        *(("Opleidingsvorm 2", "Opleidingsvorm 2"), ("DBSO", "DBSO"), ("duaal leren", "duaal leren")),
        *(("Se-n-Se", "Se-n-Se"), ("7de jaar", "7de jaar"), ("HBO5", "HBO5"), ("basisschool", "basisschool")),
    ],
)
@pytest.mark.parametrize("read", [read_types, read_finalities], ids=["types", "finalities"])
def test_known_word_that_is_no_kind_gets_its_answer_and_no_guess(text: str, word: str, read: type[object]) -> None:
    reading = read(text, POLICY)  # type: ignore[call-arg]
    assert reading.value == ()  # type: ignore[attr-defined]
    (remark,) = reading.remarks  # type: ignore[attr-defined]
    assert (remark.severity, remark.code, remark.guess, remark.proposal) == ("error", "no_school_type", "", "")
    assert remark.message.startswith(f"«{word}» ")
    assert "Bedoelde u" not in remark.remedy
    assert remark.remedy in {one.remedy for one in OTHER_KINDS}


@pytest.mark.parametrize(
    "text", ["OKAN, TSO", "1ste graad, TSO", "TSO + BuSO OV4", "TSO duaal", "A-stroom; TSO", "TSO (duaal)"]
)
def test_known_word_beside_a_kind_is_noted_and_the_kind_counts(text: str) -> None:
    reading = read_types(text, POLICY)
    assert reading.value == ("TSO",)
    assert [(one.severity, one.code) for one in reading.remarks] == [("note", "no_school_type")]


def test_several_known_words_are_each_noted() -> None:
    reading = read_types("OKAN, 1ste graad en BSO", POLICY)
    assert reading.value == ("BSO",)
    assert len(reading.remarks) == 2


def test_unknown_word_is_still_an_error_in_each_column() -> None:
    (remark,) = read_types("XYZ", POLICY).remarks
    assert (remark.code, remark.remedy) == ("unknown_school_type", "Kies uit: ASO, TSO, BSO, KSO.")
    (remark,) = read_finalities("overal", POLICY).remarks
    assert (remark.code, remark.remedy) == ("unknown_finality", "Kies uit: doorstroom, dubbel, arbeidsmarkt.")


def test_wish_of_a_mentor_for_a_finality_becomes_onderwijsvormen_with_a_note() -> None:
    reading = read_wishes("D/A, BSO", POLICY)
    assert reading.value == ("TSO", "BSO")
    assert [one.message for one in reading.remarks] == ["Dubbele finaliteit lezen wij bij een mentor als TSO."]
    own = Policy(finality_types={"dubbel": ("TSO", "KSO")})
    assert read_wishes("D/A", own).value == ("TSO", "KSO")


@pytest.mark.parametrize(
    ("finalities", "fields", "expected"),
    [
        (("doorstroom",), ("WE",), ("ASO",)),
        (("doorstroom",), ("TE",), ("TSO",)),
        (("doorstroom",), ("WE", "TE"), ("ASO", "TSO")),
        (("dubbel",), ("WE", "EM"), ("TSO",)),
        (("dubbel", "arbeidsmarkt"), ("EM",), ("TSO", "BSO")),
        (("arbeidsmarkt",), ("ME",), ("BSO",)),
    ],
)
def test_onderwijsvormen_follow_from_finalities_and_fields(
    finalities: tuple[str, ...], fields: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    school = a_school(school_types=(), finalities=finalities, fields=fields)
    assert types_of(school, POLICY) == expected


def test_onderwijsvormen_that_a_school_tells_are_not_added_to() -> None:
    assert types_of(a_school(school_types=("BSO",), finalities=("doorstroom",)), POLICY) == ("BSO",)


def test_table_of_finalities_gives_every_finality_in_every_field_something_with_a_reason() -> None:
    for finality in FINALITIES:
        for field in FIELDS:
            assert types_of_finalities((finality,), (field,), {})
    rows = reference_rows("finaliteiten.csv")
    assert all(row["reden"] and set(row["onderwijsvormen"].split()) <= set(SCHOOL_TYPES) for row in rows)
    assert {row["finaliteit"] for row in rows} == set(FINALITIES)


def test_school_with_finalities_alone_is_judged_and_told_as_our_reading() -> None:
    school = a_school(school_types=(), finalities=("dubbel", "arbeidsmarkt"), fields=("EM",))
    assert verdict(CRITERION, school, a_mentor(school_types=("ASO",))) == (False, 0)
    assert told(CRITERION, school, a_mentor(school_types=("TSO",))) == (
        "Wil werken met TSO, niet met BSO (zo lezen wij dubbele finaliteit en arbeidsmarktfinaliteit).",
        "",
    )
    objection = told(CRITERION, school, a_mentor(school_types=("ASO",)))[1]
    assert objection.endswith("de school is TSO en BSO, zo lezen wij dubbele finaliteit en arbeidsmarktfinaliteit.")
    own = Policy(finality_types={"dubbel": ("ASO",)})
    assert verdict(CRITERION, school, a_mentor(school_types=("ASO",)), own) == (True, 50)


def test_kind_is_named_as_the_school_told_it() -> None:
    assert kind_words(("TSO", "BSO"), ()) == "TSO, BSO"
    assert kind_words((), ("dubbel",)) == "dubbele finaliteit"
    assert kind_words(("TSO",), ("doorstroom", "dubbel")) == "TSO; doorstroomfinaliteit, dubbele finaliteit"
