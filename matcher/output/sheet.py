"""How does a table become a sheet that people can read and print, and no cell of it can run?"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from matcher.output.season_names import clean
from matcher.output.spreadsheet_text import as_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F4E5F")
HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
Value: TypeAlias = str | int | date | None

WRAPPED = Alignment(vertical="top", wrap_text=True)
A4 = 9


def fill_sheet(
    sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]], dates: str = ""
) -> None:
    """Write rows under a header; `columns` are (name, width in characters), `dates` a format for days."""
    for number, row in enumerate(chain([[name for name, _ in columns]], rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(cell, Cell):  # a new sheet has no merged cells
                _write(cell, value, dates)
    _dress(sheet, columns)


def _write(cell: Cell, value: Value, dates: str) -> None:
    """Write a value; text stays text whatever it starts with."""
    if isinstance(value, str):
        cell.value = as_cell(clean(value))
        cell.data_type = "s"
        cell.alignment = WRAPPED
        return
    cell.value = value
    if isinstance(value, date) and dates:
        cell.number_format = dates


def _dress(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    """Make the header stand out, and lay the sheet out."""
    for cell in sheet[1]:
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        cell.alignment = HEADER_ALIGNMENT
    lay_out(sheet, [width for _, width in columns], sheet.max_row)


def lay_out(sheet: Worksheet, widths: Sequence[int], last_row: int, header_row: int = 1) -> None:
    """Make columns wide enough, let the header stay and filter, and pages landscape on A4."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{header_row + 1}"
    last = f"{get_column_letter(max(1, len(widths)))}{max(header_row, last_row)}"
    sheet.auto_filter.ref = f"A{header_row}:{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
