"""How does one get a year of sessions on paper? As a workbook, and drawn: the year, and who met whom."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.network.season import files_actions
from service.network.season.asking import LATER, wait_and_tell
from service.network.season.files_actions import SVG, XLSX
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/seasons/{season}", "sessies")

BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}
DRAWING: dict[int | str, dict[str, Any]] = {200: {"content": {SVG: {"schema": {"type": "string"}}}}}


@routes.get(
    "/sessions.xlsx",
    response_class=Response,
    responses=LATER | BOOK,
    openapi_extra=access(files_actions.ask_workbook),
)
async def get_sessions_workbook(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar als werkboek, met de contactgegevens van wie uitgenodigd wordt."""
    headers = {"Content-Disposition": 'attachment; filename="sessies.xlsx"'}
    asked = partial(files_actions.ask_workbook, call.work, cohort, season)
    return await wait_and_tell(call, asked, lambda found: Answer(200, files_actions.workbook_of(found), headers, XLSX))


@routes.get(
    "/year.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access(files_actions.ask_drawing)
)
async def get_year_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar getekend: elke sessie op haar dag."""
    return await wait_and_tell(call, partial(files_actions.ask_drawing, call.work, cohort, season, "year_view"), _drawn)


@routes.get(
    "/meetings.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access(files_actions.ask_drawing)
)
async def get_meetings_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef getekend welke scholen elkaar ontmoeten, en in welke ronde."""
    return await wait_and_tell(call, partial(files_actions.ask_drawing, call.work, cohort, season, "meetings"), _drawn)


def _drawn(found: str) -> Answer:
    return Answer(200, found.encode("utf-8"), {}, SVG)
