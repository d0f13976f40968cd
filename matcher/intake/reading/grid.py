"""What is a table before anybody knows what its columns mean? Rows of text with their row numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from matcher.domain.finding import Finding
from matcher.intake.reading.source_position import Place


class GridRow(NamedTuple):
    """A row as the spreadsheet numbers it; `numbers` and `dates` are the columns (from 0) that held a true one."""

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or one CSV file.

    With `strict_width` a row that is longer than its header is an error; `merged` holds
    ranges such as `A1:C1`.
    """

    place: Place
    rows: tuple[GridRow, ...]
    strict_width: bool = False
    merged: tuple[str, ...] = ()


class Grids(NamedTuple):
    """What one file holds, and what was odd about it."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
