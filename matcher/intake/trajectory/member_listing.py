"""What stands in a cohort's own scholen.csv or mentoren.csv, cell by cell, so that it can be added to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from matcher.domain.column import Sheet
from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import Policy
from matcher.intake.cohort.member_rows import with_site
from matcher.intake.columns.catalogue import columns
from matcher.intake.tables.cohort_tables import read_tables
from matcher.intake.tables.records import read_records


@dataclass(frozen=True, slots=True)
class Listing:
    """A table as text: its header, and rows by id (header to cell); columns that nobody knows stay."""

    header: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]

    def with_row(self, key: str, cells: Mapping[str, str]) -> Listing:
        """Put cells in the row of an id, which is added where there is none; new columns go last."""
        new = tuple(one for one in cells if one not in self.header)
        rows = {**self.rows, key: {**self.rows.get(key, {}), **cells}}
        return replace(self, header=(*self.header, *new), rows=rows)

    def only(self, keys: Iterable[str]) -> Listing:
        """Keep the rows of these ids."""
        kept = set(keys)
        return replace(self, rows={key: row for key, row in self.rows.items() if key in kept})


def empty_listing(sheet: Sheet) -> Listing:
    """Start a table with every column that is known."""
    return Listing(tuple(one.name for one in columns(sheet)), {})


def read_listing(content: bytes, file: str, sheet: Sheet) -> Listing:
    """Read a table as text; raises InvalidValueError with the first error where it can't be read whole."""
    read = read_tables({file: content})
    table = read.tables.get(sheet)
    wrong = [one for one in read.findings if one.severity == "error" and one.code != "header_not_found"]
    if table is None or wrong:
        told = str(wrong[0]) if wrong else f"{file}: hier staan geen {sheet.lower()}."
        raise InvalidValueError(told)
    names = [table.columns[n].name if n in table.columns else cell.strip() for n, cell in enumerate(table.header)]
    records, _ = read_records(table, Policy())
    rows: dict[str, dict[str, str]] = {}
    for row, record in zip(table.rows, with_site(records), strict=True):
        key = record.text("id")
        if not key or key in rows:
            told = "deze rij heeft geen nummer" if not key else f"nummer {key} staat er twee keer"
            raise InvalidValueError(f"{record.place.file}, rij {row.number}: {told}. Herstel dat eerst.")
        cells = (*row.cells, *[""] * len(names))
        rows[key] = {name: cells[n].strip() for n, name in enumerate(names) if name}
    return Listing(tuple(dict.fromkeys(one for one in names if one)), rows)
