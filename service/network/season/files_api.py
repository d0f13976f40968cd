"""How does one get a year of sessions on paper? As a workbook, and drawn: the year, and who met whom."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.jobs.wait_for_answer import Question, answered, asked
from service.network.season.actions import planned_season_of
from service.rounds.questions.api import BOOK, LATER, XLSX
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.database.engine import Transaction

routes = router("/v1/cohorts/{cohort}/seasons/{season}", "sessies")

SVG = "image/svg+xml"
DRAWING: dict[int | str, dict[str, Any]] = {200: {"content": {SVG: {"schema": {"type": "string"}}}}}


@routes.get("/sessions.xlsx", response_class=Response, responses=LATER | BOOK, openapi_extra=access("coordinator"))
async def get_sessions_workbook(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar als werkboek, met de contactgegevens van wie uitgenodigd wordt."""

    def told(found: str) -> Answer:
        headers = {"Content-Disposition": 'attachment; filename="sessies.xlsx"'}
        return Answer(200, base64.b64decode(found), headers, XLSX)

    return await _made(call, cohort, season, "workbook", told)


@routes.get("/year.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access("viewer"))
async def get_year_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar getekend: elke sessie op haar dag."""
    return await _made(call, cohort, season, "year_view", _drawn)


@routes.get("/meetings.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access("viewer"))
async def get_meetings_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef getekend welke scholen elkaar ontmoeten, en in welke ronde."""
    return await _made(call, cohort, season, "meetings", _drawn)


def _drawn(found: str) -> Answer:
    return Answer(200, found.encode("utf-8"), {}, SVG)


async def _made(call: Called, cohort: str, season: str, name: str, told: Callable[[Any], Answer]) -> Response:
    """Have it made once; the job keeps it for who asks again."""

    def question(transaction: Transaction) -> tuple[str, Question]:
        return cohort, Question(planned_season_of(call.work, transaction, cohort, season).id, name, {}, of="season")

    return await answered(call, await run_in_threadpool(asked, call, question), told)
