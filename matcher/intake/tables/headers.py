"""Which row of a grid is its header, and which of the tables that may be there is it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from matcher.criteria.wording import counted
from matcher.domain.column import meant, plain
from matcher.intake.reading.grid import GridRow
from matcher.intake.reading.source_position import shown
from matcher.intake.tables.mending import told_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.domain.column import Column, Sheet
    from matcher.domain.finding import Finding
    from matcher.intake.reading.grid import Grid
    from matcher.intake.reading.source_position import Place
    from matcher.intake.tables.table_kind import TableKind

    Told = Mapping[str, Mapping[str, str]]

_TITLE_ROWS = 20
"""The header stands among so many first rows."""

_REPORTED = "opmerking"
"""Our own column in a workbook that is given back."""

_HINT = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of which the columns are known.

    `columns` maps a place in the row (from 0) to its column; `broken` holds the numbers of rows that are
    wider than the header, `short` those of rows that end before it; `header` holds the header's cells as they stand.
    """

    place: Place
    kind: TableKind
    header_row: int
    columns: Mapping[int, Column]
    rows: tuple[GridRow, ...]
    broken: frozenset[int] = frozenset()
    header: tuple[str, ...] = ()
    short: frozenset[int] = frozenset()

    @property
    def sheet(self) -> Sheet:
        """What the table is called."""
        return self.kind.sheet


def recognise(
    grid: Grid, kinds: Sequence[TableKind], told: Told = MappingProxyType({})
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Find the header by the columns that it names; the file's or sheet's name breaks ties.

    `told` maps, for each table, a header to the column that somebody said it is, empty for none.
    """
    candidates = [row for row in grid.rows[:_TITLE_ROWS] if any(row.cells)]
    scored = [(_score(row, kind, grid.place, told), row, kind) for row in candidates for kind in kinds]
    score, header, kind = max(scored, key=lambda one: one[0], default=(0, GridRow(0, ()), kinds[0]))
    if not score:
        return None, ()
    named, findings = _name_columns(header, kind, grid.place, told)
    rows = tuple(row for row in grid.rows if row.number > header.number and any(map(str.strip, row.cells)))
    findings += _missing(named, kind, grid.place.at(header.number))
    findings += _second_header(rows, kind, grid.place) + _merged(grid, header.number)
    ragged = _ragged(rows, header, grid.place) if grid.strict_width else []
    broken = frozenset(finding.row for finding in ragged if finding.row)
    short = [row for row in rows if grid.strict_width and len(row.cells) < len(header.cells)]
    findings += [*ragged, *_short(short, grid.place)]
    ends_early = frozenset(row.number for row in short)
    return Table(grid.place, kind, header.number, named, rows, broken, header.cells, ends_early), tuple(findings)


def hinted_kind(place: Place, kinds: Sequence[TableKind]) -> TableKind | None:
    """Tell which table the name of a sheet, else of a file, promises; the only one that may be there is promised."""
    name = plain(place.sheet or place.file)
    return kinds[0] if len(kinds) == 1 else next((kind for kind in kinds if plain(kind.sheet) in name), None)


def header_not_found(place: Place, kind: TableKind) -> Finding:
    """Say which header was expected."""
    expected = ", ".join(one.name for one in kind.columns if one.required)
    message = f"Geen koprij gevonden voor {kind.sheet.lower()}."
    return place.error("header_not_found", message, f"Zet boven de tabel één rij met minstens: {expected}.")


def _score(row: GridRow, kind: TableKind, place: Place, told: Told) -> int:
    """Count the columns that a row names, more for those that make the table what it is."""
    named = {one.field for one in (_meant(cell, kind, told) for cell in row.cells) if one}
    hinted, keyed = plain(kind.sheet) in plain(place.sheet or place.file), kind.keys <= named
    if not named or not (hinted or (keyed and len(named) >= kind.least)):
        return 0
    return len(named) + _HINT * keyed + _HINT * hinted


def _meant(cell: str, kind: TableKind, told: Told) -> Column | None:
    """Give the column that a header means, by what was told of it before what it says."""
    if not cell.strip():
        return None
    name = told_of(told, kind.sheet).get(plain(cell))
    return kind.column_of(cell if name is None else name)


def _name_columns(
    header: GridRow, kind: TableKind, place: Place, told: Told
) -> tuple[dict[int, Column], list[Finding]]:
    named: dict[int, Column] = {}
    findings = []
    unknown = []
    for index, cell in enumerate(header.cells):
        column = _meant(cell, kind, told)
        if told_of(told, kind.sheet).get(plain(cell)) == "" or (column in named.values() and plain(cell) == _REPORTED):
            continue
        if column is None:
            unknown += [cell.strip()] if cell.strip() else []
        elif column in named.values():
            message = f"De kolom {column.name} staat er twee keer."
            findings.append(
                place.at(header.number, column.name).error("duplicate_column", message, "Wis een van beide.", cell)
            )
        else:
            named[index] = column
    return named, findings + [_unknown(cell, kind, named, place.at(header.number)) for cell in unknown]


def _unknown(cell: str, kind: TableKind, named: Mapping[int, Column], place: Place) -> Finding:
    """Refuse what is probably a misspelling, for its values would be lost; else only tell."""
    spot = place.at(column=cell)
    if likely := kind.likely_column(cell, named.values()):
        message = f"«{shown(cell)}» is geen gekende kolom."
        return spot.error("unknown_column", message, meant(likely.name), cell, proposal=likely.name)
    message = f"De kolom «{shown(cell)}» is niet gekend en wordt niet gelezen."
    return spot.warning("unknown_column", message, "Niets te doen, tenzij u een gekende kolom bedoelde.", cell)


def _missing(named: Mapping[int, Column], kind: TableKind, place: Place) -> list[Finding]:
    lost = [one for one in kind.columns if one not in named.values()]
    remedy = "Voeg de kolom toe; «in2stem template» maakt lege bestanden met alle kolommen."
    errors = [
        place.at(column=one.name).error("missing_column", f"De kolom {one.name} ontbreekt.", remedy)
        for one in lost
        if one.required
    ]
    return errors + [
        place.at(column=one.name).warning(
            "missing_column", f"De kolom {one.name} ontbreekt; voor elke school geldt: alles behalve wo-nm.", remedy
        )
        for one in lost
        if one.field == "half_days" and not one.required and kind.sheet == "Scholen"
    ]


def _second_header(rows: tuple[GridRow, ...], kind: TableKind, place: Place) -> list[Finding]:
    """Refuse a header that comes back further down: what stands below may be another table."""
    mostly = 0.6
    names = frozenset(name.casefold() for one in kind.columns for name in (one.name, *one.synonyms))
    for row in rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        known = sum(cell.casefold() in names for cell in filled)
        if known > _HINT and known >= mostly * len(filled):
            message = "Hier staat een tweede koprij."
            return [place.at(row.number).error("second_header", message, "Houd één koprij over, boven de gegevens.")]
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
    message = f"Deze rij heeft {counted(len(row.cells), 'cel', 'cellen')}, de koprij {wide}."
    remedy = "Kijk na of er een scheidingsteken te veel of te weinig staat."
    return place.at(row.number).error("ragged_row", message, remedy, " | ".join(row.cells))


def _short(short: Sequence[GridRow], place: Place) -> list[Finding]:
    """Note rows that end early: Excel leaves empty cells at the end of a row out."""
    if not short:
        return []
    message = f"{counted(len(short), 'rij is', 'rijen zijn')} korter dan de koprij; wat ontbreekt, telt als leeg."
    remedy = "Niets te doen, tenzij er een scheidingsteken ontbreekt."
    return [place.at(short[0].number).note("short_rows", message, remedy)]
