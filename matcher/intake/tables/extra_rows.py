"""Which rows under a header are none of the table's: totals, and notes that stand below it?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from matcher.domain.column import Column
from matcher.domain.finding import Finding
from matcher.intake.reading.grid import GridRow
from matcher.intake.reading.source_position import Place, shown

_TOTAL: Final = re.compile(r"(?:algemeen\s+|eind|sub)?(?:totaal|totalen|total|som|gemiddelde?)\b", re.IGNORECASE)

_PAIR: Final = 2

_SENTENCE: Final = re.compile(r"\S\s|[=:]")
"""What is more than one word is no number of a row that was cut off."""


def without_extra_rows(
    rows: Sequence[GridRow], columns: Mapping[int, Column], place: Place
) -> tuple[tuple[GridRow, ...], list[Finding]]:
    """Leave out totals, and rows of one cell below all others; each is told."""
    totals = [row for row in rows if _is_total(row, columns)]
    left = [row for row in rows if row not in totals]
    full = max((at for at, row in enumerate(left) if not _is_little(row, columns)), default=len(left))
    notes = _notes(left[full:][1:], left[full].number if left[full:] else 0)
    findings = [_told(row, place, "total_row", "telt op en is geen rij van de tabel") for row in totals]
    findings += [_told(row, place, "note_row", "staat onder de tabel en is niet gelezen") for row in notes]
    return tuple(row for row in left if row not in notes), findings


def _is_little(row: GridRow, columns: Mapping[int, Column]) -> bool:
    """Whether a row holds one cell, or two of which the table needs one at most."""
    filled = [index for index, cell in enumerate(row.cells) if cell.strip()]
    return len(filled) <= 1 or (
        len(filled) == _PAIR and sum(index in columns and columns[index].must for index in filled) < _PAIR
    )


def _notes(below: Sequence[GridRow], last: int) -> list[GridRow]:
    """Choose notes among rows that hold little: several words in the first cell, or a legend behind an empty row."""
    found: list[GridRow] = []
    for row in below:
        apart = row.number > last + 1 or (bool(found) and found[-1].number == last)
        filled = _filled(row)
        if (len(filled) == 1 or apart) and any(map(_SENTENCE.search, filled)):
            found.append(row)
        last = row.number
    return found


def _is_total(row: GridRow, columns: Mapping[int, Column]) -> bool:
    """Whether a row says that it is a total, and of what the table must have says nothing else."""
    words = (index for index, cell in enumerate(row.cells) if cell.strip() and not _is_number(cell))
    at = next(words, None)
    if at is None or not _TOTAL.match(row.cells[at].strip()):
        return False
    needed = [index for index, one in columns.items() if one.must and index != at]
    told = [index for index in needed if index < len(row.cells) and row.cells[index].strip()]
    return len(told) <= len(needed) // 2 and all(index in row.numbers or _is_number(row.cells[index]) for index in told)


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "").isdecimal()


def _filled(row: GridRow) -> list[str]:
    return [cell for cell in row.cells if cell.strip()]


def _told(row: GridRow, place: Place, code: str, why: str) -> Finding:
    first = next((cell for cell in _filled(row) if not _is_number(cell)), _filled(row)[0]).strip()
    spot = place.at(row.number)
    make = spot.note if code == "total_row" else spot.warning
    remedy = "Niets te doen." if code == "total_row" else "Niets te doen, tenzij dit bij de tabel hoort."
    return make(code, f"«{shown(first)}» {why}.", remedy, first)
