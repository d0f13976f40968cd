"""What under a header can't be what it seems: a second header, merged cells, no title, rows too wide or too short?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.intake.reading.grid import Grid, GridRow
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.xlsx_sheet import letters
from matcher.intake.tables.table_kind import TableKind

_HINT = 2


def checked_rows(
    grid: Grid, kind: TableKind, header: GridRow, rows: tuple[GridRow, ...], short: Sequence[GridRow]
) -> tuple[list[Finding], frozenset[int]]:
    """Give what is odd about rows, and the numbers of those that can't be read."""
    ragged = _ragged(rows, header, grid.place) if grid.strict_width else []
    titles = _second_header(rows, kind, grid.place) + _below_header(grid, kind, header, rows)
    parted = {one.row for one in titles if one.code == "two_header_rows"}
    odd = [*titles, *_merged(grid, header.number, {*parted, header.number} if parted else frozenset())]
    if not parted and not ragged:
        odd += _untitled(header, rows, grid.place)
    broken = frozenset(one.row for one in (*ragged, *titles) if one.row)
    return [*odd, *ragged, *_short(short, grid.place)], broken


def _second_header(rows: tuple[GridRow, ...], kind: TableKind, place: Place) -> list[Finding]:
    """Refuse a header that comes back further down: what stands below may be another table."""
    mostly = 0.6
    names = frozenset(name.casefold() for one in kind.columns for name in (one.name, *one.synonyms))
    remedy = "Houd één rij met kolomtitels over, boven de gegevens."
    findings = []
    for row in rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        known = sum(cell.casefold() in names for cell in filled)
        if known > _HINT and known >= mostly * len(filled):
            message = "Hier staat een tweede rij met kolomtitels."
            findings.append(place.at(row.number).error("second_header", message, remedy))
    return findings


def _below_header(grid: Grid, kind: TableKind, header: GridRow, rows: tuple[GridRow, ...]) -> list[Finding]:
    """Refuse titles that go on in the next row: nothing that a table needs, and cells under no title of their own.

    Such are `ma` to `vr` below one wide title, or `vm` and `nm` below each day.
    """
    first = next((row for row in rows if row.number == header.number + 1), None)
    if first is None:
        return []
    meant = {at: one for at, cell in enumerate(header.cells) if (one := kind.column_of(cell)) is not None}
    needed = {at for at, one in meant.items() if one.must and one.field != "half_days"}
    filled = {at for at, cell in enumerate(first.cells) if cell.strip()}
    bare = {at for at in filled if at >= len(header.cells) or not header.cells[at].strip()}
    joined = any(_rows_of(area)[0] <= header.number <= _rows_of(area)[1] for area in grid.merged)
    if len(filled) < _HINT or filled & needed or not (bare or joined):
        return []
    message = f"De kolomtitels staan op twee rijen, {header.number} en {first.number}."
    remedy = "Maak er één rij van, met een titel in elke cel, zoals «Maandag vm»; splits wat samengevoegd is."
    return [grid.place.at(first.number).error("two_header_rows", message, remedy)]


def _untitled(header: GridRow, rows: tuple[GridRow, ...], place: Place) -> list[Finding]:
    """Tell of cells in columns without a title: nobody reads them."""
    found: dict[int, str] = {}
    for row in rows:
        for at, cell in enumerate(row.cells):
            if cell.strip() and at not in found and not (at < len(header.cells) and header.cells[at].strip()):
                found[at] = cell.strip()
    remedy = "Zet er een titel boven als ze moet meetellen; anders is er niets te doen."
    return [
        place.at(header.number, letters(at)).warning(
            "untitled_column", f"Boven kolom {letters(at)} staat geen titel; we lezen ze niet.", remedy, found[at]
        )
        for at in sorted(found)
    ]


def _merged(grid: Grid, header: int, apart: Collection[int | None]) -> list[Finding]:
    """Refuse merged cells in the table; in title rows above it they do no harm, nor in titles that are told already."""
    return [
        grid.place.at(_rows_of(area)[0]).error(
            "merged_cells", f"De cellen {area} zijn samengevoegd.", "Splits ze en vul elke cel in.", area
        )
        for area in grid.merged
        if _rows_of(area)[1] >= header and not {*_rows_of(area)} <= {*apart}
    ]


def _rows_of(area: str) -> tuple[int, int]:
    """Give the first and the last row of cells such as `A1:C2`."""
    first, last = (re.sub(r"\D", "", area.partition(":")[0]), re.sub(r"\D", "", area.rpartition(":")[2]))
    return int(first or 1), int(last or 0)


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
