"""Are half-days read as people write them, counted, and asked for?"""

from __future__ import annotations

import pytest

from matcher.criteria.availability import CRITERION, read_half_days
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import HALF_DAYS
from tests.builders import a_mentor, a_school
from tests.criteria.judging import remark, told, verdict

POLICY = Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ma-vm", "ma-vm"),
        ("MA VM", "ma-vm"),
        ("ma-wo vm", "ma-vm di-vm wo-vm"),
        ("maandag tot en met woensdag voormiddag", "ma-vm di-vm wo-vm"),
        ("ma t/m di vm", "ma-vm di-vm"),
        ("ma t.e.m. di", "ma-vm ma-nm di-vm di-nm"),
        ("ma", "ma-vm ma-nm"),
        ("dinsdagnamiddag", "di-nm"),
        ("elke vrijdag", "vr-vm vr-nm"),
        ("vrijdag in de namiddag", "vr-nm"),
        ("op donderdagen", "do-vm do-nm"),
        ("din nm", "di-nm"),
        ("ma en di vm", "ma-vm di-vm"),
        ("ma + di vm; vr nm", "ma-vm di-vm vr-nm"),
        ("ma-vm en vr", "ma-vm vr-vm vr-nm"),
        ("nm", "ma-nm di-nm wo-nm do-nm vr-nm"),
        ("voormiddagen; vr nm", "ma-vm di-vm wo-vm do-vm vr-vm vr-nm"),
        ("elke voormiddag", "ma-vm di-vm wo-vm do-vm vr-vm"),
        ("vr-nm/ma-vm", "ma-vm vr-nm"),
    ],
)
def test_half_days_are_read(text: str, expected: str) -> None:
    assert read_half_days(text, POLICY) == (tuple(expected.split()), ())


@pytest.mark.parametrize("text", ["altijd", "Elke dag", "de hele week", "alle dagen", "werkdagen", "ma-vr"])
def test_always_is_every_half_day(text: str) -> None:
    assert read_half_days(text, POLICY) == (HALF_DAYS, ())


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("maandg", "Bedoelde u «maandag»?"),
        ("dinsdagnamidag", "Bedoelde u «dinsdagnamiddag»?"),
        ("vr-ma", "Schrijf de eerste dag eerst, zoals ma-wo vm, of de dagen apart."),
        ("ma vm, nm", "Schrijf er de dag bij, zoals ma-vm, ma-nm."),
        ("ma vm en nm", "Schrijf er de dag bij, zoals ma-vm, ma-nm."),
        ("wo nm niet", "Noem de halve dagen die wel kunnen, zoals ma-wo vm."),
        ("niet op wo", "Noem de halve dagen die wel kunnen, zoals ma-wo vm."),
        ("zaterdag", "Schrijf bijvoorbeeld ma-vm (maandagvoormiddag), wo-nm, of ma-wo vm."),
        ("na 16 uur", "Schrijf bijvoorbeeld ma-vm (maandagvoormiddag), wo-nm, of ma-wo vm."),
    ],
)
def test_what_is_no_half_day_is_refused_with_a_remedy(text: str, remedy: str) -> None:
    assert remark(read_half_days(text, POLICY)) == ("error", "unknown_half_day", remedy)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("elke dag behalve woensdag", ("wo-vm", "wo-nm")),
        ("altijd behalve wo", ("wo-vm", "wo-nm")),
        ("ma-vr (niet op wo nm)", ("wo-nm",)),
        ("altijd, uitgezonderd ma vm en vr nm", ("ma-vm", "vr-nm")),
    ],
)
def test_exception_is_left_out_and_told(text: str, gone: tuple[str, ...]) -> None:
    value, remarks = read_half_days(text, POLICY)
    left = tuple(one for one in HALF_DAYS if one not in gone)
    assert value == left
    told = f"«{text}» is gelezen als {', '.join(left)}."
    assert [(one.severity, one.code, one.message) for one in remarks] == [("note", "all_but", told)]


@pytest.mark.parametrize(
    "text", ["ma behalve di", "ma behalve ma", "altijd behalve soms", "ma niet wo niet", "behalve wo"]
)
def test_exception_of_nothing_that_is_known_is_refused(text: str) -> None:
    assert "error" in {one.severity for one in read_half_days(text, POLICY).remarks}


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("dinsdag (hele dag), wo vm", ("di-vm", "di-nm", "wo-vm")),
        ("ma hele dag", ("ma-vm", "ma-nm")),
        ("ma hele dag en di vm", ("ma-vm", "ma-nm", "di-vm")),
        ("geen voorkeur", HALF_DAYS),
        ("maakt niet uit", HALF_DAYS),
    ],
)
def test_whole_day_and_no_preference_are_read(text: str, halves: tuple[str, ...]) -> None:
    assert read_half_days(text, POLICY) == (halves, ())


def test_good_half_days_beside_a_bad_one_are_kept_and_every_bad_one_named() -> None:
    reading = read_half_days("ma-vm, xx, yy", POLICY)
    assert reading.value == ("ma-vm",)
    assert [one.message for one in reading.remarks] == [
        "«xx» is geen gekende halve dag.",
        "«yy» is geen gekende halve dag.",
    ]


@pytest.mark.parametrize(("common", "score"), [(0, 0), (1, 33), (2, 66), (3, 100), (4, 100)])
def test_score_is_33_for_each_common_half_day_up_to_three(common: int, score: int) -> None:
    school = a_school(half_days=HALF_DAYS[:common] + HALF_DAYS[8:9])
    mentor = a_mentor(half_days=HALF_DAYS[:common] + HALF_DAYS[9:])
    assert verdict(CRITERION, school, mentor) == (common > 0, score)


def test_policy_may_ask_for_more_half_days_in_common() -> None:
    school, mentor = a_school(half_days=("ma-vm", "di-vm")), a_mentor(half_days=("ma-vm", "di-vm"))
    assert verdict(CRITERION, school, mentor, Policy(min_half_days=2))[0]
    assert not verdict(CRITERION, school, mentor, Policy(min_half_days=3))[0]
    assert told(CRITERION, school, mentor, Policy(min_half_days=3)) == (
        "Samen vrij op maandagvoormiddag en dinsdagvoormiddag.",
        "Ze hebben 2 halve dagen samen vrij; er zijn er 3 nodig.",
    )


def test_one_half_day_too_few_is_said_in_the_singular() -> None:
    pair = a_school(half_days=("ma-vm",)), a_mentor(half_days=("ma-vm",))
    assert told(CRITERION, *pair, Policy(min_half_days=2))[1] == "Ze hebben 1 halve dag samen vrij; er zijn er 2 nodig."


def test_policy_may_ask_for_none() -> None:
    pair = a_school(half_days=("ma-vm",)), a_mentor(half_days=("vr-vm",))
    assert verdict(CRITERION, *pair, Policy(min_half_days=0)) == (True, 0)
    assert told(CRITERION, *pair, Policy(min_half_days=0)) == ("", "")


def test_sentences_name_the_half_days_or_their_number() -> None:
    busy = a_mentor(first_name="Els", last_name="Maes", half_days=("vr-nm",))
    assert told(CRITERION, a_school(), busy) == ("", "Els Maes en de school hebben geen enkele halve dag samen vrij.")
    one = a_mentor(half_days=("di-vm",))
    assert told(CRITERION, a_school(), one) == ("Samen vrij op dinsdagvoormiddag.", "")
    always = a_school(half_days=HALF_DAYS), a_mentor(half_days=HALF_DAYS)
    assert told(CRITERION, *always) == ("Samen vrij op 10 halve dagen.", "")
