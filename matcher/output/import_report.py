"""How does a coordinator get an import back to mend it? The same tables, with what is odd of each row beside it."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from matcher.domain.finding import SEVERITY_NAMES, Finding
from matcher.domain.gc_pause import unswept
from matcher.intake.cohort.cohort import Cohort
from matcher.intake.reading.cell_text import without_guard
from matcher.intake.reading.grid import Grid
from matcher.output.book import HEADER, WRAPPED, Book, as_text, new_book, put_text
from matcher.output.season_names import clean
from matcher.output.sheet import fill_sheet, lay_out

REMARKS: Final = "Opmerking"
_LONGEST_TITLE = 31
_COLUMNS = {"Soort": 14, "Plaats": 40, "Waarde": 24, "Wat er is": 50, "Wat u kunt doen": 50}
"""Each column of the list of findings, with its width in characters."""

_NARROWEST, _WIDEST, _REMARK = 8, 40, 60
"""How wide a column of the coordinator's own is, and that with our remarks."""


@unswept()
def import_report(cohort: Cohort) -> bytes:
    """Write what was read as a workbook: every table with a column `Opmerking`, and a sheet with all findings."""
    content = io.BytesIO()
    titles: list[str] = []
    with new_book(content) as book:
        for grid in cohort.grids:
            titles.append(_title(grid, titles))
            _fill(book, titles[-1], grid, cohort)
        rows = (
            (SEVERITY_NAMES[one.severity], one.place, without_guard(one.value or ""), one.message, one.remedy)
            for one in cohort.findings
        )
        fill_sheet(book, _free("Bevindingen", titles), [*_COLUMNS.items()], rows)
    return content.getvalue()


def _fill(book: Book, name: str, grid: Grid, cohort: Cohort) -> None:
    """Write a grid row by row, each in its own place, with the remarks in the first free column."""
    sheet = book.add(name)
    header_style, wrapped = book.style(HEADER), book.style(WRAPPED)
    remarks = _remarks(grid, cohort)
    header = next((table.header_row for table in cohort.tables if table.place == grid.place), 0)
    wide = max((len(row.cells) for row in grid.rows), default=0)
    for row in sorted(grid.rows, key=lambda one: one.number):
        remark = REMARKS if row.number == header else " ".join(remarks.get(row.number, ()))
        full = [*row.cells, *[""] * (wide - len(row.cells)), remark] if remark else row.cells
        for place, text in enumerate(full):
            wraps = wrapped if remark or len(text) > _WIDEST else None
            style = header_style if row.number == header else wraps
            put_text(sheet, row.number - 1, place, _text(text), style)
    if header:
        last = max((row.number for row in grid.rows), default=header)
        lay_out(sheet, [*_widths(grid, header, wide), _REMARK], last - 1, header - 1)


@lru_cache(maxsize=1 << 16)  # half of what a table holds stands in it more than once
def _text(kept: str) -> str:
    return as_text(without_guard(clean(kept)))


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


def _title(grid: Grid, taken: Sequence[str]) -> str:
    name = grid.place.sheet or grid.place.file.rpartition(".")[0] or grid.place.file
    return _free(re.sub(r"[\[\]:*?/\\']", " ", clean(name))[:_LONGEST_TITLE].strip() or "Blad", taken)


def _free(name: str, taken: Sequence[str]) -> str:
    folded = {one.casefold() for one in taken}
    numbered = (f"{name[: _LONGEST_TITLE - 4]} {number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one.casefold() not in folded)
