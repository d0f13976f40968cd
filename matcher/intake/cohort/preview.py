"""What does somebody look at before an import becomes real? Findings, counts, columns and cells, as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from matcher.domain.document import round_to_document
from matcher.intake.reading.source_position import shown

if TYPE_CHECKING:
    from matcher.intake.cohort.cohort import Cohort
    from matcher.intake.tables.headers import Table

FIRST_ROWS: Final = 10
MOST_ROWS: Final = 200
"""Rows of a table that are shown: the first, and those of which something is said."""


def preview_of(cohort: Cohort) -> dict[str, Any]:
    """Write what was read as JSON-able values; `given` is the round's document, None where there are errors."""
    findings = [asdict(one) for one in cohort.findings]
    counts = asdict(cohort.counts)
    return {
        "findings": findings,
        "total": counts["errors"] + counts["warnings"] + counts["notes"],
        "counts": counts,
        "sentence": str(cohort.counts),
        "tables": [_table(table, cohort) for table in cohort.tables],
        "given": None if cohort.given is None else round_to_document(cohort.given),
    }


def _table(table: Table, cohort: Cohort) -> dict[str, Any]:
    place = table.place
    told = {one.row for one in cohort.findings if (one.file, one.sheet) == (shown(place.file), place.sheet)}
    rows = [row for index, row in enumerate(table.rows) if index < FIRST_ROWS or row.number in told]
    return {
        "file": shown(place.file),
        "sheet": place.sheet,
        "table": table.sheet,
        "header_row": table.header_row,
        "rows": len(table.rows),
        "columns": [
            {"header": shown(cell), "column": table.columns[index].name if index in table.columns else None}
            for index, cell in enumerate(table.header)
        ],
        "cells": [{"row": row.number, "cells": [shown(one) for one in row.cells]} for row in rows[:MOST_ROWS]],
    }
