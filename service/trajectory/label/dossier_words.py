"""How do the tables of a dossier look on a page? Practices and criteria as cards, the rest as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import matcher
from service.trajectory.label.shapes import DossierOut, DossierTableOut
from service.web.pages.dutch_format import day


def dossier_shown(found: DossierOut) -> dict[str, Any]:
    """Give what the template of a dossier takes: its practices, its criteria, and the other tables in words."""
    criteria, *others = found.tables
    practices = next(one for one in others if one.title == matcher.PRACTICES)
    tables = [one for one in others if one is not practices]
    written = [one.model_dump() | {"rows": [[_written(cell) for cell in row] for row in one.rows]} for one in tables]
    return {"found": found, "practices": _by_column(practices), "criteria": _by_column(criteria), "tables": written}


def _by_column(table: DossierTableOut) -> dict[str, Any]:
    rows = [dict(zip(table.columns, cells, strict=True)) for cells in table.rows]
    return table.model_dump() | {"rows": rows}


def _written(cell: object) -> str:
    """Write a cell for people: days as dates, nothing as a dash."""
    if isinstance(cell, date):
        return day(cell)
    return "–" if cell in (None, "") else str(cell)
