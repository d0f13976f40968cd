"""What does somebody look at before an import becomes real? Findings, counts, columns and cells, as plain values."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from matcher.domain.document import round_to_document
from matcher.domain.gc_pause import unswept
from matcher.intake.cohort.cohort import Cohort
from matcher.intake.cohort.reading_file import reading_document
from matcher.intake.reading.source_position import shown
from matcher.intake.tables.headers import Table

FIRST_ROWS: Final = 10
SAMPLES: Final = 3
"""Different cells of a column that are shown."""

MAX_HEADER: Final = 200
MOST_ROWS: Final = 200
"""Rows of a table that are shown: the first, and those of which something is said."""


@unswept()
def preview_of(cohort: Cohort) -> dict[str, Any]:
    """Write what was read as JSON-able values; `given` is the round's document, None where there are errors.

    `how` is what was said of how to read these files.
    """
    findings = [asdict(one) for one in cohort.findings]
    counts = asdict(cohort.counts)
    return {
        "findings": findings,
        "total": counts["errors"] + counts["warnings"] + counts["notes"],
        "counts": counts,
        "sentence": str(cohort.counts),
        "tables": [_table(table, cohort) for table in cohort.tables],
        "given": None if cohort.given is None else round_to_document(cohort.given),
        "how": reading_document(cohort.how),
    }


def _spot(table: Table) -> tuple[str, str | None]:
    """Name a table as findings do."""
    sheet = table.place.sheet
    return shown(table.place.file), None if sheet is None else shown(sheet)


def _table(table: Table, cohort: Cohort) -> dict[str, Any]:
    file, sheet = _spot(table)
    told = {one.row for one in cohort.findings if (one.file, one.sheet) == (file, sheet)}
    rows = [row for index, row in enumerate(table.rows) if index < FIRST_ROWS or row.number in told]
    return {
        "file": file,
        "sheet": sheet,
        "table": table.sheet,
        "header_row": table.header_row,
        "rows": len(table.rows),
        "columns": [_column(table, index, cell) for index, cell in enumerate(table.header)],
        "cells": [{"row": row.number, "cells": [shown(one) for one in row.cells]} for row in rows[:MOST_ROWS]],
    }


def _column(table: Table, index: int, header: str) -> dict[str, Any]:
    """Tell what a column is read as, and its first cells; columns of days are read together."""
    read = table.columns.get(min(table.days) if index in table.days else index)
    cells = (row.cells[index].strip() for row in table.as_kept if index < len(row.cells))
    samples = islice(dict.fromkeys(one for one in cells if one), SAMPLES)
    return {
        "header": shown(" ".join(header.split()), MAX_HEADER),
        "column": None if read is None else read.name,
        "together": index in table.days,
        "samples": [shown(one) for one in samples],
    }
