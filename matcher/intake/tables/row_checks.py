"""Which rows under a header can't be what they seem: a second header, merged cells, rows too wide or too short?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matcher.domain.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.domain.finding import Finding
    from matcher.intake.reading.grid import Grid, GridRow
    from matcher.intake.reading.source_position import Place
    from matcher.intake.tables.table_kind import TableKind

_HINT = 2


def checked_rows(
    grid: Grid, kind: TableKind, header: GridRow, rows: tuple[GridRow, ...], short: Sequence[GridRow]
) -> tuple[list[Finding], frozenset[int]]:
    """Give what is odd about rows, and the numbers of those that can't be read."""
    ragged = _ragged(rows, header, grid.place) if grid.strict_width else []
    odd = _second_header(rows, kind, grid.place) + _merged(grid, header.number)
    return [*odd, *ragged, *_short(short, grid.place)], frozenset(one.row for one in ragged if one.row)


def _second_header(rows: tuple[GridRow, ...], kind: TableKind, place: Place) -> list[Finding]:
    """Refuse a header that comes back further down: what stands below may be another table."""
    mostly = 0.6
    names = frozenset(name.casefold() for one in kind.columns for name in (one.name, *one.synonyms))
    for row in rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        known = sum(cell.casefold() in names for cell in filled)
        if known > _HINT and known >= mostly * len(filled):
            message = "Hier staat een tweede rij met kolomtitels."
            return [
                place.at(row.number).error(
                    "second_header", message, "Houd één rij met kolomtitels over, boven de gegevens."
                )
            ]
    return []


def _merged(grid: Grid, header: int) -> list[Finding]:
    """Refuse merged cells in the table; in title rows above it they do no harm."""
    return [
        grid.place.at(int(re.sub(r"\D", "", area.partition(":")[0]) or 1)).error(
            "merged_cells", f"De cellen {area} zijn samengevoegd.", "Splits ze en vul elke cel in.", area
        )
        for area in grid.merged
        if int(re.sub(r"\D", "", area.rpartition(":")[2]) or 0) >= header
    ]


def _ragged(rows: tuple[GridRow, ...], header: GridRow, place: Place) -> list[Finding]:
    """Refuse rows that are wider than the header; empty cells at the end may be too many."""
    wide = len(header.cells)
    return [ragged_row(row, wide, place) for row in rows if any(map(str.strip, row.cells[wide:]))]


def ragged_row(row: GridRow, wide: int, place: Place) -> Finding:
    """Refuse a row whose cells can't be those of the header's `wide` columns."""
    message = f"Deze rij heeft {counted(len(row.cells), 'cel', 'cellen')}, de rij met kolomtitels {wide}."
    remedy = "Kijk na of er een scheidingsteken te veel of te weinig staat."
    return place.at(row.number).error("ragged_row", message, remedy, " | ".join(row.cells))


def _short(short: Sequence[GridRow], place: Place) -> list[Finding]:
    """Note rows that end early: Excel leaves empty cells at the end of a row out."""
    if not short:
        return []
    many = counted(len(short), "rij is", "rijen zijn")
    message = f"{many} korter dan de rij met kolomtitels; wat ontbreekt, telt als leeg."
    remedy = "Niets te doen, tenzij er een scheidingsteken ontbreekt."
    return [place.at(short[0].number).note("short_rows", message, remedy)]
