"""Is a table read as its maker meant it, and is what can't be read pointed at by row and column?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    read_book,
    rezipped,
    the,
    with_school,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import openpyxl

    from matcher.intake.cohort.rounds import Cohort

SHEET = "xl/worksheets/sheet1.xml"


def book_with(cell: str, value: object, number_format: str = "General") -> bytes:
    """Make a workbook with one cell of the sheet Scholen changed."""

    def edit(book: openpyxl.Workbook) -> None:
        book["Scholen"][cell] = value
        book["Scholen"][cell].number_format = number_format

    return workbook(edit)


def edited(edit: Callable[[Any], object]) -> Cohort:
    """Read a workbook whose sheet Scholen is edited."""
    return read_book(workbook(lambda book: edit(book["Scholen"]) and None))


def values(cohort: Cohort) -> list[tuple[str, str, str]]:
    """Give what matters of each school, after a clean read."""
    assert cohort.given is not None, [str(finding) for finding in cohort.findings]
    return [(school.id, school.name, school.postcode) for school in cohort.given.schools]


GOOD = [("034561", "Atheneum De Linde", "9000"), ("034562", "Sint-Jozef", "3500")]


def test_far_cell_is_named() -> None:
    finding = the(read_book(book_with("XFD1048576", "x")), "stray_cell")
    assert finding.place == "cohort.xlsx, blad Scholen, rij 1048576, kolom XFD"
    assert "XFD1048576" in finding.message


def test_lying_dimension_is_ignored() -> None:
    lying = rezipped(workbook(), {SHEET: ('<dimension ref="A1:F3"', '<dimension ref="A1:A1"')})
    assert values(read_book(lying)) == GOOD


def test_merged_cells_in_the_table_are_named() -> None:
    finding = the(edited(lambda sheet: sheet.merge_cells("B2:B3")), "merged_cells")
    assert (finding.severity, finding.place, finding.value) == ("error", "cohort.xlsx, blad Scholen, rij 2", "B2:B3")


def test_merged_title_rows_above_the_header_are_passed_over() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Scholen"]
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Scholen van de ronde 2026-2027"
        sheet.merge_cells("A1:F2")

    assert values(read_book(workbook(edit))) == GOOD


def test_formula_without_a_saved_value_is_refused() -> None:
    finding = the(read_book(book_with("C3", "=3000+500")), "formula_without_value")
    assert finding.place == "cohort.xlsx, blad Scholen, rij 3, kolom C"
    assert "bewaar" in finding.remedy


def test_formula_with_a_saved_value_gives_the_value_and_a_note() -> None:
    content = book_with("C3", "=3000+500")
    saved = rezipped(content, {SHEET: ("<f>3000+500</f><v />", "<f>3000+500</f><v>3500</v>")})
    cohort = read_book(saved)
    assert values(cohort) == GOOD
    assert (the(cohort, "formula_value").severity, the(cohort, "formula_value").row) == ("note", 3)
    assert the(cohort, "formula_value").message == "1 formule gelezen met haar bewaarde uitkomst."


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VERW!"])
def test_excel_error_in_a_cell_is_refused(error: str) -> None:
    finding = the(read_book(book_with("B3", error)), "excel_error")
    assert (finding.place, finding.value) == ("cohort.xlsx, blad Scholen, rij 3, kolom naam", error)


def test_hidden_rows_are_read_and_mentioned() -> None:
    def hide(sheet: Any) -> None:  # noqa: ANN401  # openpyxl's own class
        sheet.row_dimensions[3].hidden = True

    cohort = edited(hide)
    assert values(cohort) == GOOD
    assert (the(cohort, "hidden_rows").severity, the(cohort, "hidden_rows").row) == ("warning", 3)
    assert the(cohort, "hidden_rows").message == "1 verborgen rij is toch gelezen (3)."


def test_hidden_sheet_is_read_and_mentioned() -> None:
    def hide(sheet: Any) -> None:  # noqa: ANN401  # openpyxl's own class
        sheet.sheet_state = "hidden"

    cohort = edited(hide)
    assert values(cohort) == GOOD
    assert the(cohort, "hidden_sheet").place == "cohort.xlsx, blad Scholen"


def test_second_header_row_is_refused() -> None:
    table = csv_table([SCHOOL, {name: name for name in SCHOOL}, OTHER_SCHOOL])
    assert the(read_cohort(cohort_files(schools=table)), "second_header").place == "scholen.csv, rij 3"


@pytest.mark.parametrize("table", ["034561;Atheneum;9000;TSO;EM;ma-vm\n", "a;b\nc;d\n", "maar wat tekst\n"])
def test_table_without_a_header_tells_which_is_expected(table: str) -> None:
    finding = the(read_cohort(cohort_files(schools=table)), "header_not_found")
    assert finding.place == "scholen.csv"
    assert "schoolnummer, naam, postcode" in finding.remedy


def test_missing_column_is_named() -> None:
    table = csv_table([{name: value for name, value in SCHOOL.items() if name != "postcode"}])
    finding = the(read_cohort(cohort_files(schools=table)), "missing_column")
    assert (finding.severity, finding.place) == ("error", "scholen.csv, rij 1, kolom postcode")


def test_column_twice_is_refused_also_by_a_synonym() -> None:
    table = csv_table([SCHOOL | {"PC": "9000"}])
    assert (
        the(read_cohort(cohort_files(schools=table)), "duplicate_column").place == "scholen.csv, rij 1, kolom postcode"
    )


def test_misspelt_column_is_refused_with_the_likely_one() -> None:
    table = csv_table([SCHOOL | {"aantal_mentorren": "2"}])
    finding = the(read_cohort(cohort_files(schools=table)), "unknown_column")
    assert (finding.severity, finding.remedy) == ("error", "Bedoelde u «aantal_mentoren»?")


def test_column_of_the_coordinator_s_own_is_left_out_with_a_warning() -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL | {"Opvolging 2025": "bellen"}])))
    assert the(cohort, "unknown_column").severity == "warning"
    assert values(cohort) == GOOD[:1]


def test_table_twice_is_refused() -> None:
    files = cohort_files() | {"kopie.csv": csv_table([SCHOOL]).encode()}
    assert the(read_cohort(files), "table_twice").place == "kopie.csv, rij 1"


@pytest.mark.parametrize(
    ("encoding", "code"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-16-le", ""), ("utf-16-be", ""), ("cp1252", "cp1252")],
)
def test_encoding_is_found_out(encoding: str, code: str) -> None:
    table = csv_table([SCHOOL | {"naam": "Coöperatief Atheneum «Één»"}])
    cohort = read_cohort(cohort_files(schools=table.encode(encoding)))
    assert values(cohort) == [("034561", "Coöperatief Atheneum «Één»", "9000")]
    assert {finding.code for finding in cohort.findings} - {"separator"} == ({code} if code else set())


def test_bytes_of_no_encoding_are_refused() -> None:
    assert the(read_cohort(cohort_files(schools=b"naam;postcode\n\x81\x8d;9000\n")), "encoding").place == "scholen.csv"


@pytest.mark.parametrize(("separator", "name"), [(";", "puntkomma"), (",", "komma"), ("\t", "tab")])
def test_separator_is_found_out_and_shown(separator: str, name: str) -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL, OTHER_SCHOOL], separator)))
    assert values(cohort) == GOOD
    assert name in next(one.message for one in cohort.findings if one.file == "scholen.csv")


def test_separator_that_excel_tells_in_the_first_line_is_followed() -> None:
    assert values(read_cohort(cohort_files(schools="sep=,\n" + csv_table([SCHOOL], ",")))) == GOOD[:1]


def test_quoted_new_line_keeps_the_spreadsheet_s_row_numbers() -> None:
    table = csv_table([SCHOOL | {"richtingen": "EM\nME"}, OTHER_SCHOOL | {"postcode": "1"}])
    assert the(read_cohort(cohort_files(schools=table)), "unknown_postcode").row == 3


@pytest.mark.parametrize("written", ["51,0543", "51.0543"])
def test_decimal_comma_and_point_are_both_read(written: str) -> None:
    cohort = with_school(breedtegraad=written, lengtegraad="3,7174", postcode="9000", naam="Tweede")
    assert cohort.given is not None
    assert cohort.given.schools[1].position.latitude == 51.0543


@pytest.mark.parametrize("written", ["1.234,5", "1,234.5"])
def test_number_with_point_and_comma_is_refused(written: str) -> None:
    finding = the(with_school(breedtegraad=written, lengtegraad="3,7"), "ambiguous_number")
    assert (finding.place, finding.value) == ("scholen.csv, rij 3, kolom breedtegraad", written)


def test_unclosed_quote_is_found_where_it_opens() -> None:
    table = csv_table([SCHOOL]) + '"034562;Sint-Jozef;3500;TSO;EM;ma-vm\r\n'
    assert the(read_cohort(cohort_files(schools=table)), "unclosed_quote").place == "scholen.csv, rij 3"


def test_text_after_a_closed_quote_is_refused() -> None:
    table = csv_table([SCHOOL]) + '034562;"Sint-Jozef" (oud);3500;TSO;EM;ma-vm\r\n'
    assert the(read_cohort(cohort_files(schools=table)), "stray_quote").place == "scholen.csv, rij 3"


@pytest.mark.parametrize("row", ["034562;Sint-Jozef 3500;TSO;EM;ma-vm", "034562;Sint;Jozef;3500;TSO;EM;ma-vm"])
def test_ragged_row_is_refused_once(row: str) -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL]) + row))
    assert the(cohort, "ragged_row").place == "scholen.csv, rij 3"
    assert f"heeft {row.count(';') + 1} cellen" in the(cohort, "ragged_row").message
    assert (cohort.counts.errors, cohort.counts.bad_rows, cohort.counts.schools) == (1, 1, 1)


def test_row_of_one_cell_is_told_in_the_singular() -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL]) + "034562"))
    assert the(cohort, "ragged_row").message.startswith("Deze rij heeft 1 cel, ")


def test_empty_cells_and_rows_at_the_end_are_no_error() -> None:
    table = csv_table([SCHOOL]).replace("\r\n", ";;\r\n") + ";;;;;;;\r\n\r\n"
    assert values(read_cohort(cohort_files(schools=table))) == GOOD[:1]


def test_field_over_128_kilobytes_is_refused() -> None:
    table = csv_table([SCHOOL, OTHER_SCHOOL | {"naam": "x" * 140_000}])
    assert the(read_cohort(cohort_files(schools=table)), "field_too_long").place == "scholen.csv, rij 3"


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_date_is_shown_day_first_whatever_the_workbook_s_epoch(epoch: dt.datetime | None) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        if epoch:
            book.epoch = epoch
        book["Scholen"]["F3"] = dt.date(2026, 4, 3)

    finding = the(read_book(workbook(edit)), "excel_date")
    assert (finding.place, finding.value) == ("cohort.xlsx, blad Scholen, rij 3, kolom beschikbaarheid", "03/04/2026")


def test_date_as_text_is_shown_as_it_stands() -> None:
    assert the(with_school(beschikbaarheid="03-04-2026"), "unknown_half_day").value == "03-04-2026"


@pytest.mark.parametrize("value", [9000, 9000.0, "9000", "9000.0", " 9000 ", "B-9000"])
def test_postcode_is_read_as_number_or_text(value: object) -> None:
    assert values(read_book(book_with("C2", value))) == GOOD


def test_leading_zero_of_an_id_stays() -> None:
    assert values(read_cohort(cohort_files())) == GOOD
    assert values(read_book(workbook())) == GOOD
    assert values(read_book(book_with("A2", 34561, "000000"))) == GOOD


def test_criterion_that_excel_made_a_number_or_date_of_is_known() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for cell, value in {"G1": 1.1, "H1": dt.date(2026, 1, 2), "I1": "3,1", "G2": 4, "H2": 3, "I2": 2}.items():
            book["Scholen"][cell] = value

    cohort = read_book(workbook(edit))
    assert cohort.given is not None
    assert cohort.given.schools[0].baseline == {"1.1": 4, "2.1": 3, "3.1": 2}


def test_list_that_excel_made_a_number_of_is_read_as_a_list() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Mentoren"]["H1"], book["Mentoren"]["H2"] = "aanbod", 3.5

    cohort = read_book(workbook(edit))
    assert cohort.given is not None
    assert cohort.given.mentors[0].offer == (3, 5)


def test_order_of_columns_and_rows_and_names_of_files_do_not_matter() -> None:
    schools = [dict(reversed(row.items())) for row in (OTHER_SCHOOL, SCHOOL)]
    mentors = [{name.upper().replace("_", " "): value for name, value in row.items()} for row in (OTHER_MENTOR, MENTOR)]
    renamed = read_cohort({"b.txt": csv_table(mentors, ",").encode(), "a.csv": csv_table(schools, "\t").encode()})
    assert renamed.given is not None
    assert renamed.given == read_cohort(cohort_files()).given == read_book(workbook(), "iets.xlsx").given
