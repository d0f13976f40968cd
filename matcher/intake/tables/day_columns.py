"""What if availability stands in a column for each day, `ma` to `vr`, with `x`, `vm` or `nm` in the cells?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from matcher.domain.column import Column, plain
from matcher.domain.policy import Policy
from matcher.intake.reading.grid import GridRow

_FEWEST: Final = 3
"""Fewer columns that are called after days may mean something else."""

_YES: Final = frozenset({"x", "xx", "ja", "j", "yes", "1", "ok", "v", "✓", "✔", "☑", "waar", "true"})
_YES_ALL_DAY: Final = frozenset({"heledag", "dag", "gansedag", "volledigedag", "allebei", "beide"})
_NO: Final = frozenset({"", "nee", "neen", "n", "no", "0", "/", "onwaar", "false", "✗", "☐"})
_PARTS: Final = {"vm": "vm", "voormiddag": "vm", "ochtend": "vm", "am": "vm"} | dict.fromkeys(
    ("nm", "namiddag", "middag", "pm"), "nm"
)


def days_of(header: Sequence[str], column: Column, free: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Give the half-days that each of the `free` headers names, nothing where they are not of several days."""
    found = {index: halves for index in free if (halves := _halves(header[index], column))}
    return found if len({halves[0][:2] for halves in found.values()}) >= _FEWEST else {}


def _halves(header: str, column: Column) -> tuple[str, ...]:
    """Give the half-days of one day that a header names."""
    if not header.strip():
        return ()
    reading = column.read(header.strip(), Policy())
    halves = reading.value if isinstance(reading.value, tuple) and not reading.remarks else ()
    return halves if len({one[:2] for one in halves}) == 1 else ()


def composed(row: GridRow, days: Mapping[int, tuple[str, ...]], column: Column) -> GridRow:
    """Put what the cells of the days say together, in the first of them."""
    first = min(days)
    texts = [_meant(row.cells[index] if index < len(row.cells) else "", days[index], column) for index in sorted(days)]
    cells = [*row.cells, *[""] * (first + 1 - len(row.cells))]
    cells[first] = ", ".join(text for text in texts if text)
    gone = frozenset(days)
    return row._replace(cells=tuple(cells), numbers=row.numbers - gone, dates=row.dates - gone)


def _meant(cell: str, halves: tuple[str, ...], column: Column) -> str:
    """Say as half-days what a day's cell says; what is no mark stays, behind its day where it names none itself."""
    mark = plain(cell)
    if mark in _NO:
        return ""
    if mark in _YES:
        return ", ".join(halves)
    day = halves[0][:2]
    said = day if len(halves) > 1 else halves[0]
    if mark in _YES_ALL_DAY:
        return day
    parts = [_PARTS.get(plain(one), "") for one in re.split(r"[/+&,]|\ben\b", cell)]
    if all(parts):
        return ", ".join(f"{day}-{part}" for part in sorted(set(parts), reverse=True))
    reading = column.read(cell.strip(), Policy())
    return cell.strip() if reading.value and not reading.remarks else f"{said} {cell.strip()}"
