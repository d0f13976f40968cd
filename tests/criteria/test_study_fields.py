"""Is every study direction known in each way that schools write it, and is what lies outside STEM noted?"""

from __future__ import annotations

from collections import Counter

import pytest

from matcher.criteria.study_fields import read_fields
from matcher.domain.column import plain
from matcher.domain.directions import DIRECTION_KINDS, Direction, directions, directions_by_name, fold_direction
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import FIELDS, FINALITIES, SCHOOL_TYPES
from tests.criteria.judging import remark

POLICY = Policy()
DOMAINS = {
    *("domeinoverschrijdend", "Taal en cultuur", "STEM", "Kunst en creatie", "Land- en tuinbouw"),
    *("Economie en organisatie", "Maatschappij en welzijn", "Sport", "Voeding en horeca"),
}
ALL = directions()


def without_accents(name: str) -> str:
    return name.replace("ë", "e")


WAYS = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "no accents": without_accents,
    "spaces about hyphens": lambda name: name.replace("-", " - "),
    "ampersand": lambda name: name.replace(" en ", " & "),
    "dual": lambda name: f"{name} duaal",
    "dual in brackets": lambda name: f"{name} (duaal)",
    "finality": lambda name: f"{name} (D/A)",
    "grade before": lambda name: f"3de graad {name}",
    "grade behind": lambda name: f"{name} (2e graad)",
    "year": lambda name: f"7de jaar {name}",
    "type behind": lambda name: f"{name} TSO",
    "hours": lambda name: f"{name} (8u)",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("other", ["", "EM, ", "Latijn; "])
def test_every_direction_reads_as_itself_in_each_way_of_writing(way: str, other: str) -> None:
    for one in ALL:
        reading = read_fields(other + WAYS[way](one.name), POLICY)
        assert set(reading.value) == {*(("EM",) if other == "EM, " else ()), *filter(None, [one.field])}, one  # type: ignore[call-overload]
        others = "«latijn»" if other == "Latijn; " else "no other"
        own = [said for said in reading.remarks if said.code != "no_stem" and others not in said.message.lower()]
        assert [said.code for said in own] == expected_remarks(one, other), one


def expected_remarks(one: Direction, other: str) -> list[str]:
    if other == "Latijn; " and one.name == "Latijn":
        return []
    if not one.field:
        return ["not_stem"]
    return ["older_direction"] if one.kind == "vroeger" else []


@pytest.mark.parametrize("one", [one for one in ALL if one.short], ids=lambda one: one.name)
def test_short_name_reads_as_the_direction(one: Direction) -> None:
    for short in one.short:
        assert read_fields(short, POLICY).value == read_fields(one.name, POLICY).value


def test_list_of_all_directions_loses_none() -> None:
    reading = read_fields("; ".join(one.name for one in ALL), POLICY)
    assert reading.value == tuple(FIELDS)
    said = Counter(one.code for one in reading.remarks)
    outside = sum(not one.field for one in ALL)
    assert said == {
        "not_stem": outside,
        "older_direction": sum(one.kind == "vroeger" and bool(one.field) for one in ALL),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Latijn/wiskunde, Wetenschappen-wiskunde", ("WE",)),
        ("Economie-wiskunde; Bedrijf en organisatie; Elektrotechnieken", ("IC",)),
        ("Onthaal, organisatie en sales, Hout", ("HT",)),
        ("Plant,dier en milieu / Bakkerij", ("AV",)),
        ("hout/bouw", ("BO", "HT")),
        ("Koeling, Elektriciteit", ("EM",)),
        ("Chemie, Procestechnieken", ("BC",)),
        ("Biotechnologische wetenschappen", ("BC",)),
        ("3de graad: Mechatronica | 2de graad: Technologische wetenschappen", ("TE",)),
        ("Industriële wetenschappen, Wetenschappen-wiskunde", ("WE", "TE")),
    ],
)
def test_cells_of_schools_are_read(text: str, expected: tuple[str, ...]) -> None:
    reading = read_fields(text, POLICY)
    assert reading.value == expected
    assert {one.severity for one in reading.remarks} <= {"note"}


def test_note_names_what_does_not_count_and_what_an_older_name_became() -> None:
    outside, older = read_fields("Latijn-wiskunde, IW", POLICY).remarks
    assert outside.message == "«Latijn-wiskunde» is geen STEM-richting en telt hier niet mee."
    assert older.message == (
        "«IW» staat niet in de lijst van richtingen van nu; wij lezen het als engineering en mechatronica (TE)."
    )


@pytest.mark.parametrize("text", ["Latijn", "Economie-wiskunde, Humane wetenschappen", "Haarverzorging (duaal)"])
def test_only_a_school_with_no_stem_direction_at_all_is_an_error(text: str) -> None:
    reading = read_fields(text, POLICY)
    assert [one.code for one in reading.remarks if one.severity == "error"] == ["no_stem"]
    assert reading.remarks[-1].remedy.startswith("Vul een STEM-richting of een veld in (WE, TE,")


def test_unknown_direction_is_still_an_error_beside_one_outside_stem() -> None:
    reading = read_fields("Latijn, Blablologie", POLICY)
    assert [one.code for one in reading.remarks] == ["not_stem", "unknown_field"]


def test_unknown_field_beside_a_mark_keeps_its_own_text() -> None:
    assert remark(read_fields("TSO", POLICY))[:2] == ("error", "unknown_field")
    assert "«TSO»" in read_fields("TSO", POLICY).remarks[0].message


def test_table_holds_each_spelling_once_and_agrees_with_the_fields() -> None:
    spelt = Counter(fold_direction(name) for one in ALL for name in (one.name, *one.short))
    assert [name for name, count in spelt.items() if count > 1] == []
    assert {one.field for one in ALL} == {*FIELDS, ""}
    names = {plain(name): code for code, name in FIELDS.items()} | {plain(code): code for code in FIELDS}
    found = directions_by_name()
    assert [one for name, one in found.items() if names.get(name, one.field) != one.field] == []


def test_directions_of_today_have_their_place_in_the_matrix_and_no_others() -> None:
    for one in ALL:
        assert one.kind in DIRECTION_KINDS
        if one.kind != "nu":
            assert (one.domain, one.finality, one.grades, one.school_type) == ("", "", (), ""), one
            continue
        assert one.domain in DOMAINS, one
        assert one.grades, one
        assert set(one.grades) <= {"1", "2", "3", "7"}, one
        if one.grades == ("1",):
            assert (one.finality, one.school_type) == ("", ""), one
        else:
            assert one.finality in FINALITIES, one
            assert one.school_type in SCHOOL_TYPES, one


def test_finality_and_school_type_of_a_direction_go_together_as_in_the_matrix() -> None:
    allowed = {"doorstroom": {"ASO", "TSO", "KSO"}, "dubbel": {"TSO", "KSO"}, "arbeidsmarkt": {"BSO"}}
    seventh = {"TSO"}
    for one in ALL:
        if one.finality:
            assert one.school_type in allowed[one.finality] | (seventh if one.grades == ("7",) else set()), one
        if one.domain == "domeinoverschrijdend" and one.finality:
            assert (one.finality, one.school_type) == ("doorstroom", "ASO"), one
