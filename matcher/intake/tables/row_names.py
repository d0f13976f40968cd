"""Who or what does each row of a table describe, for people: `An Peeters (Firma)`, `VTI Voorbeeldstad`?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.intake.reading.cell_text import clean
from matcher.intake.reading.source_position import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.intake.reading.grid import GridRow
    from matcher.intake.tables.headers import Table

_PERSON: Final = ("first_name", "last_name")
_NAMES: Final = ("name", "company", "id", "school")
"""Fields that say who a row is where it names no person, the best first."""


def names_of_rows(table: Table) -> dict[int, str]:
    """Give, by row number, who each row is; rows that say nothing of that are left out."""
    places = {column.field: index for index, column in table.columns.items()}
    named = {row.number: _name(row, places) for row in table.rows}
    return {number: name for number, name in named.items() if name}


def _name(row: GridRow, places: Mapping[str, int]) -> str:
    person = " ".join(text for field in _PERSON if (text := _cell(row, places, field)))
    if person:
        company = _cell(row, places, "company")
        return shown(f"{person} ({company})" if company else person)
    return shown(next((text for field in _NAMES if (text := _cell(row, places, field))), ""))


def _cell(row: GridRow, places: Mapping[str, int], field: str) -> str:
    index = places.get(field)
    return "" if index is None or index >= len(row.cells) else clean(row.cells[index]).text
