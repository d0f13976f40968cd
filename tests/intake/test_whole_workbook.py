"""May one workbook hold everything: baseline, places, days that don't suit, wishes of a year, applications?"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

import matcher
from matcher.intake.cohort.rounds import read_cohort
from matcher.trajectory.tables.read_measurements import read_ratings
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL
from tests.season_builders import a_season

if TYPE_CHECKING:
    from pathlib import Path

ALL = (
    "Scholen",
    "Mentoren",
    "Afspraken",
    "Nulmeting",
    "Locaties",
    "Blokkeringen",
    "Seizoen",
    "Aanmeldingen",
    "Uitleg",
)
Rows = list[dict[str, object]]
SCHOOLS: Rows = [dict(SCHOOL), dict(OTHER_SCHOOL)]
MENTORS: Rows = [dict(MENTOR), dict(OTHER_MENTOR)]
PLACES: Rows = [{"naam": "Provinciehuis", "postcode": "3500", "capaciteit": 40, "mentornummer": ""}]
AWAY: Rows = [{"schoolnummer": "", "locatie": "Provinciehuis", "van": date(2027, 1, 13), "reden": "verhuis"}]


def book(**sheets: Rows) -> bytes:
    """Write a workbook with a sheet for each of the tables, as the empty one has it."""
    made = openpyxl.load_workbook(io.BytesIO(matcher.book_template()))
    for name, rows in sheets.items():
        page = made[name]
        headers = {str(cell.value): cell.column for cell in page[1]}
        for number, row in enumerate(rows, 2):
            for header, value in row.items():
                page.cell(row=number, column=headers[header], value=value)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_empty_workbook_offers_every_sheet_and_each_may_stay_empty() -> None:
    content = book(Scholen=SCHOOLS, Mentoren=MENTORS)
    assert tuple(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) == ALL
    cohort = read_cohort({"alles.xlsx": content})
    assert (cohort.counts.schools, cohort.counts.mentors, cohort.counts.errors) == (2, 2, 0)
    assert {one.sheet for one in cohort.findings if one.severity != "note"} == set()


def test_sheets_of_others_are_told_and_never_taken_for_schools() -> None:
    places = [{"naam": "Aula", "postcode": "3500", "schoolnummer": "034561", "straat": "x", "gemeente": "Hasselt"}]
    cohort = read_cohort({"alles.xlsx": book(Scholen=SCHOOLS, Mentoren=MENTORS, Locaties=places)})
    assert cohort.counts.errors == 0
    assert [(one.sheet, one.code) for one in cohort.findings if one.code == "other_table"] == [
        ("Locaties", "other_table")
    ]


def test_baseline_of_its_own_sheet_is_that_of_the_school() -> None:
    measured = [{"schoolnummer": "034561", "1.1": 3, "7.2": 0}]
    given = read_cohort({"a.xlsx": book(Scholen=SCHOOLS, Mentoren=MENTORS, Nulmeting=measured)}).given
    assert given is not None
    assert {one.id: dict(one.baseline) for one in given.schools} == {"034561": {"1.1": 3, "7.2": 0}, "034562": {}}


def test_two_baselines_that_differ_are_told_and_the_sheet_counts() -> None:
    schools = [SCHOOLS[0] | {"1.1": 2, "1.2": 4}, SCHOOLS[1]]
    measured: Rows = [{"schoolnummer": "034561", "1.1": 3}, {"schoolnummer": "9999", "1.1": 1}]
    cohort = read_cohort({"a.xlsx": book(Scholen=schools, Mentoren=MENTORS, Nulmeting=measured[:1])})
    told = [one for one in cohort.findings if one.code == "two_baselines"]
    assert [(one.row, one.column, one.severity) for one in told] == [(2, "1.1", "warning")]
    assert cohort.given is not None
    assert dict(cohort.given.schools[0].baseline) == {"1.1": 3, "1.2": 4}
    wrong = read_cohort({"a.xlsx": book(Scholen=schools, Mentoren=MENTORS, Nulmeting=measured)})
    assert [(one.code, one.sheet, one.row) for one in wrong.findings if one.severity == "error"] == [
        ("unknown_school", "Nulmeting", 3)
    ]


def test_baseline_alone_changes_the_schools_of_a_cohort() -> None:
    known = read_cohort({"a.xlsx": book(Scholen=SCHOOLS, Mentoren=MENTORS)}).given
    sheet = openpyxl.Workbook()
    page = sheet.worksheets[0]
    page.title = "Nulmeting 2026"
    page.append(["Instellingsnummer", "Criterium 1.1", "2.1"])
    page.append([34561, 4, 1])
    content = io.BytesIO()
    sheet.save(content)
    cohort = read_cohort({"meting.xlsx": content.getvalue()}, beside=known)
    assert cohort.given is not None, cohort.findings
    assert dict(cohort.given.schools[0].baseline) == {"1.1": 4, "2.1": 1}
    assert [one.code for one in cohort.findings if one.severity == "error"] == []


def test_places_and_days_are_read_from_the_workbook(tmp_path: Path) -> None:
    file = tmp_path / "alles.xlsx"
    file.write_bytes(book(Scholen=SCHOOLS, Mentoren=MENTORS, Locaties=PLACES, Blokkeringen=AWAY))
    assert matcher.book_with_sheet(tmp_path, "Locaties") == file
    assert matcher.book_with_sheet(file, "Blokkeringen") == file
    assert matcher.book_with_sheet(file, "Eindmeting") is None
    given = read_cohort(tmp_path).given
    assert given is not None
    hosts, odd = matcher.read_locations(given, file.read_bytes(), file.name)
    assert [(one.name, one.capacity) for one in hosts] == [("Provinciehuis", 40)]
    away, more = matcher.read_blackouts(given, hosts, file.read_bytes(), 2026, file.name)
    assert [one.first for one in away.hosts["Provinciehuis"]] == [date(2027, 1, 13)]
    assert [one.code for one in (*odd, *more) if one.severity != "note"] == []


def test_wishes_of_a_year_are_read_from_the_sheet_as_from_the_file() -> None:
    season = a_season()
    first, number = season.participants[0], season.rounds[0].number
    window = season.rounds[0].window
    rows: Rows = [
        {"soort": "venster", "ronde": number, "van": window.first, "tot": window.last, "thema": "leerplan"},
        {"soort": "afwezig", "ronde": number, "scholen": first.id, "reden": "reis"},
    ]
    asked, findings = matcher.with_season_sheet(season, book(Seizoen=rows), "alles.xlsx")
    assert [one for one in findings if one.severity != "note"] == []
    assert (asked.rounds[0].theme, asked.rounds[0].window) == ("leerplan", window)
    assert [(one.school, one.round, one.reason) for one in asked.absences] == [(first.id, number, "reis")]
    file = f'[[ronde]]\nnummer = {number}\nthema = "leerplan"\n[[afwezig]]\nschool = "{first.id}"\nronde = {number}\n'
    assert matcher.with_season_file(season, f'{file}reden = "reis"\n'.encode(), lambda _: None)[0] == asked


def test_row_of_the_season_that_can_not_be_is_an_error() -> None:
    rows: Rows = [{"soort": "vast", "ronde": 9, "scholen": "niemand"}, {"soort": "wens", "ronde": 1}]
    _, findings = matcher.with_season_sheet(a_season(), book(Seizoen=rows), "alles.xlsx")
    assert {one.code for one in findings if one.severity == "error"} >= {"unknown_school", "unknown_kind"}


@pytest.mark.parametrize("rater", ["", "directie"])
def test_measurement_with_a_row_for_each_school_is_taken(tmp_path: Path, rater: str) -> None:
    head = "schoolnummer;" + ("beoordelaar;" if rater else "") + "1.1;1.2\n"
    row = "034561;" + (f"{rater};" if rater else "") + "2;3\n"
    (tmp_path / "nulmeting.csv").write_text(head + row, encoding="utf-8")
    table = read_ratings(tmp_path, "baseline", {"034561": "School"})
    assert [one for one in table.findings if one.severity == "error"] == []
    (sheet,) = table.sheets["034561"]
    assert (sheet.rater, [(one.criterion, one.value) for one in sheet.ratings]) == (
        rater or "schoollijst",
        [("1.1", 2), ("1.2", 3)],
    )


def test_measurement_and_applications_are_found_in_the_workbook(tmp_path: Path) -> None:
    asked = SCHOOLS[0] | {"net": "VRIJ", "ontvangen_op": date(2026, 9, 1), "toestemming": "2026-1"}
    measured: Rows = [{"schoolnummer": "034561", "1.1": 3}]
    (tmp_path / "alles.xlsx").write_bytes(book(Aanmeldingen=[asked], Nulmeting=measured))
    received = matcher.read_applications(tmp_path)
    assert [one.who for one in received.applications] == [str(SCHOOL["naam"])]
    assert [one for one in received.findings if one.severity == "error"] == []
    assert read_ratings(tmp_path, "baseline", {"034561": "School"}).sheets.keys() == {"034561"}
