"""Does every column have one meaning, and is it told on the page for people?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from matcher.domain.column import Sheet, plain
from matcher.domain.policy import Policy
from matcher.domain.reference_table import reference_rows
from matcher.domain.season import THEMES
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.intake.columns.catalogue import SHEETS, columns
from matcher.intake.columns.companies import company_key, read_company_number
from matcher.intake.columns.table_columns import EVERYBODY, sheet_columns
from matcher.intake.columns.trajectory_readers import ALL, LEVEL_WORDS, NETWORK_SPELLINGS
from matcher.intake.tables.table_kind import TableKind, cohort_kinds
from matcher.intake.template.guide import column_guide

CONTRACT = {
    "Scholen": {"schoolnummer", "vestigingsnummer", "naam", "postcode", "gemeente", "straat", "contactpersoon"}
    | {"e-mail", "breedtegraad", "lengtegraad", "onderwijsvormen", "finaliteiten", "richtingen", "beschikbaarheid"}
    | {"aantal_mentoren", "niet_met", *LABEL_CRITERIA},
    "Mentoren": {"mentornummer", "voornaam", "naam", "e-mail", "bedrijf", "ondernemingsnummer", "sectoren"}
    | {"postcode", "provincies", "max_reistijd", "onderwijsvormen", "beschikbaarheid", "max_scholen"}
    | {"max_scholen_bedrijf", "aanbod", "niet_met", "status"},
    "Afspraken": {"schoolnummer", "mentornummer", "soort", "reden"},
}


KINDS: dict[str, TableKind] = {one.sheet: one for one in cohort_kinds()}


def test_page_for_people_is_the_one_that_the_code_makes() -> None:
    page = Path(__file__).parents[2] / "docs" / "kolommen.md"
    assert page.read_text(encoding="utf-8") == column_guide()


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheet_has_the_columns_of_the_contract(sheet: str) -> None:
    assert CONTRACT[sheet] <= {one.name for one in columns(sheet)}  # type: ignore[arg-type]


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_header_means_two_columns(sheet: str) -> None:
    spellings = Counter(
        plain(name)
        for one in columns(sheet)  # type: ignore[arg-type]
        for name in {plain(name) for name in (one.name, *one.synonyms)}
    )
    assert [name for name, count in spellings.items() if count > 1] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_example_of_every_column_is_read_without_remarks(sheet: str) -> None:
    remarks = [
        (one.name, remark)
        for one in columns(sheet)  # type: ignore[arg-type]
        if one.example
        for remark in one.read(one.example, Policy()).remarks
    ]
    assert remarks == []


@pytest.mark.parametrize(
    ("header", "sheet", "name"),
    [
        ("SCHOOL NUMMER", "Scholen", "schoolnummer"),
        ("Instellingsnummer*", "Scholen", "schoolnummer"),
        ("Onderwijsvorm(en)", "Scholen", "onderwijsvormen"),
        ("PC", "Scholen", "postcode"),
        ("Instellingsnr.", "Scholen", "schoolnummer"),
        ("Instellingsnr", "Afspraken", "schoolnummer"),
        ("Postnr", "Scholen", "postcode"),
        ("Postnr.", "Mentoren", "postcode"),
        ("E-mail:", "Scholen", "e-mail"),
        ("1,1", "Scholen", "1.1"),
        ("02/01/2026", "Scholen", "2.1"),
        ("Organisatie", "Mentoren", "bedrijf"),
        ("Onderneming", "Mentoren", "bedrijf"),
        ("Beschikbare momenten", "Mentoren", "beschikbaarheid"),
        ("Vrij", "Mentoren", "beschikbaarheid"),
        ("Max. scholen", "Mentoren", "max_scholen"),
        ("Aantal scholen", "Mentoren", "max_scholen"),
        ("Capaciteit", "Mentoren", "max_scholen"),
        ("max. reistijd (minuten)", "Mentoren", "max_reistijd"),
        ("Ondernemingsnummer (KBO)", "Mentoren", "ondernemingsnummer"),
    ],
)
def test_header_is_recognised_in_other_spellings(header: str, sheet: str, name: str) -> None:
    column = KINDS[sheet].column_of(header)
    assert column is not None
    assert column.name == name


def test_likely_column_leaves_out_those_that_are_there() -> None:
    taken = [one for one in columns("Scholen") if one.name == "postcode"]
    found = KINDS["Scholen"].likely_column("postkode", [])
    assert found is not None
    assert found.name == "postcode"
    assert KINDS["Scholen"].likely_column("postkode", taken) is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Voorbeeld NV", "voorbeeld"),
        ("voorbeeld n.v.", "voorbeeld"),
        ("BV Voorbeeld", "voorbeeld"),
        ("Vóór-Beeld, bv", "voorbeeld"),
        ("Voor Beeld (BVBA)", "voorbeeld"),
        ("NV", "nv"),
        ("Nvidia", "nvidia"),
        ("--", "--"),
        ("...", "..."),
        (" ( ) ", "()"),
    ],
)
def test_company_without_a_number_is_its_name_without_its_dress(name: str, key: str) -> None:
    assert company_key(name, "") == key


def test_company_with_a_number_is_its_number_whatever_its_name() -> None:
    assert company_key("Voorbeeld NV", "0123456749") == company_key("Iets anders", "0123456749") == "0123456749"


@pytest.mark.parametrize("text", ["0123.456.749", "BE 0123.456.749", "123456749", "0123456749", "BE0123-456-749"])
def test_enterprise_number_is_read_in_its_usual_spellings(text: str) -> None:
    assert read_company_number(text, None).value == "0123456749"


@pytest.mark.parametrize("text", ["0123.456.750", "2123.456.749", "0123.456.74", "NL0123456749", "nvt"])
def test_enterprise_number_with_wrong_check_digits_is_refused(text: str) -> None:
    assert [remark.code for remark in read_company_number(text, None).remarks] == ["company_number"]


def test_columns_of_tables_name_what_they_read() -> None:
    told = {(one.sheet, one.field): one.meaning for sheet in _sheets() for one in sheet_columns(sheet)}
    assert all(one in told["Seizoen", "theme"] for one in THEMES)
    assert all(one in told["Scholen", "application.network"] for one in NETWORK_SPELLINGS.values())
    assert all(one in told["Niveaus", "level"] for one in LEVEL_WORDS)
    assert EVERYBODY in told["Blokkeringen", "school"]
    assert ALL in told["Inspanningen", "criterion"]


def test_every_column_of_a_table_stands_on_a_known_sheet_once() -> None:
    rows = [(row["sheet"], row["name"]) for row in reference_rows("columns.csv")]
    assert len(set(rows)) == len(rows) == sum(len(sheet_columns(one)) for one in _sheets())


def _sheets() -> list[Sheet]:
    return [one for part in get_args(Sheet) for one in (get_args(part) or (part,))]
