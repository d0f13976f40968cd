"""Are mended cells and told headers read as if the file had them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.tables.mending import Fix, place_of
from tests.bad_inputs.cohorts import OTHER_SCHOOL, SCHOOL, cohort_files, csv_table, the, workbook

if TYPE_CHECKING:
    import openpyxl


def in_schools(column: str, value: str, row: int = 3) -> Fix:
    return Fix(file="scholen.csv", row=row, column=column, value=value)


def files(**changes: str) -> dict[str, bytes]:
    rows = [SCHOOL | {key: SCHOOL.get(key, "") for key in changes}, OTHER_SCHOOL | changes]
    return cohort_files(schools=csv_table(rows))


@pytest.mark.parametrize("column", ["postcode", "Postcode", "C"])
def test_mended_cell_is_read_by_the_name_or_letters_of_its_column(column: str) -> None:
    broken = files(postcode="9001")
    assert read_cohort(broken).given is None
    mended = read_cohort(broken, fixes=(in_schools(column, "3500"),))
    assert mended.given == read_cohort(files()).given


def test_last_fix_of_a_cell_wins() -> None:
    fixes = (in_schools("postcode", "1"), in_schools("postcode", "3500"))
    assert read_cohort(files(postcode="9001"), fixes=fixes).given == read_cohort(files()).given


@pytest.mark.parametrize(
    "fix", [in_schools("postcode", "3500", row=99), in_schools("kleur", "rood"), Fix(file="scholen.csv", column="naam")]
)
def test_fix_without_a_cell_is_told(fix: Fix) -> None:
    finding = the(read_cohort(files(), fixes=(fix,)), "fix_not_found")
    assert (finding.severity, finding.row, finding.column) == ("warning", fix.row, fix.column)


def test_fix_of_another_file_is_no_business_of_this_one() -> None:
    other = Fix(file="mentoren.csv", row=3, column="postcode", value="3500")
    cohort = read_cohort(files(postcode="9001"), fixes=(other,))
    assert the(cohort, "unknown_postcode").file == "scholen.csv"


def test_formula_without_a_value_and_a_far_cell_can_be_mended() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Scholen"]["C3"] = "=3000+500"
        book["Scholen"]["ZZ9"] = "x"

    broken = {"cohort.xlsx": workbook(edit)}
    assert {one.code for one in read_cohort(broken).findings} >= {"formula_without_value", "stray_cell"}
    place = {"file": "cohort.xlsx", "sheet": "Scholen"}
    fixes = (Fix(**place, row=3, column="C", value="3500"), Fix(**place, row=9, column="ZZ", value=""))  # type: ignore[arg-type]
    mended = read_cohort(broken, fixes=fixes)
    assert mended.findings == ()
    assert mended.given == read_cohort(cohort_files()).given


def test_told_header_is_read_as_the_column_that_it_means() -> None:
    rows = [{("plek" if key == "postcode" else key): value for key, value in SCHOOL.items()}]
    table = cohort_files(schools=csv_table(rows))
    assert the(read_cohort(table), "missing_column").column == "postcode"
    told = {"Scholen": {"Plek": "postcode"}}
    assert read_cohort(table, told=told).given == read_cohort(cohort_files(schools=csv_table([SCHOOL]))).given


def test_header_told_to_mean_nothing_is_left_out_without_a_word() -> None:
    table = cohort_files(schools=csv_table([SCHOOL | {"aantal_mentorren": "2"}]))
    assert the(read_cohort(table), "unknown_column").severity == "error"
    cohort = read_cohort(table, told={"Scholen": {"aantal_mentorren": ""}})
    assert cohort.given is not None
    assert cohort.given.schools[0].mentors_wanted == 1
    assert {one.code for one in cohort.findings} == {"separator"}


def test_our_own_column_of_a_workbook_that_came_back_is_passed_over() -> None:
    locks = "schoolnummer;mentornummer;soort;reden;Opmerking\n034561;M1;vast;al samen;kijk na\n"
    cohort = read_cohort(cohort_files() | {"afspraken.csv": locks.encode()})
    assert cohort.given is not None
    assert cohort.given.locks[0].reason == "al samen"


def test_tables_tell_which_column_each_header_is() -> None:
    cohort = read_cohort(files(postcode="9001"))
    schools = cohort.tables[0]
    assert schools.header[:3] == ("schoolnummer", "naam", "postcode")
    assert schools.columns[2].name == "postcode"
    assert [grid.place.file for grid in cohort.grids] == ["scholen.csv", "mentoren.csv"]


@pytest.mark.parametrize(("letters", "place"), [("A", 0), ("Z", 25), ("AA", 26), ("xfd", 16383), ("A1", None)])
def test_letters_name_a_place(letters: str, place: int | None) -> None:
    assert place_of(letters) == place


@pytest.mark.parametrize("told", ["Deelnemers scholen ", "Deelnemers scholen", "Deelnemers  scholen"])
def test_fix_reaches_a_sheet_whose_name_ends_in_a_space(told: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Scholen"].title = "Deelnemers scholen "
        book.worksheets[0]["C3"] = "9001"

    broken = {"cohort.xlsx": workbook(edit)}
    finding = the(read_cohort(broken), "unknown_postcode")
    assert finding.place == "cohort.xlsx, blad Deelnemers scholen, rij 3, kolom postcode"
    fix = Fix(file="cohort.xlsx", sheet=told, row=3, column="postcode", value="3500")
    mended = read_cohort(broken, fixes=(fix,))
    assert (mended.given, mended.findings) == (read_cohort(cohort_files()).given, ())


def test_sheets_that_differ_in_a_space_alone_keep_apart() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("Mentoren ")["A1"] = "losse nota"

    cohort = read_cohort({"cohort.xlsx": workbook(edit)})
    assert [grid.place.sheet for grid in cohort.grids] == ["Scholen", "Mentoren", "Mentoren (2)"]


@pytest.mark.parametrize("fix", [Fix(file="weg.csv", row=3, column="naam", value="x"), Fix(file="weg.csv")])
def test_fix_that_belongs_to_no_table_is_told(fix: Fix) -> None:
    finding = the(read_cohort(files(), fixes=(fix,)), "fix_not_found")
    assert (finding.severity, finding.file, finding.row) == ("warning", "weg.csv", fix.row)


def test_row_is_left_out_with_all_that_is_said_of_it() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Scholen"].append(["Totaal", "=COUNTA(B2:B3)"])
        book["Scholen"]["ZZ4"] = "x"
        book["Scholen"]["ZZ9"] = "x"

    broken = {"cohort.xlsx": workbook(edit)}
    assert {one.row for one in read_cohort(broken).findings if one.severity == "error"} == {4, 9}
    fixes = tuple(Fix(file="cohort.xlsx", sheet="Scholen", row=row) for row in (4, 9))
    mended = read_cohort(broken, fixes=fixes)
    assert (mended.given, mended.findings) == (read_cohort(cohort_files()).given, ())


def test_row_that_is_not_there_can_not_be_left_out() -> None:
    finding = the(read_cohort(files(), fixes=(Fix(file="scholen.csv", row=99),)), "fix_not_found")
    assert (finding.row, finding.column) == (99, None)


def test_row_that_is_left_out_takes_its_fixes_along() -> None:
    fixes = (Fix(file="scholen.csv", row=3), in_schools("postcode", "1"))
    cohort = read_cohort(files(), fixes=fixes)
    assert cohort.given is not None
    assert [one.id for one in cohort.given.schools] == ["034561"]
    assert {one.code for one in cohort.findings} == {"separator"}


def test_sheet_with_an_old_table_is_left_out_with_all_that_is_said_of_it() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        old = book.create_sheet("Oud 2025")
        for row in (list(SCHOOL), list(SCHOOL.values())):
            old.append(row)
        old["C3"] = "=1+1"
        old.merge_cells("A4:B4")

    broken = {"cohort.xlsx": workbook(edit)}
    assert the(read_cohort(broken), "table_twice").sheet == "Oud 2025"
    mended = read_cohort(broken, fixes=(Fix(file="cohort.xlsx", sheet="Oud 2025"),))
    assert (mended.given, mended.findings) == (read_cohort(cohort_files()).given, ())
