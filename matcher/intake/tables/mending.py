"""What did a coordinator mend after a first look: which cells, what is left out, and which column is a header?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from matcher.domain.column import plain
from matcher.domain.finding import Finding
from matcher.intake.reading.grid import Grid, GridRow
from matcher.intake.reading.source_position import shown
from matcher.intake.tables.headers import Table

_OF_A_CELL = frozenset({"formula_without_value", "stray_cell"})
"""What is said of a cell before its column is known; a mended cell has it no more."""

_LETTERS = 26
_MOST_CELLS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A new text for one cell, named as a finding names it: the column by its name, its header or its letters.

    Without a column the whole row is left out, and without a row the whole sheet.
    """

    file: str
    row: int | None = None
    column: str | None = None
    value: str = ""
    sheet: str | None = None

    def is_of(self, grid: Grid) -> bool:
        """Whether the cell stands in this grid, whatever spaces its name has."""
        here = shown(grid.place.file), shown(grid.place.sheet or "")
        return _squeezed(self.file, self.sheet or "") == _squeezed(*here)


def _squeezed(*names: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in names)


class Mended(NamedTuple):
    """A grid with new texts, the findings that still hold, and the fixes that found no cell."""

    grid: Grid
    findings: list[Finding]
    lost: list[Fix]


def mend(grid: Grid, table: Table | None, findings: Iterable[Finding], fixes: Sequence[Fix]) -> Mended:
    """Put new texts in a grid's cells, and take back what was said of those cells."""
    if any(fix.row is None and fix.column is None for fix in fixes):
        return Mended(replace(grid, rows=(), merged=()), [one for one in findings if not _is_in(one, grid)], [])
    gone = {fix.row for fix in fixes if fix.column is None}
    rows = {row.number: row for row in grid.rows if row.number not in gone}
    done: set[tuple[int | None, int]] = set()
    lost = [fix for fix in fixes if fix.column is None and all(fix.row != row.number for row in grid.rows)]
    for fix in fixes:
        if fix.column is None or fix.row in gone:
            continue
        index = _index(fix.column, table)
        if index is None or index >= _MOST_CELLS or fix.row is None or fix.row not in rows:
            lost.append(fix)
        else:
            days = table.days if table is not None and index in table.days else ()
            for one in days:  # what is mended takes the place of what the days said together
                rows[fix.row] = _written(rows[fix.row], one, "")
            rows[fix.row] = _written(rows[fix.row], index, fix.value)
            done.add((fix.row, index))
    wiped = {(fix.row, fix.column) for fix in lost if not fix.value.strip()}

    def is_mended(one: Finding) -> bool:
        if not _is_in(one, grid) or one.code not in _OF_A_CELL or one.row is None or one.column is None:
            return False
        return one.row in gone or (one.row, place_of(one.column)) in done or (one.row, one.column) in wiped

    taken = {(one.row, column) for one in findings if is_mended(one) for column in (one.column, None)}
    left = [one for one in findings if not is_mended(one)]
    lost = [fix for fix in lost if (fix.row, fix.column) not in taken]
    return Mended(replace(grid, rows=tuple(rows.values())), left, lost)


def without_unread(findings: Iterable[Finding], grid: Grid, table: Table | None) -> list[Finding]:
    """Leave out what is said of a grid's formulas without a value where nobody reads their row and column."""
    kept = {row.number for row in table.rows} if table is not None else set()
    read = {*table.columns, *table.days} if table is not None else set()
    first = table.header_row + 1 if table is not None else 0
    apart = {row.number for row in grid.rows if row.number not in kept and any(row.cells)}

    def is_unread(one: Finding) -> bool:
        if one.code != "formula_without_value" or not _is_in(one, grid):
            return False
        return place_of(one.column or "") not in read or one.row in apart or (one.row or 0) < first

    return [one for one in findings if not is_unread(one)]


def without_grid(findings: Iterable[Finding], grid: Grid) -> list[Finding]:
    """Leave out what was found in a grid that is not looked at."""
    return [one for one in findings if not _is_in(one, grid)]


def _is_in(one: Finding, grid: Grid) -> bool:
    """Whether a finding was made in this grid."""
    sheet = None if grid.place.sheet is None else shown(grid.place.sheet)
    return (one.file, one.sheet) == (shown(grid.place.file), sheet)


def _written(row: GridRow, index: int, value: str) -> GridRow:
    cells = [*row.cells, *([""] * (index + 1 - len(row.cells)))]
    cells[index] = value
    return row._replace(cells=tuple(cells), numbers=row.numbers - {index}, dates=row.dates - {index})


def _index(column: str, table: Table | None) -> int | None:
    """Find a column of a table, from 0, by its name, its header or its letters."""
    if table is not None:
        named = {plain(one.name): index for index, one in table.columns.items()}
        headed = {plain(cell): index for index, cell in enumerate(table.header) if cell.strip()}
        found = named.get(plain(column), headed.get(plain(column)))
        if found is not None:
            return found
    return place_of(column)


def place_of(letters: str) -> int | None:
    """Give the place, from 0, of a column that a spreadsheet names by letters: A is 0, AA is 26."""
    if not re.fullmatch(r"[A-Z]{1,3}", letters.upper()):
        return None
    place = 0
    for letter in letters.upper():
        place = place * _LETTERS + ord(letter) - ord("A") + 1
    return place - 1
