"""Who or what does each row of a table describe, for people: `An Peeters (Firma)`, `VTI Voorbeeldstad`?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from matcher.intake.reading.cell_text import clean
from matcher.intake.reading.source_position import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matcher.domain.finding import Finding
    from matcher.intake.reading.grid import GridRow
    from matcher.intake.tables.headers import Table

_PERSON: Final = ("first_name", "last_name")
_NAMES: Final = ("name", "company", "id", "school")
"""Fields that say who a row is where it names no person, the best first."""


def with_names(findings: Sequence[Finding], tables: Iterable[Table]) -> tuple[Finding, ...]:
    """Say with each finding whom its row describes, where the row says so."""
    names: dict[tuple[str, str | None, int | None], str] = {}
    told = {(one.file, one.sheet, one.row) for one in findings if one.row is not None}
    for table in tables:
        file, sheet = shown(table.place.file), None if table.place.sheet is None else shown(table.place.sheet)
        places = {column.field: index for index, column in table.columns.items()}
        for row in table.rows:
            if (file, sheet, row.number) in told:
                names[file, sheet, row.number] = _name(row, places)
    return tuple(replace(one, who=names.get((one.file, one.sheet, one.row), "")) for one in findings)


def _name(row: GridRow, places: Mapping[str, int]) -> str:
    person = " ".join(text for field in _PERSON if (text := _cell(row, places, field)))
    if person:
        company = _cell(row, places, "company")
        return shown(f"{person} ({company})" if company else person)
    return shown(next((text for field in _NAMES if (text := _cell(row, places, field))), ""))


def _cell(row: GridRow, places: Mapping[str, int], field: str) -> str:
    index = places.get(field)
    return "" if index is None or index >= len(row.cells) else clean(row.cells[index]).text
