"""Which rows does a file hold that is one table, such as places that receive, measurements or applications?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matcher.domain.column import Column
from matcher.domain.finding import Finding
from matcher.domain.policy import Policy
from matcher.intake.reading.book_sheets import only_named
from matcher.intake.reading.files import read_file, too_large
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.headers import header_not_found, recognise
from matcher.intake.tables.mending import without_grid, without_unread
from matcher.intake.tables.records import Record, read_records
from matcher.intake.tables.row_names import with_names
from matcher.intake.tables.table_kind import TableKind

_LEAST: Final = 2
"""So many known headers make a row the header, for which table it is, is known."""


def read_rows(
    content: bytes, file: str, columns: Sequence[Column], sheet: str = ""
) -> tuple[list[Record], list[Finding]]:
    """Read the one table with these columns from a CSV file or a workbook; never raises for what it holds.

    Where sheets of the workbook are called `sheet`, only those are looked at.
    """
    if len(content) > MAX_BYTES:
        return [], [too_large(Place(file))]
    kind = TableKind(columns[0].sheet, columns, least=_LEAST)
    found = read_file(file, content, kind.by_header)
    grids = only_named(found.grids, sheet)
    findings = list(found.findings)
    for one in found.grids:
        findings = findings if one in grids else without_grid(findings, one)
    recognised = [recognise(grid, (kind,)) for grid in grids]
    for grid, (known, _) in zip(grids, recognised, strict=True):
        findings = without_unread(findings, grid, known)
    tables = [(table, said) for table, said in recognised if table is not None]
    if not tables:
        if not any(finding.severity == "error" for finding in findings):
            findings.append(header_not_found(Place(file), kind))
        return [], findings
    table, said = max(tables, key=lambda one: len(one[0].columns))
    records, more = read_records(table, Policy())
    return records, list(with_names([*findings, *said, *more], [table]))
