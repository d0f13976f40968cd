"""Which rows do the files of the learning network hold?"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from matcher.criteria.wording import counted
from matcher.domain.column import nearest, plain
from matcher.domain.policy import Policy
from matcher.intake.headers import Table
from matcher.intake.reading.csv_file import read_csv
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.source_position import Place, shown
from matcher.intake.reading.workbook import read_workbook
from matcher.intake.records import Record, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.domain.column import Column
    from matcher.domain.finding import Finding
    from matcher.intake.reading.grid import Grid, GridRow

_TITLE_ROWS: Final = 20
_LEAST: Final = 2


def read_rows(content: bytes, file: str, columns: Sequence[Column]) -> tuple[list[Record], list[Finding]]:
    """Read the one table with these columns from a CSV file or a workbook; never raises for what it holds."""
    place = Place(file)
    if len(content) > MAX_BYTES:
        message = f"Dit bestand is groter dan {MAX_BYTES // 1_000_000} MB."
        return [], [place.error("too_large", message, "Bewaar alleen de tabel.")]
    is_book = PurePath(file).suffix.lower() in (".xlsx", ".xlsm")
    found = (read_workbook if is_book else read_csv)(content, place)
    findings = list(found.findings)
    grids = [(grid, _header(grid, columns)) for grid in found.grids]
    tables = [(grid, header) for grid, header in grids if header is not None]
    if not tables:
        if not any(finding.severity == "error" for finding in findings):
            findings.append(_no_header(place, columns))
        return [], findings
    grid, header = max(tables, key=lambda one: _score(one[1], columns))
    records, more = _read_grid(grid, header, columns)
    return records, findings + more


def _read_grid(grid: Grid, header: GridRow, columns: Sequence[Column]) -> tuple[list[Record], list[Finding]]:
    named, findings = _name_columns(header, columns, grid.place)
    rows = tuple(row for row in grid.rows if row.number > header.number and any(map(str.strip, row.cells)))
    wide = len(header.cells)
    ragged = [
        row for row in rows if grid.strict_width and (len(row.cells) < wide or any(map(str.strip, row.cells[wide:])))
    ]
    for row in ragged:
        message = f"Deze rij heeft {counted(len(row.cells), 'cel', 'cellen')}, de koprij {wide}."
        remedy = "Kijk na of er een scheidingsteken te veel of te weinig staat."
        findings.append(grid.place.at(row.number).error("ragged_row", message, remedy, " | ".join(row.cells)))
    table = Table(grid.place, columns[0].sheet, header.number, named, rows)
    records, more = read_records(table, Policy(), frozenset(row.number for row in ragged))
    return records, findings + more


def _spellings(columns: Sequence[Column]) -> dict[str, Column]:
    return {plain(name): one for one in reversed(columns) for name in (*one.synonyms, one.name)}


def _score(row: GridRow, columns: Sequence[Column]) -> int:
    known = _spellings(columns)
    return len({known[plain(cell)].name for cell in row.cells if plain(cell) in known})


def _header(grid: Grid, columns: Sequence[Column]) -> GridRow | None:
    best = max(grid.rows[:_TITLE_ROWS], key=lambda row: _score(row, columns), default=None)
    return best if best is not None and _score(best, columns) >= _LEAST else None


def _no_header(place: Place, columns: Sequence[Column]) -> Finding:
    expected = ", ".join(one.name for one in columns if one.required)
    message = f"Geen koprij gevonden voor {columns[0].sheet.lower()}."
    return place.error("header_not_found", message, f"Zet boven de tabel één rij met minstens: {expected}.")


def _name_columns(
    header: GridRow, columns: Sequence[Column], place: Place
) -> tuple[Mapping[int, Column], list[Finding]]:
    known, named = _spellings(columns), dict[int, "Column"]()
    findings: list[Finding] = []
    for index, cell in enumerate(header.cells):
        column = known.get(plain(cell))
        if column is not None and column in named.values():
            spot = place.at(header.number, column.name)
            message = f"De kolom {column.name} staat er twee keer."
            findings.append(spot.error("duplicate_column", message, "Wis een van beide.", cell))
        elif column is not None:
            named[index] = column
        elif cell.strip():
            findings.append(_unknown(cell, columns, place.at(header.number, cell)))
    lost = [one for one in columns if one.required and one not in named.values()]
    for one in lost:
        message = f"De kolom {one.name} ontbreekt."
        findings.append(place.at(header.number, one.name).error("missing_column", message, one.meaning))
    return named, findings


def _unknown(cell: str, columns: Sequence[Column], place: Place) -> Finding:
    guess = nearest(cell, [one.name for one in columns])
    message = f"De kolom «{shown(cell)}» is niet gekend en wordt niet gelezen."
    remedy = f"Bedoelde u «{guess}»?" if guess else f"Gekend zijn: {', '.join(one.name for one in columns)}."
    return place.warning("unknown_column", message, remedy, cell)
