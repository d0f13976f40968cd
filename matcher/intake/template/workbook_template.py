"""What does the empty workbook look like that a coordinator fills in?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from matcher.intake.columns.catalogue import EXPLANATION
from matcher.intake.template.book_sheets import book_sheets
from matcher.intake.template.guide import must_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from matcher.domain.column import Column

_ROWS: Final = 1_000
"""Rows that are made ready for typing."""


def book_template() -> bytes:
    """Give an XLSX workbook: a sheet with headers for each table that it may hold, and a sheet Uitleg."""
    from openpyxl import Workbook  # noqa: PLC0415  # takes half a second, which only this needs

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns in book_sheets().items():
        _fill(book.create_sheet(name), columns)
    _explain(book.create_sheet(EXPLANATION))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(page: Worksheet, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415

    for index, column in enumerate(columns, 1):
        cell = page.cell(row=1, column=index, value=column.name)
        cell.font = Font(bold=True)
        letter = cell.column_letter
        page.column_dimensions[letter].width = max(12, len(column.name) + 3)
        if column.as_text:
            page.column_dimensions[letter].number_format = "@"
        _validate(page, column, f"{letter}2:{letter}{_ROWS}")
    page.freeze_panes = "A2"


def _validate(page: Worksheet, column: Column, cells: str) -> None:
    """Offer a list, or accept only numbers in a range, where a column has one."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    if column.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    elif column.low is not None:
        low, high = str(column.low), str(column.high)
        rule = DataValidation(type="whole", operator="between", formula1=low, formula2=high, allow_blank=True)
    else:
        return
    rule.errorTitle, rule.error, rule.showErrorMessage = column.name, column.meaning[:255], True
    rule.add(cells)
    page.add_data_validation(rule)


def _explain(page: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    page.append(["Blad", "Kolom", "Verplicht", "Betekenis", "Voorbeeld", "Ook herkend als"])
    for name, columns in book_sheets().items():
        for one in columns:
            page.append([name, one.name, must_word(one), one.meaning, one.example, ", ".join(one.synonyms)])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (12, 22, 10, 70, 30, 50), strict=True):
        page.column_dimensions[letter].width = width
        for cell in page[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    page.freeze_panes = "A2"
