"""Are sectors known as companies call them, and is each of those readings told as ours?"""

from __future__ import annotations

import pytest

from matcher.criteria.nace import longest_prefix
from matcher.criteria.sector import read_sectors_cell
from matcher.criteria.sector_words import sector_words
from matcher.domain.column import plain
from matcher.domain.policy import Policy, Sector
from matcher.domain.reference import default_sectors
from matcher.domain.reference_table import reference_rows

POLICY = Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Metaal", ("technologie",)),
        ("machinebouw", ("technologie",)),
        ("Elektronica", ("technologie",)),
        ("Halfgeleiders", ("technologie",)),
        ("automotive", ("technologie",)),
        ("garage", ("mobiliteit",)),
        ("Energie", ("energie-water",)),
        ("afvalverwerking", ("energie-water",)),
        ("HVAC", ("installatie",)),
        ("koeltechniek", ("installatie",)),
        ("Petrochemie", ("chemie",)),
        ("farma", ("chemie",)),
        ("Food & Beverage", ("voeding",)),
        ("Agro-food", ("voeding", "agro")),
        ("Gezondheidszorg", ("zorg",)),
        ("software", ("ict",)),
        ("R&D / micro-elektronica", ("technologie", "engineering")),
        ("Chemie & IT", ("chemie", "ict")),
        ("Bouw & baggerwerken", ("bouw",)),
        ("metaal- en machinebouw", ("technologie",)),
        ("textiel", ("textiel-hout",)),
        ("hout", ("textiel-hout",)),
        ("landbouw", ("agro",)),
        ("Logistics", ("logistiek",)),
        ("Distributie", ("overige",)),
        ("Other", ("overige",)),
        ("Metaalsector", ("technologie",)),
        ("Metaal (plaatwerk)", ("technologie",)),
        ("textielindustrie, Healthcare", ("textiel-hout", "zorg")),
    ],
)
def test_word_of_companies_is_read_and_told_as_our_reading(text: str, expected: tuple[str, ...]) -> None:
    reading = read_sectors_cell(text, POLICY)
    assert reading.value == expected
    assert {(one.severity, one.code) for one in reading.remarks} == {("note", "sector_reading")}
    assert all(" lezen wij als «" in one.message for one in reading.remarks)


@pytest.mark.parametrize(("text", "sector"), [("bouwsector", "bouw"), ("Voedingsindustrie", "voeding"), ("ICT", "ict")])
def test_sector_s_own_name_needs_no_note(text: str, sector: str) -> None:
    assert read_sectors_cell(text, POLICY) == ((sector,), ())


def test_note_names_the_sector_the_code_and_what_else_it_may_be() -> None:
    (remark,) = read_sectors_cell("Automotive", POLICY).remarks
    assert remark.message == "«Automotive» lezen wij als «Technologie en maakindustrie» (NACE 29)."
    assert remark.remedy == "Is het een garage, schrijf dan «mobiliteit»."


def test_words_lead_into_a_policy_s_own_table_or_say_that_they_don_t() -> None:
    own = Policy(sectors=(Sector(code="fabriek", name="Fabriek", nace=("25",), fits={"ME": 3}),))
    assert read_sectors_cell("metaalbewerking", own).value == ("fabriek",)
    (remark,) = read_sectors_cell("software", own).remarks
    assert (remark.severity, remark.code) == ("error", "unknown_sector")
    assert read_sectors_cell("software, fabriek", own).value == ("fabriek",)


def test_unknown_word_is_still_an_error_with_the_nearest_word_of_all() -> None:
    (remark,) = read_sectors_cell("machinebouv", POLICY).remarks
    assert (remark.severity, remark.code, remark.guess) == ("error", "unknown_sector", "machinebouw")
    (remark,) = read_sectors_cell("zzzzz", POLICY).remarks
    assert remark.remedy == f"Kies uit: {', '.join(one.code for one in default_sectors())}."


def test_table_holds_each_word_once_none_of_our_own_and_leads_somewhere() -> None:
    rows = reference_rows("sector-words.csv")
    assert len(sector_words()) == len(rows)
    own = {plain(name) for one in default_sectors() for name in (one.code, one.name)}
    assert [one.word for key, one in sector_words().items() if key in own] == []
    for one in sector_words().values():
        found = read_sectors_cell(one.word, POLICY)
        assert found.value, one.word
        assert [remark.severity for remark in found.remarks] == ["note"], one.word
        assert all(code == "*" or longest_prefix(code.replace(".", ""), POLICY) for code in one.codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chemie, kunststoffen en life sciences en mobiliteit", ("chemie", "mobiliteit")),
        ("Textiel, hout en meubel & voeding/bouw", ("bouw", "voeding", "textiel-hout")),
        ("Energie,water & afval", ("energie-water",)),
    ],
)
def test_name_with_a_comma_stays_whole_beside_others(text: str, expected: tuple[str, ...]) -> None:
    assert read_sectors_cell(text, POLICY) == (expected, ())
