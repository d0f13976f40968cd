"""Which of a cohort's tables stand in these files?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from matcher.domain.column import Sheet
from matcher.domain.finding import Finding
from matcher.intake.columns.catalogue import EXPLANATION
from matcher.intake.reading.book_sheets import OF_OTHERS, is_named
from matcher.intake.reading.files import read_file
from matcher.intake.reading.grid import Grid
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.headers import ColumnMapping, Table, header_not_found, hinted_kind, recognise
from matcher.intake.tables.mending import Fix, mend, without_grid, without_unread
from matcher.intake.tables.table_kind import TableKind, cohort_kinds

_OPTIONAL: Final[tuple[Sheet, ...]] = ("Afspraken", "Nulmeting")


class Tables(NamedTuple):
    """The tables by kind, every grid (mended), and what was odd."""

    tables: dict[Sheet, Table]
    grids: tuple[Grid, ...]
    findings: list[Finding]


def read_tables(
    contents: Mapping[str, bytes],
    fixes: Sequence[Fix] = (),
    told: ColumnMapping = MappingProxyType({}),
    only: Collection[Sheet] = (),
    *,
    alone: bool = False,
) -> Tables:
    """Read every file and find the tables by their headers, whatever files and sheets are called.

    With `only` the other tables are not kept, and not missed either; with `alone` any one table is enough.
    """
    tables: dict[Sheet, Table] = {}
    kinds = cohort_kinds()
    headers = frozenset(header for kind in kinds for header in kind.by_header)
    findings: list[Finding] = []
    kept: list[Grid] = []
    for name, content in contents.items():
        grids, odd = read_file(name, content, headers)
        said = list(odd)
        for one in grids:
            if is_named(one.place, *OF_OTHERS):
                said = [*without_grid(said, one), *_of_others(one)]
                continue
            grid, said = _mend(one, said, fixes, kinds, told)
            table, remarks = (None, ()) if grid.place.sheet == EXPLANATION else recognise(grid, kinds, told)
            said = [*without_unread(said, grid, table), *remarks]
            promised = table.kind if table is not None else hinted_kind(grid.place, kinds)
            if promised is not None and only and promised.sheet not in only:
                said = without_grid(said, grid)
                continue
            said += _unrecognised(grid, kinds) if table is None else _take(table, tables)
            kept.append(grid)
        findings += said
    findings += [_lost(fix, Place(fix.file, fix.sheet)) for fix in fixes if not any(map(fix.is_of, kept))]
    if not any(one.severity == "error" for one in findings):
        wanted = [one for one in kinds if one.sheet not in _OPTIONAL and (not only or one.sheet in only)]
        findings += _missing(tables, wanted, contents, alone=alone and bool(tables))
    return Tables(tables, tuple(kept), findings)


def _mend(
    grid: Grid, said: list[Finding], fixes: Sequence[Fix], kinds: Sequence[TableKind], told: ColumnMapping
) -> tuple[Grid, list[Finding]]:
    """Put the fixes of a grid in its cells; one that finds no cell is told."""
    own = [fix for fix in fixes if fix.is_of(grid)]
    if not own:
        return grid, said
    changed, left, lost = mend(grid, recognise(grid, kinds, told)[0], said, own)
    return changed, left + [_lost(one, grid.place) for one in lost]


def _lost(fix: Fix, place: Place) -> Finding:
    """Tell of a fix that finds no cell."""
    message = "Een verbetering vond haar cel niet."
    spot = place.at(fix.row, fix.column)
    return spot.warning("fix_not_found", message, "Kijk bestand, blad, rij en kolom na.", fix.value)


def _take(table: Table, tables: dict[Sheet, Table]) -> list[Finding]:
    """Keep a table; a second one of its kind is an error that names both."""
    known = tables.setdefault(table.sheet, table)
    if known is table:
        return [] if table.rows or table.sheet in _OPTIONAL else [_empty(table)]
    message = f"Hier staan opnieuw {table.sheet.lower()}; die staan ook in {known.place.sheet or known.place.file}."
    spot, remedy = table.place.at(table.header_row), "Houd één van beide tabellen over."
    return [spot.error("table_twice", message, remedy, table=table.sheet)]


def _empty(table: Table) -> Finding:
    message = f"Onder de rij met kolomtitels staan geen {table.sheet.lower()}."
    return table.place.warning("empty_table", message, "Vul de tabel in, of kies het ingevulde bestand.")


def _of_others(grid: Grid) -> list[Finding]:
    if len(grid.rows) <= 1:
        return []
    message = "Dit blad hoort niet bij een ronde; het lerend netwerk of het traject leest het."
    return [grid.place.note("other_table", message, "Niets te doen.")]


def _unrecognised(grid: Grid, kinds: Sequence[TableKind]) -> list[Finding]:
    """Refuse what should be a table by its name; leave out other sheets and files, and say so."""
    if not grid.rows:
        return []
    if promised := hinted_kind(grid.place, kinds):
        return [header_not_found(grid.place, promised)]
    if grid.place.sheet == EXPLANATION:
        return []
    message = "Hier staat geen tabel van een ronde; dit is niet gelezen."
    return [grid.place.note("not_a_table", message, "Niets te doen, tenzij hier scholen of mentoren staan.")]


def _missing(
    tables: Mapping[Sheet, Table], wanted: Sequence[TableKind], contents: Mapping[str, bytes], *, alone: bool
) -> list[Finding]:
    """Refuse files without the tables that are wanted; with `alone` they say nothing of those, which is told."""
    place = Place(", ".join(contents) or "cohort")
    lost = [kind for kind in wanted if kind.sheet not in tables]
    if not alone:
        return [header_not_found(place, kind, is_there=False) for kind in lost]
    message = "In deze bestanden staan geen {}; aan die van de cohorte verandert niets."
    remedy = "Niets te doen, tenzij u ze ook wilde inlezen."
    return [place.warning("table_alone", message.format(kind.sheet.lower()), remedy) for kind in lost]
