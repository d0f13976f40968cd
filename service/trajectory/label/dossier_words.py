"""How do the tables of a dossier look on a page? Practices and criteria as cards, the rest as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import matcher
from service.trajectory.label.shapes import DossierOut, DossierTableOut
from service.web.pages.dutch_format import day

MISSING = "Wat ontbreekt"
LATER = (MISSING, "Code", "Trekker", "Tegen", "Wie", "Gedaan op", "Ingevoerd door")
"""Columns of which a phone shows the cells only once one asks for them."""


def dossier_shown(found: DossierOut) -> dict[str, Any]:
    """Give what the template of a dossier takes: its practices, its criteria, and the other tables in words."""
    criteria, *others = found.tables
    practices = next(one for one in others if one.title == matcher.PRACTICES)
    tables = [one for one in others if one is not practices]
    shown = {"practices": _by_column(practices), "criteria": _by_column(criteria)}
    return {"found": found, **shown, "tables": [_in_words(one) for one in tables]}


def _by_column(table: DossierTableOut) -> dict[str, Any]:
    rows = [dict(zip(table.columns, cells, strict=True)) for cells in table.rows]
    return table.model_dump() | {"rows": rows}


def _in_words(table: DossierTableOut) -> dict[str, Any]:
    """Write the cells of a table, with under which columns stands what can wait on a phone."""
    rows = [[_written(cell) for cell in row] for row in _together(table)]
    return table.model_dump() | {"rows": rows, "later": [name in LATER for name in table.columns]}


def _together(table: DossierTableOut) -> list[list[Any]]:
    """Put what is missing for one level in one row, a line for each: a level is then told once."""
    if MISSING not in table.columns:
        return table.rows
    told = dict[tuple[Any, ...], list[str]]()
    for *level, missing in table.rows:
        told.setdefault(tuple(level), []).append(str(missing))
    return [[*level, "\n".join(missing)] for level, missing in told.items()]


def _written(cell: object) -> str:
    """Write a cell for people: days as dates, nothing as a dash."""
    if isinstance(cell, date):
        return day(cell)
    return "–" if cell in (None, "") else str(cell)
