"""Are sectors, NACE codes and study directions known, and is the best fit what counts?"""

from __future__ import annotations

import pytest

from matcher.criteria.sector import CRITERION, read_fields, read_sectors_cell
from matcher.domain.policy import Policy, Sector
from matcher.domain.reference import default_sectors, moved_nace
from matcher.domain.vocabulary import FIELDS
from tests.builders import a_mentor, a_school
from tests.criteria.judging import remark, told, verdict

POLICY = Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EM, ME", ("EM", "ME")),
        ("me;em;ME", ("EM", "ME")),
        ("Elektromechanica en installatie", ("EM",)),
        ("Voertuigen, Maritiem, vliegtuigen; LO", ("VT", "LO")),
        ("Elektromechanische technieken", ("EM",)),
        ("Lassen-constructie duaal", ("ME",)),
        ("Applicatie- & databeheer", ("IC",)),
        ("Plant, dier en milieu / Bakkerij", ("AV",)),
        ("Technologische wetenschappen en engineering", ("TE",)),
        ("EM en ME", ("EM", "ME")),
        ("Houttechnieken & Bouwtechnieken", ("BO", "HT")),
        ("Hout en textiel", ("HT",)),
        ("Natuurwetenschappen\nBiotechnologische en chemische technieken", ("WE", "BC")),
    ],
)
def test_fields_are_read_by_code_name_or_study_direction(text: str, expected: tuple[str, ...]) -> None:
    assert read_fields(text, POLICY) == (expected, ())


def test_unknown_field_names_the_nearest_direction_or_all_fields() -> None:
    assert remark(read_fields("Electromechanika", POLICY)) == (
        "error",
        "unknown_field",
        "Bedoelde u «elektromechanica»?",
    )
    assert remark(read_fields("zzz", POLICY))[2].startswith("Kies uit: WE, TE,")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chemie", ("chemie",)),
        ("ICT en telecom | Bouw", ("bouw", "ict")),
        ("Energie, water en afval; textiel, hout en Meubel", ("textiel-hout", "energie-water")),
        ("20.16", ("chemie",)),
        ("43", ("bouw",)),
        ("43.2", ("installatie",)),
        ("43.21", ("installatie",)),
        ("43210", ("installatie",)),
        ("43.3", ("bouw",)),
        ("32.50", ("zorg",)),
        ("32.1", ("overige",)),
        ("58.29", ("ict",)),
        ("58.1", ("overige",)),
        ("95.31", ("mobiliteit",)),
        ("1.11", ("agro",)),
        ("01.11, 10", ("voeding", "agro")),
        ("C24", ("technologie",)),
        ("NACE-BEL 43.21; nace 62.1", ("installatie", "ict")),
        ("chemie en bouw", ("chemie", "bouw")),
        ("20, 16", ("chemie", "textiel-hout")),
        ("20,16,43", ("chemie", "bouw", "textiel-hout")),
    ],
)
def test_sectors_are_read_by_code_name_or_longest_prefix(text: str, expected: tuple[str, ...]) -> None:
    assert read_sectors_cell(text, POLICY) == (expected, ())


@pytest.mark.parametrize(("text", "sector"), [("20,16", "chemie"), ("43,2", "installatie"), ("nace 62,1", "ict")])
def test_comma_that_a_spreadsheet_put_in_a_nace_code_is_its_point(text: str, sector: str) -> None:
    reading = read_sectors_cell(text, POLICY)
    assert reading.value == (sector,)
    assert remark(reading)[:2] == ("note", "nace_comma")
    assert text.removeprefix("nace ").replace(",", ".") in reading.remarks[0].message


@pytest.mark.parametrize(
    ("text", "sector", "new"),
    [
        ("45.205", "mobiliteit", "95.31"),
        ("62.01", "ict", "62.10"),
        ("72190", "engineering", "72.10"),
        ("41.2", "bouw", "41.0"),
    ],
)
def test_code_of_2008_is_followed_with_a_note(text: str, sector: str, new: str) -> None:
    reading = read_sectors_cell(text, POLICY)
    assert reading.value == (sector,)
    assert remark(reading) == ("note", "nace_2008", "Gebruik de code van 2025.")
    assert f"NACE {text} is een code van 2008; sinds 2025 is dat {new}." in reading.remarks[0].message


@pytest.mark.parametrize(
    ("text", "sector"),
    [("45", "mobiliteit"), ("45.4", "mobiliteit"), ("63.12", "ict"), ("45.113", "overige"), ("41.101", "overige")],
)
def test_code_of_2008_that_was_split_or_left_its_sector_is_a_warning(text: str, sector: str) -> None:
    reading = read_sectors_cell(text, POLICY)
    assert reading.value == (sector,)
    assert remark(reading) == ("warning", "nace_2008", "Schrijf de sector zelf als u een andere bedoelt.")


def test_codes_of_2008_are_none_of_2025_s_and_lead_to_new_ones() -> None:
    new = {code for codes in moved_nace().values() for code in codes.split()}
    assert not [old for old in moved_nace() for code in new if code.startswith(old)]


def test_unknown_sector_names_the_nearest() -> None:
    assert remark(read_sectors_cell("chemi", POLICY)) == ("error", "unknown_sector", "Bedoelde u «chemie»?")


def test_policy_s_own_table_is_what_counts() -> None:
    own = Policy(sectors=(Sector(code="auto", name="Auto", nace=("46.7", "47.8"), fits={"VT": 2}),))
    assert read_sectors_cell("46.71", own).value == ("auto",)
    assert remark(read_sectors_cell("24", own)) == ("error", "unknown_nace", "Schrijf de sector zelf.")
    assert remark(read_sectors_cell("45.2", own))[:2] == ("error", "nace_2008")
    pair = a_school(fields=("VT",)), a_mentor(sectors=("auto",))
    assert verdict(CRITERION, *pair, own) == (True, 67)
    assert told(CRITERION, *pair, own) == ("Auto past goed bij voertuigen, maritiem, vliegtuigen.", "")


@pytest.mark.parametrize(
    ("sectors", "fields", "score"),
    [
        (("technologie",), ("TE",), 100),
        (("technologie",), ("VT",), 67),
        (("technologie",), ("LO",), 33),
        (("technologie",), ("BO",), 0),
        (("technologie",), ("BO", "AV", "TE"), 100),
        (("ict", "bouw"), ("BO",), 100),
    ],
)
def test_score_is_the_best_fit_not_the_average(sectors: tuple[str, ...], fields: tuple[str, ...], score: int) -> None:
    assert verdict(CRITERION, a_school(fields=fields), a_mentor(sectors=sectors)) == (True, score)


def test_sentence_names_the_best_combination() -> None:
    pair = a_school(fields=("BO", "IC")), a_mentor(sectors=("ict", "zorg"))
    assert told(CRITERION, *pair) == ("ICT en telecom past uitstekend bij ICT en elektronica.", "")
    assert (
        told(CRITERION, a_school(fields=("BO",)), a_mentor(sectors=("zorg",)))[0]
        == "Zorg en medtech past niet bij bouw."
    )


def test_every_sector_recruits_its_core_staff_somewhere_but_the_rest() -> None:
    assert [one.code for one in default_sectors() if max(one.fits.values()) < 3] == ["overige"]
    assert [field for field in FIELDS if max(one.fits[field] for one in default_sectors()) < 3] == []
