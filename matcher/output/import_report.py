"""How does a coordinator get an import back to mend it? The same tables, with what is odd of each row beside it."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from matcher.domain.finding import SEVERITY_NAMES
from matcher.output.cells import safe
from matcher.output.names import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from matcher.domain.finding import Finding
    from matcher.intake.cohort import Cohort
    from matcher.intake.grid import Grid

REMARKS: Final = "Opmerking"
_LONGEST_TITLE = 31
_COLUMNS = ("Soort", "Plaats", "Waarde", "Wat er is", "Wat u kunt doen")


def import_report(cohort: Cohort) -> bytes:
    """Write what was read as a workbook: every table with a column `Opmerking`, and a sheet with all findings."""
    book = Workbook(write_only=True)
    titles: list[str] = []
    for grid in cohort.grids:
        titles.append(_title(grid, titles))
        _fill(book.create_sheet(titles[-1]), grid, cohort)
    sheet = book.create_sheet(_free("Bevindingen", titles))
    sheet.append([_cell(sheet, name, bold=True) for name in _COLUMNS])
    for one in cohort.findings:
        told = (SEVERITY_NAMES[one.severity], one.place, one.value or "", one.message, one.remedy)
        sheet.append([_cell(sheet, text) for text in told])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: WriteOnlyWorksheet, grid: Grid, cohort: Cohort) -> None:
    """Write a grid row by row, each in its own place, with the remarks in the first free column."""
    remarks = _remarks(grid, cohort)
    header = next((table.header_row for table in cohort.tables if table.place == grid.place), 0)
    wide = max((len(row.cells) for row in grid.rows), default=0)
    rows = {row.number: row.cells for row in grid.rows}
    for number in range(1, max(rows, default=0) + 1):
        cells: Sequence[str] = rows.get(number, ())
        remark = REMARKS if number == header else " ".join(remarks.get(number, ()))
        full = [*cells, *[""] * (wide - len(cells)), remark] if remark else cells
        sheet.append([_cell(sheet, text, bold=number == header) for text in full])


def _remarks(grid: Grid, cohort: Cohort) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in cohort.findings:
        if one.row is not None and (one.file, one.sheet) == (grid.place.file, grid.place.sheet):
            found[one.row].append(_words(one))
    return found


def _words(one: Finding) -> str:
    column = f"{one.column}: " if one.column else ""
    return f"{SEVERITY_NAMES[one.severity].capitalize()}: {column}{one.message} {one.remedy}"


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    """Make a cell of text, whatever it starts with."""
    cell = WriteOnlyCell(sheet, value=safe(clean(text)))
    if cell.value:
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _title(grid: Grid, taken: Sequence[str]) -> str:
    name = grid.place.sheet or grid.place.file.rpartition(".")[0] or grid.place.file
    return _free(re.sub(r"[\[\]:*?/\\']", " ", clean(name))[:_LONGEST_TITLE].strip() or "Blad", taken)


def _free(name: str, taken: Sequence[str]) -> str:
    folded = {one.casefold() for one in taken}
    numbered = (f"{name[: _LONGEST_TITLE - 4]} {number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one.casefold() not in folded)
