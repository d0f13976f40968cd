"""What do the sheets of an .ods or .xls workbook say, by calamine? Runs in the workbook's own process."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from matcher.intake.reading.xlsx_sheet import MAX_COLUMNS, MAX_ROWS, is_blank, letters, moment, number


def read(content: bytes) -> list[dict[str, Any]]:
    """Give every sheet; raises for what can't be read."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        {"name": told.name, "hidden": told.visible != SheetVisibleEnum.Visible} | _sheet(book, place)
        for place, told in enumerate(book.sheets_metadata)
        if told.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(book: CalamineWorkbook, place: int) -> dict[str, Any]:
    """Give rows of `[column, value]` pairs; formulas, hidden rows and columns are not told by these formats."""
    sheet = book.get_sheet_by_index(place)
    found: list[tuple[int, list[tuple[int, object]]]] = []
    first = sheet.start[0] + 1 if sheet.start else 1
    stray = None
    for at, row in enumerate(sheet.iter_rows(), first):
        cells = [(column, _shown(value)) for column, value in enumerate(row) if value not in ("", None)]
        if cells and at > MAX_ROWS and len(found) > MAX_ROWS // 2:
            return {"too_large": True}
        far = {column: value for column, value in cells if column >= MAX_COLUMNS or at > MAX_ROWS}
        if seen := [column for column, value in far.items() if not is_blank(value)]:
            stray = f"{letters(seen[-1])}{at}"
        elif left := [one for one in cells if one[0] not in far] if far else cells:
            found.append((at, left))
    merged = [_area(*one) for one in sheet.merged_cell_ranges or ()]
    return {"rows": found, "merged": merged, "formulas": {}, "hidden_rows": [], "hidden_columns": [], "stray": stray}


def _area(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Write a range of rows and columns from 0 as `A1:C1`."""
    return ":".join(f"{letters(column)}{row + 1}" for row, column in (first, last))


def _shown(value: object) -> object:
    """Give a cell as JSON: text as a string, a number as `{"n": text}`, a date as `{"d": text}`."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, int | float):
        return number(float(value))
    if isinstance(value, datetime | date | time):
        return moment(value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)
