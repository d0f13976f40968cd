"""How does a table become a sheet that people can read and print?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matcher.output.book import HEADER, WRAPPED, Book, Formula, Value, as_text, put, put_text, width_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A4 = 9
TOLD_EACH = 1000
"""Rows after which it is said how far a sheet is."""


def fill_sheet(  # noqa: PLR0913 - a table with how it looks
    book: Book,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Value]],
    *,
    dates: str = "",
    height: int | None = None,
    aside: str = "",
) -> Worksheet:
    """Write a sheet of rows under a header; rows may be made while they are written.

    `columns` are (name, width in characters), `dates` is a format for days, `height` that of each row in points.
    `aside` is said beside the header, where a sheet holds less than one would think.
    """
    sheet = book.add(name)
    book.tell(name, 0)
    header, wrapped = book.style(HEADER), book.style(WRAPPED)
    day = book.style({"num_format": dates}) if dates else None
    for place, (title, _) in enumerate(columns):
        put(sheet, 0, place, title, header)
    put(sheet, 0, len(columns) + 1, aside)
    last = 0
    for last, row in enumerate(rows, start=1):
        if not last % TOLD_EACH:
            book.tell(name, last)
        if height is not None:
            sheet.set_row(last, height)
        _write(sheet, last, row, wrapped, day)
    lay_out(sheet, [width for _, width in columns], last)
    return sheet


def _write(sheet: Worksheet, number: int, row: Sequence[Value], wrapped: Format, day: Format | None) -> None:
    """Write one row; in the innermost loop of everything that is written, so the usual kinds of value come first."""
    for place, value in enumerate(row):
        if value.__class__ is str:
            put_text(sheet, number, place, as_text(value), wrapped)
        elif value.__class__ is int:
            sheet.write_number(number, place, value)
        elif isinstance(value, Formula):
            put(sheet, number, place, value)
        else:
            put(sheet, number, place, value, day if isinstance(value, dt.date) else wrapped)


def lay_out(sheet: Worksheet, widths: Sequence[int], last_row: int, header_row: int = 0) -> None:
    """Make columns wide enough, let the header stay and filter, and pages landscape on A4; rows are from 0."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width_of(width))
    sheet.freeze_panes(header_row + 1, 0)
    sheet.autofilter(header_row, 0, max(header_row, last_row), max(0, len(widths) - 1))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
