"""What came of the whole cohort? A page to print on A4, and a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.file_names import file_name
from service.trajectory.report import actions
from service.web.answers import file_answer
from service.web.call import Called
from service.web.pages.dutch_format import number
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/rapport")
EMPTY = (None, "")


@routes.get("", openapi_extra=access(actions.get_report))
def show_report(call: Called, cohort: Key) -> Response:
    """Show the report."""
    row, found = get_cohort(call.work, cohort), actions.get_report(call.work, cohort)
    tables = [one.model_dump() | _rows_of(one.rows) for one in found.sections]
    return page(call.request, "rapport.html", cohort=row, found=found, tables=tables)


def _rows_of(cells: Sequence[Sequence[object]]) -> dict[str, object]:
    """Write rows for people; where a column holds numbers, its title and its dashes stand in line with them."""
    rows = [[_written(cell) for cell in row] for row in cells]
    figures = [any(figure for _, figure in column) for column in zip(*rows, strict=True)]
    lined = [
        [(words, figure or (of and cell in EMPTY)) for (words, figure), of, cell in zip(row, figures, own, strict=True)]
        for row, own in zip(rows, cells, strict=True)
    ]
    return {"rows": lined, "figures": figures}


def _written(cell: object) -> tuple[str, bool]:
    """Write a cell for people, and tell whether it is a number; nothing known is a dash."""
    if cell in EMPTY:
        return "–", False
    if isinstance(cell, float) and not cell.is_integer():
        return number(cell, 2).rstrip("0").rstrip(","), True
    return (number(cell), True) if isinstance(cell, int | float) else (str(cell), False)


@routes.get("/rapport.xlsx", openapi_extra=access(actions.write_report))
def get_report(call: Called, cohort: Key) -> Response:
    """Give the report as a workbook."""
    return file_answer(actions.write_report(call.work, cohort), file_name(call.work, cohort, "rapport.xlsx"))
