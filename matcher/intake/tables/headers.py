"""Which row of a grid is its header, and which of the tables that may be there is it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from matcher.domain.column import Column, Sheet, meant, plain
from matcher.domain.finding import Finding
from matcher.intake.reading.grid import Grid, GridRow
from matcher.intake.reading.limits import MAX_SHOWN
from matcher.intake.reading.source_position import Place, shown
from matcher.intake.tables.day_columns import composed, days_of
from matcher.intake.tables.extra_rows import without_extra_rows
from matcher.intake.tables.proposals import Proposal, by_names, proposed
from matcher.intake.tables.row_checks import checked_rows
from matcher.intake.tables.table_kind import TableKind

ColumnMapping = Mapping[str, Mapping[str, str]]

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
    `days` are the places of columns called after days, of which the first says what all say together; `as_kept` are
    the rows as they stand in the file; with `made_ids` the rows bring no number of their own.
    """

    place: Place
    kind: TableKind
    header_row: int
    columns: Mapping[int, Column]
    rows: tuple[GridRow, ...]
    broken: frozenset[int] = frozenset()
    header: tuple[str, ...] = ()
    short: frozenset[int] = frozenset()
    days: tuple[int, ...] = ()
    as_kept: tuple[GridRow, ...] = ()
    made_ids: bool = False

    @property
    def sheet(self) -> Sheet:
        """What the table is called."""
        return self.kind.sheet


def recognise(
    grid: Grid, kinds: Sequence[TableKind], told: ColumnMapping = MappingProxyType({})
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Find the header by the columns that it names, else by those that it seems to name; a name breaks ties.

    `told` maps, for each table, a header to the column that somebody said it is, empty for none.
    """
    header, kind = _header(grid, kinds, told)
    if header is None:
        return None, ()
    below = tuple(row for row in grid.rows if row.number > header.number and any(map(str.strip, row.cells)))
    named, asked, findings = _name_columns(header, kind, grid.place, told)
    moments = kind.of_field("half_days")
    days, as_kept = dict["int", "tuple[str, ...]"](), below
    if moments is not None and moments not in named.values() and (days := days_of(header.cells, moments, asked)):
        named[min(days)] = moments
        below = tuple(composed(row, days, moments) for row in below)
        asked = [index for index in asked if index not in days]
    rows, extra = without_extra_rows(below, named, grid.place)
    guesses = proposed(header.cells, kind, named, rows, asked)
    makes_ids = _makes_ids(kind, named, guesses)
    place = grid.place.at(header.number)
    findings += [_unknown(header.cells[index], guesses.get(index), place) for index in asked]
    known = [*named.values(), *(one.column for one in guesses.values())]
    findings += _missing(known, kind, place, made_ids=makes_ids) + extra
    short = [row for row in rows if grid.strict_width and len(row.cells) < len(header.cells)]
    table = Table(
        grid.place,
        kind,
        header.number,
        named,
        rows,
        header=header.cells,
        short=frozenset(row.number for row in short),
        days=tuple(sorted(days)),
        as_kept=as_kept,
        made_ids=makes_ids,
    )
    odd, broken = checked_rows(grid, kind, header, rows, short)
    return replace(table, broken=broken), (*findings, *odd)


def _header(grid: Grid, kinds: Sequence[TableKind], told: ColumnMapping) -> tuple[GridRow | None, TableKind]:
    """Find the row that is the header, and of which table; None where no row may be."""
    candidates = [row for row in grid.rows[:_TITLE_ROWS] if any(row.cells)]
    for score in (_score, _likely_score):
        scored = [(score(row, kind, grid.place, told), row, kind) for row in candidates for kind in kinds]
        best, header, kind = max(scored, key=lambda one: one[0], default=(0, GridRow(0, ()), kinds[0]))
        if best:
            return header, kind
    return None, kinds[0]


def hinted_kind(place: Place, kinds: Sequence[TableKind]) -> TableKind | None:
    """Tell which table the name of a sheet, else of a file, promises; the only one that may be there is promised."""
    name = plain(place.sheet or place.file)
    return kinds[0] if len(kinds) == 1 else next((kind for kind in kinds if plain(kind.sheet) in name), None)


def header_not_found(place: Place, kind: TableKind, *, is_there: bool = True) -> Finding:
    """Say which header was expected; where no sheet nor file promises the table, that it is not there."""
    expected = ", ".join(one.name for one in kind.columns if one.must)
    name = kind.sheet.lower()
    message = f"We vinden de rij met kolomtitels van {name} niet." if is_there else f"Hier staan geen {name} in."
    remedy = "Zet boven de tabel" if is_there else f"Voeg de tabel met {name} toe, met erboven"
    return place.error("header_not_found", message, f"{remedy} één rij met minstens: {expected}.")


def _score(row: GridRow, kind: TableKind, place: Place, told: ColumnMapping) -> int:
    """Count the columns that a row names, more for those that make the table what it is."""
    named = {one.field for one in (_meant(cell, kind, told) for cell in row.cells) if one}
    hinted, keyed = plain(kind.sheet) in plain(place.sheet or place.file), kind.keys <= named
    if not named or not (hinted or (keyed and len(named) >= kind.least)):
        return 0
    return len(named) + _HINT * keyed + _HINT * hinted


def _likely_score(row: GridRow, kind: TableKind, place: Place, told: ColumnMapping) -> int:
    """Count the columns that a row names or seems to name: most of the row, and two that the table needs."""
    filled = [index for index, cell in enumerate(row.cells) if cell.strip()]
    named = {index: one for index in filled if (one := _meant(row.cells[index], kind, told))}
    guesses = by_names(row.cells, kind, named, [index for index in filled if index not in named])
    columns = [*named.values(), *(one.column for one in guesses.values())]
    needed = sum(one.must for one in columns)
    if len(columns) < max(kind.least, len(filled) / 2) or needed < _HINT:
        return 0
    return len(columns) + needed + _HINT * (plain(kind.sheet) in plain(place.sheet or place.file))


def _meant(cell: str, kind: TableKind, told: ColumnMapping) -> Column | None:
    """Give the column that a header means, by what was told of it before what it says."""
    if not cell.strip():
        return None
    name = column_told(told, kind.sheet, cell)
    return kind.column_of(cell if name is None else name)


def column_told(mapping: ColumnMapping, sheet: str, header: str) -> str | None:
    """Give the column that a header of a table was told to be, empty for none; None where nobody spoke of it.

    A long header is also told by as much of it as is shown.
    """
    told = {plain(one): column for one, column in mapping.get(sheet, {}).items()}
    if not told:
        return None
    return told.get(
        plain(header), told.get(plain(shown(" ".join(header.split())))) if len(header) > MAX_SHOWN else None
    )


def _name_columns(
    header: GridRow, kind: TableKind, place: Place, told: ColumnMapping
) -> tuple[dict[int, Column], list[int], list[Finding]]:
    """Give the columns that a header names, the places of headers that nobody knows, and what is odd."""
    named: dict[int, Column] = {}
    findings = []
    unknown = []
    for index, cell in enumerate(header.cells):
        column = _meant(cell, kind, told)
        if column_told(told, kind.sheet, cell) == "" or (column in named.values() and plain(cell) == _REPORTED):
            continue
        if column is None:
            unknown += [index] if cell.strip() else []
        elif column in named.values():
            findings.append(_twice(column, header.cells[_place_of(column, named)], cell, place.at(header.number)))
        else:
            named[index] = column
    return named, unknown, findings


def _place_of(column: Column, named: Mapping[int, Column]) -> int:
    """Give the place of a column that a header names."""
    return next(index for index, one in named.items() if one is column)


def _twice(column: Column, first: str, cell: str, place: Place) -> Finding:
    """Refuse a second column that means the same."""
    one, other = shown(" ".join(first.split())), shown(" ".join(cell.split()))
    message, remedy = f"«{one}» en «{other}» zijn hier allebei de kolom {column.name}.", "Wis er een."
    if plain(one) == plain(other):
        message = f"De kolom {column.name} staat er twee keer."
    else:
        remedy = "Wis er een, of geef een van beide een andere titel."
    return place.at(column=column.name).error("duplicate_column", message, remedy, cell)


def _unknown(cell: str, proposal: Proposal | None, place: Place) -> Finding:
    """Ask what is probably a misspelling or a column that must be there, for its values would be lost; else tell."""
    cell = " ".join(cell.split())
    spot = place.at(column=cell)
    if proposal is None:
        message = f"De kolom «{shown(cell)}» kennen we niet; we lezen ze niet."
        return spot.warning("unknown_column", message, "Niets te doen, tenzij u een kolom bedoelt die we kennen.", cell)
    name = proposal.column.name
    why = f"; haar cellen lijken op die van {name}" if proposal.by_cells else ""
    make = spot.error if proposal.sure or proposal.column.must else spot.warning
    message = f"«{shown(cell)}» is een kolom die we niet kennen{why}."
    return make("unknown_column", message, meant(name), cell, proposal=name)


def _makes_ids(kind: TableKind, named: Mapping[int, Column], guesses: Mapping[int, Proposal]) -> bool:
    """Whether rows without a number of their own can be told apart: mentors by their name and company."""
    fields = {one.field for one in (*named.values(), *(guess.column for guess in guesses.values()))}
    return kind.makes_ids and "id" not in fields and {"company", "last_name"} <= fields


def _missing(known: Sequence[Column], kind: TableKind, place: Place, *, made_ids: bool) -> list[Finding]:
    """Tell which columns are not there, nor asked about."""
    lost = [one for one in kind.columns if one not in known]
    remedy = "Voeg de kolom toe; «in2stem template» maakt lege bestanden met alle kolommen."
    findings = []
    for one in lost:
        spot = place.at(column=one.name)
        if one.field == "id" and made_ids:
            message = "De kolom mentornummer ontbreekt; elke mentor krijgt een nummer dat uit naam en bedrijf volgt."
            findings.append(spot.warning("made_ids", message, "Wie van naam of bedrijf verandert, geldt als nieuw."))
        elif one.required:
            findings.append(spot.error("missing_column", f"De kolom {one.name} ontbreekt.", remedy))
        elif one.instead and one.instead not in {other.field for other in known}:
            other = next(other.name for other in kind.columns if other.field == one.instead)
            findings.append(spot.error("missing_column", f"De kolom {one.name} of {other} ontbreekt.", remedy))
        elif one.field == "half_days" and kind.sheet == "Scholen":
            message = f"De kolom {one.name} ontbreekt; voor elke school geldt: alles behalve wo-nm."
            findings.append(spot.warning("missing_column", message, remedy))
    return findings
