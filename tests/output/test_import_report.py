"""Does a workbook that is given back hold the same rows, what is odd of each, and nothing that can run?"""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from matcher.intake.cohort.preview import preview_of
from matcher.intake.cohort.rounds import read_cohort
from matcher.output.import_report import import_report
from tests.bad_inputs.cohorts import OTHER_SCHOOL, SCHOOL, cohort_files, csv_table, workbook


def opened(content: bytes) -> Any:  # noqa: ANN401 - openpyxl's own class
    return openpyxl.load_workbook(io.BytesIO(content))


def test_report_has_the_rows_in_their_places_with_a_remark_beside() -> None:
    broken = workbook(lambda book: book["Scholen"].__setitem__("C3", "9001"))
    book = opened(import_report(read_cohort({"cohort.xlsx": broken})))
    assert book.sheetnames == ["Scholen", "Mentoren", "Bevindingen"]
    rows = list(book["Scholen"].iter_rows(values_only=True))
    assert rows[0][-1] == "Opmerking"
    assert rows[1][:3] == ("034561", "Atheneum De Linde", "9000")
    assert rows[2][-1] == "Fout: postcode: Dit is geen Belgische postcode. Bedoelde u «9000» (Gent)?"
    assert book["Bevindingen"]["B2"].value == "cohort.xlsx, blad Scholen, rij 3, kolom postcode"


def test_report_can_be_read_again() -> None:
    cohort = read_cohort(cohort_files())
    again = read_cohort({"verslag.xlsx": import_report(cohort)})
    assert again.given == cohort.given


def test_formula_in_a_cell_or_header_never_runs() -> None:
    rows = [SCHOOL | {"naam": "=1+1", "@kolom": "+2"}, OTHER_SCHOOL | {"naam": "-x", "@kolom": "\tx"}]
    book = opened(import_report(read_cohort(cohort_files(schools=csv_table(rows)))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t"))]
    assert book["scholen"]["B2"].value == "'=1+1"


def test_preview_tells_columns_counts_and_the_rows_that_matter() -> None:
    rows = [SCHOOL | {"schoolnummer": str(n), "naam": f"School nummer {n}", "Eigen": "x"} for n in range(30)]
    rows[20]["postcode"] = "1"
    preview = preview_of(read_cohort(cohort_files(schools=csv_table(rows))))
    schools = preview["tables"][0]
    assert (schools["file"], schools["table"], schools["header_row"], schools["rows"]) == (
        "scholen.csv",
        "Scholen",
        1,
        30,
    )
    number = {"header": "schoolnummer", "column": "schoolnummer", "samples": ["0", "1", "2"], "together": False}
    own = {"header": "Eigen", "column": None, "samples": ["x"], "together": False}
    assert (schools["columns"][0], schools["columns"][-1]) == (number, own)
    assert [row["row"] for row in schools["cells"]] == [*range(2, 12), 22]
    assert (preview["given"], preview["counts"]["errors"], preview["total"]) == (None, 1, 4)


def test_report_can_be_read_at_a_glance() -> None:
    rows = [SCHOOL | {"naam": "Atheneum " * 10}, OTHER_SCHOOL | {"postcode": "9001"}]
    table = "Scholen van de ronde\r\n" + csv_table(rows)
    book = opened(import_report(read_cohort(cohort_files(schools=table))))
    sheet, findings = book["scholen"], book["Bevindingen"]
    assert (sheet.freeze_panes, findings.freeze_panes) == ("A3", "A2")
    assert (sheet.auto_filter.ref, findings.auto_filter.ref) == ("A2:G4", f"A1:E{findings.max_row}")
    widths = [sheet.column_dimensions[letter].width for letter in "ABG"]
    assert widths == [14, 40, 60]
    assert findings.column_dimensions["D"].width == 50
    assert [sheet[cell].alignment.wrap_text for cell in ("A2", "B3", "G4")] == [True] * 3
    assert sheet["A2"].fill.fgColor.rgb == findings["A1"].fill.fgColor.rgb == "FF1F4E5F"
    assert sheet["A1"].fill.fill_type is None
