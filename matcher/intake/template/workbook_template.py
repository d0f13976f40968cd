"""What does the empty workbook look like that a coordinator fills in?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from matcher.domain.column import Column
from matcher.intake.columns.catalogue import EXPLANATION
from matcher.intake.template.book_sheets import book_sheets
from matcher.intake.template.guide import must_word

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_ROWS: Final = 1_000
"""Rows that are made ready for typing."""

_GUIDE: Final = {
    "Blad": 12,
    "Kolom": 22,
    "Verplicht": 10,
    "Betekenis": 70,
    "Voorbeeld": 30,
    "Ook herkend als": 50,
}
"""The columns of the guide, with their widths in characters."""


def book_template() -> bytes:
    """Give an XLSX workbook: a sheet with headers for each table that it may hold, and a sheet Uitleg."""
    import xlsxwriter  # noqa: PLC0415 - takes a tenth of a second, which only this needs

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for name, columns in book_sheets().items():
            _fill(book, name, columns, bold, text)
        _explain(book)
    return content.getvalue()


def _fill(book: Workbook, name: str, columns: Sequence[Column], bold: Format, text: Format) -> None:
    page = book.add_worksheet(name)
    for place, column in enumerate(columns):
        page.write_string(0, place, column.name, bold)
        page.set_column(place, place, max(12, len(column.name) + 3), text if column.as_text else None)
        rule = _rule(column)
        if rule:
            told = {"error_title": column.name, "error_message": column.meaning[:255], "ignore_blank": True}
            page.data_validation(1, place, _ROWS - 1, place, rule | told)
    page.freeze_panes(1, 0)


def _rule(column: Column) -> dict[str, Any]:
    """Offer a list, or accept only numbers in a range, where a column has one."""
    if column.choices:
        return {"validate": "list", "source": list(column.choices)}
    if column.low is not None:
        return {"validate": "integer", "criteria": "between", "minimum": column.low, "maximum": column.high}
    return {}


def _explain(book: Workbook) -> None:
    page = book.add_worksheet(EXPLANATION)
    look = {"text_wrap": True, "valign": "top", "num_format": "@"}
    wrapped, head = book.add_format(look), book.add_format(look | {"bold": True})
    for place, (title, width) in enumerate(_GUIDE.items()):
        page.set_column(place, place, width)
        page.write_string(0, place, title, head)
    told = [(name, one) for name, columns in book_sheets().items() for one in columns]
    for row, (name, one) in enumerate(told, start=1):
        for place, words in enumerate(
            (name, one.name, must_word(one), one.meaning, one.example, ", ".join(one.synonyms))
        ):
            page.write_string(row, place, words, wrapped)
    page.freeze_panes(1, 0)
