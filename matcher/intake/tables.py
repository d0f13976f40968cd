"""Which of a cohort's tables stand in these files?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.columns import EXPLANATION
from matcher.intake.files import read_file
from matcher.intake.headers import header_not_found, hinted_sheet, recognise
from matcher.intake.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.domain.column import Sheet
    from matcher.domain.finding import Finding
    from matcher.intake.grid import Grid
from matcher.intake.headers import Table

_NEEDED: tuple[Sheet, ...] = ("Scholen", "Mentoren")


def read_tables(contents: Mapping[str, bytes]) -> tuple[dict[Sheet, Table], list[Finding]]:
    """Read every file and find the tables by their headers, whatever files and sheets are called."""
    tables: dict[Sheet, Table] = {}
    findings: list[Finding] = []
    for name, content in contents.items():
        grids, odd = read_file(name, content)
        findings += odd
        for grid in grids:
            table, remarks = recognise(grid)
            findings += remarks
            findings += _unrecognised(grid) if table is None else _take(table, tables)
    if not any(one.severity == "error" for one in findings):
        findings += _missing(tables, contents)
    return tables, findings


def _take(table: Table, tables: dict[Sheet, Table]) -> list[Finding]:
    """Keep a table; a second one of its kind is an error that names both."""
    known = tables.setdefault(table.sheet, table)
    if known is table:
        return [] if table.rows or table.sheet == "Afspraken" else [_empty(table)]
    message = f"Hier staan opnieuw {table.sheet.lower()}; die staan ook in {known.place.sheet or known.place.file}."
    return [table.place.at(table.header_row).error("table_twice", message, "Houd één van beide tabellen over.")]


def _empty(table: Table) -> Finding:
    message = f"Onder de koprij staan geen {table.sheet.lower()}."
    return table.place.warning("empty_table", message, "Vul de tabel in, of kies het ingevulde bestand.")


def _unrecognised(grid: Grid) -> list[Finding]:
    """Refuse what should be a table by its name; leave out other sheets and files, and say so."""
    if not grid.rows:
        return []
    if promised := hinted_sheet(grid.place):
        return [header_not_found(grid.place, promised)]
    if grid.place.sheet == EXPLANATION:
        return []
    message = "Hier staat geen tabel van een ronde; dit is niet gelezen."
    return [grid.place.note("not_a_table", message, "Niets te doen, tenzij hier scholen of mentoren staan.")]


def _missing(tables: Mapping[Sheet, Table], contents: Mapping[str, bytes]) -> list[Finding]:
    place = Place(next(iter(contents), "cohort"))
    return [header_not_found(place, sheet) for sheet in _NEEDED if sheet not in tables]
