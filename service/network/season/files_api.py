"""How does one get a year of sessions on paper? As a workbook, and drawn: the year, and who met whom."""

from __future__ import annotations

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.jobs.wait_for_answer import LATER, told_in_time
from service.network.season import files_actions
from service.web.answers import BOOK, DRAWING, SVG, book_answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/seasons/{season}", "sessies")


@routes.get(
    "/sessions.xlsx",
    response_class=Response,
    responses=LATER | BOOK,
    openapi_extra=access(files_actions.ask_workbook),
)
async def get_sessions_workbook(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar als werkboek, met de contactgegevens van wie uitgenodigd wordt."""
    job = await run_in_threadpool(files_actions.ask_workbook, call.work, cohort, season)
    return await told_in_time(call, job, lambda found: book_answer(found, "sessies.xlsx"))


@routes.get(
    "/year.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access(files_actions.ask_drawing)
)
async def get_year_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar getekend: elke sessie op haar dag."""
    job = await run_in_threadpool(files_actions.ask_drawing, call.work, cohort, season, "year_view")
    return await told_in_time(call, job, _drawn)


@routes.get(
    "/meetings.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access(files_actions.ask_drawing)
)
async def get_meetings_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef getekend welke scholen elkaar ontmoeten, en in welke ronde."""
    job = await run_in_threadpool(files_actions.ask_drawing, call.work, cohort, season, "meetings")
    return await told_in_time(call, job, _drawn)


def _drawn(found: str) -> Response:
    return Response(found.encode("utf-8"), media_type=SVG)
