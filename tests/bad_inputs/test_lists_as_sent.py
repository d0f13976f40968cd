"""Is a list as programs and people really write it read or told of: nothing lost, each finding where Excel shows it?"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.columns.table_columns import sheet_columns
from matcher.intake.tables.single_table import read_rows
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    read_book,
    the,
    with_mentor,
    with_school,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.intake.cohort.rounds import Cohort


def edited(edit: Callable[[Any], object], sheet: str = "Scholen") -> Cohort:
    """Read a workbook of which one sheet is edited."""
    return read_book(workbook(lambda book: edit(book[sheet]) and None))


def renamed(row: dict[str, str], **titles: str) -> dict[str, str]:
    """Give a row under other titles."""
    return {titles.get(name, name): text for name, text in row.items()}


def test_finding_names_the_column_as_the_file_does() -> None:
    rows = [renamed(one, postcode="PC") for one in (SCHOOL, OTHER_SCHOOL | {"postcode": "99999"})]
    finding = the(read_cohort(cohort_files(schools=csv_table(rows))), "unknown_postcode")
    assert (finding.column, finding.header) == ("postcode", "PC")
    assert finding.place == "scholen.csv, rij 3, kolom PC (postcode)"


def test_our_own_name_is_said_once() -> None:
    assert the(with_school(postcode="99999"), "unknown_postcode").place == "scholen.csv, rij 3, kolom postcode"


def test_columns_of_days_are_named_from_the_first_to_the_last() -> None:
    rows = [{**one, "Ma VM": "?", "Di VM": "x", "Wo VM": "x"} for one in (MENTOR, OTHER_MENTOR)]
    rows = [{name: text for name, text in one.items() if name != "beschikbaarheid"} for one in rows]
    found = [one for one in read_cohort(cohort_files(mentors=csv_table(rows))).findings if one.severity == "error"]
    assert [(one.row, one.header, one.value) for one in found] == [
        (row, "Ma VM tot Wo VM", "ma-vm ?, di-vm, wo-vm") for row in (2, 3)
    ]


def test_column_without_a_title_is_told() -> None:
    told = the(
        read_cohort(cohort_files(schools=csv_table([SCHOOL | {"": ""}, OTHER_SCHOOL | {"": "M1"}]))), "untitled_column"
    )
    assert (told.severity, told.row, told.value) == ("warning", 1, "M1")
    assert told.column == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(SCHOOL)]


def test_column_beside_the_table_is_told() -> None:
    told = the(edited(lambda sheet: sheet.cell(3, 20, "bel eerst")), "untitled_column")
    assert (told.place, told.value) == ("cohort.xlsx, blad Scholen, rij 1, kolom T", "bel eerst")


def test_two_titles_of_one_column_are_both_named() -> None:
    rows = [one | {"School": "Groep"} for one in (SCHOOL, OTHER_SCHOOL)]
    finding = the(read_cohort(cohort_files(schools=csv_table(rows))), "duplicate_column")
    assert finding.message == "«naam» en «School» zijn hier allebei de kolom naam."


def test_titles_again_are_one_error_and_no_row() -> None:
    again = {name: name for name in SCHOOL}
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL, again, OTHER_SCHOOL, again])))
    errors = [(one.code, one.row) for one in cohort.findings if one.severity == "error"]
    assert errors == [("second_header", 3), ("second_header", 5)]
    assert (cohort.counts.schools, cohort.counts.bad_rows) == (2, 2)


def test_titles_on_two_rows_are_one_error() -> None:
    def two_rows(sheet: Any) -> None:  # noqa: ANN401  # openpyxl's own class
        wide = sheet.max_column
        sheet.insert_rows(2)
        for place, day in enumerate(("ma", "di", "wo"), wide + 1):
            sheet.cell(2, place, day)
        for place in range(1, wide):
            sheet.merge_cells(start_row=1, end_row=2, start_column=place, end_column=place)
        sheet.merge_cells(start_row=1, end_row=1, start_column=wide, end_column=wide + 3)

    cohort = edited(two_rows, "Mentoren")
    assert [one.code for one in cohort.findings if one.severity == "error"] == ["two_header_rows"]
    told = the(cohort, "two_header_rows")
    assert (told.place, told.message) == (
        "cohort.xlsx, blad Mentoren, rij 2",
        "De kolomtitels staan op twee rijen, 1 en 2.",
    )


@pytest.mark.parametrize(
    ("title", "meant"),
    [("Gem.", "gemeente"), ("Inst.nr.", "schoolnummer"), ("Beschikb.", "beschikbaarheid"), ("Tel.", ""), ("N.", "")],
)
def test_title_that_is_cut_short_is_asked_about(title: str, meant: str) -> None:
    known = {"schoolnummer": title} if meant == "schoolnummer" else {}
    rows = [renamed(one, **known) | ({} if known else {title: "tekst"}) for one in (SCHOOL, OTHER_SCHOOL)]
    rows = [{name: text for name, text in one.items() if name != meant} for one in rows]
    found = read_cohort(cohort_files(schools=csv_table(rows))).findings
    assert [one.proposal for one in found if one.code == "unknown_column"] == [meant]


def test_cell_with_an_error_of_excel_is_not_called_empty() -> None:
    finding = the(with_school(onderwijsvormen="#NAAM?"), "excel_error")
    cohort = with_school(onderwijsvormen="#NAAM?")
    assert [one.code for one in cohort.findings if one.severity == "error"] == [finding.code]


@pytest.mark.parametrize("error", ["#OVERLOOP!", "#VELD!", "#WAARDE!", "#N/B"])
def test_errors_of_excel_are_known_in_each_language(error: str) -> None:
    assert the(with_school(gemeente=error), "excel_error").value == error


def test_far_cell_of_spaces_is_nothing() -> None:
    cohort = edited(lambda sheet: sheet.cell(1_000_000, 3, "  "))
    assert (cohort.counts.errors, cohort.counts.schools) == (0, 2)


def test_hidden_columns_are_read_and_told() -> None:
    def hide(sheet: Any) -> None:  # noqa: ANN401  # openpyxl's own class
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["Z"].hidden = True

    cohort = edited(hide)
    assert (cohort.counts.errors, cohort.counts.schools) == (0, 2)
    told = the(cohort, "hidden_columns")
    assert (told.severity, told.place) == ("warning", "cohort.xlsx, blad Scholen, kolom B")
    assert told.message == "1 kolom is verborgen (B); wat een gekende titel heeft, is toch gelezen."


def test_column_of_another_table_is_named_as_the_file_does() -> None:
    columns = sheet_columns("Locaties")
    _, findings = read_rows(b"naam;PC\nProvinciehuis;99999\n", "locaties.csv", columns)
    errors = [one.place for one in findings if one.severity == "error"]
    assert errors == ["locaties.csv, rij 2, kolom PC (postcode)"]


def test_row_with_a_number_that_is_taken_counts_as_bad() -> None:
    cohort = with_school(schoolnummer=SCHOOL["schoolnummer"])
    assert (cohort.counts.schools, cohort.counts.bad_rows) == (1, 1)
    assert "vestigingsnummer" in the(cohort, "duplicate_id").remedy


def test_one_table_alone_is_told_of_the_files_that_are_there() -> None:
    told = the(
        read_cohort({"scholen.csv": cohort_files()["scholen.csv"], "nota.csv": b"a;b\n1;2\n"}), "header_not_found"
    )
    assert (told.place, told.message) == ("scholen.csv, nota.csv", "Hier staan geen mentoren in.")


@pytest.mark.parametrize(("part", "word"), [("xl/workbook.bin", "(.xlsb)"), ("Index/Document.iwa", "Numbers")])
def test_workbook_of_another_kind_is_called_by_its_name(part: str, word: str) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "?")
    assert word in the(read_book(content.getvalue()), "wrong_format").message


def test_text_named_as_a_workbook_is_called_text() -> None:
    told = the(read_book(cohort_files()["scholen.csv"]), "wrong_format")
    assert told.message == "Dit bestand heet .xlsx, maar is gewone tekst, zoals CSV."


@pytest.mark.parametrize(
    "names",
    [
        {"naam": "Zoë Peeters en Piet Jans"},
        {"naam": "Jan Claes, Bo Claes"},
        {"voornaam": "An / Bo"},
        {"naam": "Els Maes\nAn Bos"},
    ],
)
def test_two_people_in_one_row_are_told(names: dict[str, str]) -> None:
    told = the(with_mentor(**names), "several_people")
    assert (told.severity, told.row) == ("warning", 3)


@pytest.mark.parametrize("name", ["Claes, Jan", "Van den Berghe, An", "D'Hondt-Leroy", "Lenders", "El Amrani"])
def test_name_of_one_person_is_no_two(name: str) -> None:
    assert "several_people" not in {one.code for one in with_mentor(naam=name).findings}


@pytest.mark.parametrize(
    ("text", "minutes"), [("1,5 uur", 90), ("0:45", 45), ("00:45", 45), ("1:30:00", 90), ("0,75 u", 45), ("1u30", 90)]
)
def test_travel_time_in_hours_is_read_and_told(text: str, minutes: int) -> None:
    cohort = with_mentor(max_reistijd=text)
    assert cohort.given is not None
    assert cohort.given.mentors[1].max_minutes == minutes
    assert the(cohort, "hours").message == f"Gelezen als {minutes} minuten."


@pytest.mark.parametrize("text", ["9:99", "6:00", "1,33 uur"])
def test_travel_time_that_is_no_whole_minutes_is_refused(text: str) -> None:
    assert with_mentor(max_reistijd=text).given is None


def test_code_with_its_description_is_read() -> None:
    cohort = with_mentor(sectoren="20.590 - Vervaardiging van chemische producten")
    assert cohort.given is not None
    assert cohort.given.mentors[1].sectors == ("chemie",)


@pytest.mark.parametrize("text", ["An Peeters <an@firma.be>", "<an@firma.be>", "an@firma.be"])
def test_address_as_mail_programs_copy_it_is_read(text: str) -> None:
    cohort = with_mentor(**{"e-mail": text})
    assert cohort.given is not None
    assert cohort.given.mentors[1].email == "an@firma.be"


@pytest.mark.parametrize("text", ["9.000", "9\u00a0000", "9.000 Gent", "9000"])
def test_postcode_as_an_amount_is_read(text: str) -> None:
    cohort = with_school(postcode=text)
    assert cohort.given is not None
    assert cohort.given.schools[1].postcode == "9000"


@pytest.mark.parametrize("text", ["geen", "/", "n.v.t.", "niemand", "-"])
def test_nobody_to_keep_away_is_nobody(text: str) -> None:
    cohort = with_school(niet_met=text)
    assert cohort.given is not None
    assert cohort.given.schools[1].not_with == ()
