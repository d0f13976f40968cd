"""How does the file itself call what a finding is about: its row (`An Peeters (Firma)`), and its column (`Vrij`)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from matcher.domain.column import plain
from matcher.domain.finding import Finding
from matcher.intake.reading.cell_text import clean
from matcher.intake.reading.grid import GridRow
from matcher.intake.reading.source_position import shown
from matcher.intake.tables.headers import Table

_PERSON: Final = ("first_name", "last_name")
_NAMES: Final = ("name", "company", "id", "school")
"""Fields that say who a row is where it names no person, the best first."""


def with_names(findings: Sequence[Finding], tables: Iterable[Table]) -> tuple[Finding, ...]:
    """Say with each finding whom its row describes, and what its column is called in the file."""
    names: dict[tuple[str, str | None, int | None], str] = {}
    headers: dict[tuple[str, str | None, str | None], str] = {}
    told = {(one.file, one.sheet, one.row) for one in findings if one.row is not None}
    for table in tables:
        file, sheet = shown(table.place.file), None if table.place.sheet is None else shown(table.place.sheet)
        places = {column.field: index for index, column in table.columns.items()}
        headers |= {(file, sheet, column): header for column, header in _own_headers(table).items()}
        for row in table.rows:
            if (file, sheet, row.number) in told:
                names[file, sheet, row.number] = _name(row, places)
    return tuple(
        replace(
            one,
            who=names.get((one.file, one.sheet, one.row), ""),
            header=headers.get((one.file, one.sheet, one.column), ""),
        )
        for one in findings
    )


def _own_headers(table: Table) -> dict[str, str]:
    """Give what the file calls a column, where that is another name than ours; of days the first and the last."""
    found = {}
    for index, column in table.columns.items():
        ends = (table.days[0], table.days[-1]) if index in table.days else (index,)
        cells = (" ".join(table.header[end].split()) for end in ends if end < len(table.header))
        header = " tot ".join(cell for cell in cells if cell)
        if plain(header) != plain(column.name):
            found[column.name] = shown(header)
    return found


def _name(row: GridRow, places: Mapping[str, int]) -> str:
    person = " ".join(text for field in _PERSON if (text := _cell(row, places, field)))
    if person:
        company = _cell(row, places, "company")
        return shown(f"{person} ({company})" if company else person)
    return shown(next((text for field in _NAMES if (text := _cell(row, places, field))), ""))


def _cell(row: GridRow, places: Mapping[str, int], field: str) -> str:
    index = places.get(field)
    return "" if index is None or index >= len(row.cells) else clean(row.cells[index]).text
