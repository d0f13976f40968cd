"""Is a mentor kept within the provinces and minutes that suit?"""

from __future__ import annotations

import pytest

from matcher.criteria.region import CRITERION
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.vocabulary import FLEMISH_PROVINCES
from matcher.domain.vocabulary import PROVINCES as NAMES
from tests.builders import a_mentor, a_school
from tests.criteria.judging import remark, told, verdict

PROVINCES, LIMIT = (column.read for column in CRITERION.columns)
POLICY = Policy()
BRUGGE = Position(51.2093, 3.2247)
"""44 minutes from Gent by our estimate, 60 by the older one."""
OLDER = Policy(speed_kmh=50)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("West-Vl.", ("West-Vlaanderen",)),
        ("west vlaanderen", ("West-Vlaanderen",)),
        ("WVL/OVL", ("Oost-Vlaanderen", "West-Vlaanderen")),
        ("Vl.-Brabant", ("Vlaams-Brabant",)),
        ("Limb.; A'pen", ("Antwerpen", "Limburg")),
        ("BRUSSEL", ("Brussel",)),
        ("Antwerpen en Limb.", ("Antwerpen", "Limburg")),
        ("heel Vlaanderen + Bxl", (*FLEMISH_PROVINCES, "Brussel")),
        ("alle", NAMES),
        ("Hainaut, Liège", ("Henegouwen", "Luik")),
    ],
)
def test_provinces_are_read(text: str, expected: tuple[str, ...]) -> None:
    assert PROVINCES(text, POLICY) == (expected, ())


def test_unknown_province_names_the_nearest() -> None:
    assert remark(PROVINCES("Limbrug", POLICY)) == ("error", "unknown_province", "Bedoelde u «Limburg»?")
    assert remark(PROVINCES("zzz", POLICY))[2] == f"Kies uit: {', '.join(NAMES)}."


@pytest.mark.parametrize(
    ("text", "minutes"), [("45", 45), ("45.0", 45), ("1", 1), ("240", 240), ("45 min.", 45), ("50'", 50)]
)
def test_limit_is_read(text: str, minutes: int) -> None:
    assert LIMIT(text, POLICY) == (minutes, ())


@pytest.mark.parametrize(("text", "minutes"), [("1u30", 90), ("1 uur", 60), ("2 u 5 min", 125), ("1h", 60)])
def test_limit_in_hours_is_read_with_a_note(text: str, minutes: int) -> None:
    reading = LIMIT(text, POLICY)
    assert reading.value == minutes
    assert [(one.severity, one.message) for one in reading.remarks] == [("note", f"Gelezen als {minutes} minuten.")]


@pytest.mark.parametrize("text", ["0", "241", "45,5", "een eeuw", "-5", "5 uur", "1,33 uur", "min"])
def test_limit_that_can_t_be_is_refused(text: str) -> None:
    assert remark(LIMIT(text, POLICY))[:2] == ("error", "not_a_whole_number")


@pytest.mark.parametrize(
    ("provinces", "allowed"),
    [((), True), (("Oost-Vlaanderen",), True), (("Antwerpen", "Oost-Vlaanderen"), True), (("Limburg",), False)],
)
def test_school_lies_in_a_province_that_the_mentor_serves(provinces: tuple[str, ...], *, allowed: bool) -> None:
    assert verdict(CRITERION, a_school(), a_mentor(provinces=provinces)) == (allowed, None)


@pytest.mark.parametrize(("limit", "allowed"), [(44, True), (43, False), (240, True), (1, False)])
def test_mentor_travels_no_longer_than_the_own_limit(limit: int, *, allowed: bool) -> None:
    assert verdict(CRITERION, a_school(position=BRUGGE), a_mentor(max_minutes=limit))[0] is allowed


@pytest.mark.parametrize(("limit", "allowed"), [(44, True), (43, False)])
def test_policy_s_limit_holds_for_who_names_none(limit: int, *, allowed: bool) -> None:
    policy = Policy(max_minutes=limit)
    assert verdict(CRITERION, a_school(position=BRUGGE), a_mentor(), policy)[0] is allowed
    assert verdict(CRITERION, a_school(position=BRUGGE), a_mentor(max_minutes=61), policy)[0]


def test_sentences_say_which_of_the_two() -> None:
    far = a_school(position=BRUGGE, province="West-Vlaanderen")
    assert told(CRITERION, far, a_mentor(provinces=("Limburg", "Antwerpen"))) == (
        "",
        "M001 werkt niet in West-Vlaanderen, wel in Limburg en Antwerpen.",
    )
    assert told(CRITERION, far, a_mentor(max_minutes=30)) == ("", "44 minuten rijden, meer dan de grens van 30.")
    near = "44 minuten rijden, meer dan de grens van 43; dat is een schatting, dicht bij de grens."
    assert told(CRITERION, far, a_mentor(max_minutes=43)) == ("", near)
    older = "60 minuten rijden, meer dan de grens van 59."
    assert told(CRITERION, far, a_mentor(max_minutes=59), OLDER) == ("", older)
    assert told(CRITERION, far, a_mentor()) == ("", "")
