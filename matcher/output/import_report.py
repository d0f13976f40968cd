"""How does a coordinator get an import back to mend it? The same tables, with what is odd of each row beside it."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from matcher.domain.finding import SEVERITY_NAMES
from matcher.intake.reading.cell_text import without_guard
from matcher.output.season_names import clean
from matcher.output.sheet import HEADER_ALIGNMENT, HEADER_FILL, HEADER_FONT, WRAPPED, lay_out
from matcher.output.spreadsheet_text import as_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

    from matcher.domain.finding import Finding
    from matcher.intake.cohort.cohort import Cohort
    from matcher.intake.reading.grid import Grid

REMARKS: Final = "Opmerking"
_LONGEST_TITLE = 31
_COLUMNS = {"Soort": 14, "Plaats": 40, "Waarde": 24, "Wat er is": 50, "Wat u kunt doen": 50}
"""Each column of the list of findings, with its width in characters."""

_NARROWEST, _WIDEST, _REMARK = 8, 40, 60
"""How wide a column of the coordinator's own is, and that with our remarks."""


def import_report(cohort: Cohort) -> bytes:
    """Write what was read as a workbook: every table with a column `Opmerking`, and a sheet with all findings."""
    book = Workbook(write_only=True)
    titles: list[str] = []
    for grid in cohort.grids:
        titles.append(_title(grid, titles))
        _fill(book.create_sheet(titles[-1]), grid, cohort)
    sheet = book.create_sheet(_free("Bevindingen", titles))
    lay_out(cast("Worksheet", sheet), [*_COLUMNS.values()], len(cohort.findings) + 1)
    sheet.append([_cell(sheet, name, head=True) for name in _COLUMNS])
    for one in cohort.findings:
        told = (SEVERITY_NAMES[one.severity], one.place, one.value or "", one.message, one.remedy)
        sheet.append([_cell(sheet, text, wrap=True) for text in told])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: WriteOnlyWorksheet, grid: Grid, cohort: Cohort) -> None:
    """Write a grid row by row, each in its own place, with the remarks in the first free column."""
    remarks = _remarks(grid, cohort)
    header = next((table.header_row for table in cohort.tables if table.place == grid.place), 0)
    wide = max((len(row.cells) for row in grid.rows), default=0)
    rows = {row.number: row.cells for row in grid.rows}
    if header:
        lay_out(cast("Worksheet", sheet), [*_widths(grid, header, wide), _REMARK], max(rows, default=0), header)
    for number in range(1, max(rows, default=0) + 1):
        cells: Sequence[str] = rows.get(number, ())
        remark = REMARKS if number == header else " ".join(remarks.get(number, ()))
        full = [*cells, *[""] * (wide - len(cells)), remark] if remark else cells
        head, odd = number == header, bool(remark)
        sheet.append([_cell(sheet, text, head=head, wrap=odd or len(text) > _WIDEST) for text in full])


def _widths(grid: Grid, header: int, wide: int) -> list[int]:
    """Give each column's width: that of its longest text from the header down, within bounds."""
    rows = [row.cells for row in grid.rows if row.number >= header]
    longest = [max((len(cells[place]) for cells in rows if place < len(cells)), default=0) for place in range(wide)]
    return [min(_WIDEST, max(_NARROWEST, one + 2)) for one in longest]


def _remarks(grid: Grid, cohort: Cohort) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in cohort.findings:
        if one.row is not None and (one.file, one.sheet) == (grid.place.file, grid.place.sheet):
            found[one.row].append(_words(one))
    return found


def _words(one: Finding) -> str:
    column = f"{one.column}: " if one.column else ""
    return f"{SEVERITY_NAMES[one.severity].capitalize()}: {column}{one.message} {one.remedy}"


def _cell(sheet: WriteOnlyWorksheet, text: str, *, head: bool = False, wrap: bool = False) -> Cell:
    """Make a cell of text, whatever it starts with."""
    cell = WriteOnlyCell(sheet, value=as_cell(without_guard(clean(text))))
    if cell.value:
        cell.data_type = "s"
    if head:
        cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, HEADER_ALIGNMENT
    elif wrap:
        cell.alignment = WRAPPED
    return cell


def _title(grid: Grid, taken: Sequence[str]) -> str:
    name = grid.place.sheet or grid.place.file.rpartition(".")[0] or grid.place.file
    return _free(re.sub(r"[\[\]:*?/\\']", " ", clean(name))[:_LONGEST_TITLE].strip() or "Blad", taken)


def _free(name: str, taken: Sequence[str]) -> str:
    folded = {one.casefold() for one in taken}
    numbered = (f"{name[: _LONGEST_TITLE - 4]} {number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one.casefold() not in folded)
