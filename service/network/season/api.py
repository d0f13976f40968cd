"""How is a year of sessions planned, read, repaired, published and drawn, and who comes? From the published plan."""

from __future__ import annotations

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.core.addresses import path_to
from service.jobs.wait_for_answer import LATER, told_in_time
from service.network.season import actions, attendance_actions, files_actions, planning_actions
from service.network.season.attendance_shapes import AttendanceIn, AttendancesOut
from service.network.season.shapes import SeasonIn, SeasonOut
from service.web.answers import BOOK, DRAWING, SVG, Answer, book_answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/seasons", "sessies")
files = router("/v1/cohorts/{cohort}/seasons/{season}", "sessies")
attendance = router("/v1/cohorts/{cohort}/attendance", "sessies")


@routes.post("", status_code=202, openapi_extra=access(planning_actions.add_season))
def add_season(call: Called, cohort: Key, body: SeasonIn) -> SeasonOut:
    """Plan een jaar van sessies bij het gepubliceerde plan, of herstel een jaar met zo weinig mogelijk wijzigingen."""
    begun = planning_actions.add_season(call.work, cohort, body)
    call.tell(location=path_to("/v1/cohorts/{}/seasons/{}", cohort, begun.id))
    return begun


@routes.get("", openapi_extra=access(actions.list_seasons))
def list_seasons(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Page[SeasonOut]:
    """Geef de seizoenen van een cohorte, het nieuwste eerst."""
    return actions.list_seasons(call.work, cohort, limit, cursor)


@routes.get("/{season}", openapi_extra=access(actions.get_season))
def get_season(call: Called, cohort: Key, season: Key) -> SeasonOut:
    """Geef een seizoen met zijn sessies en doelen; `laatste` en `gepubliceerd` zijn ook namen."""
    return call.tagged(actions.get_season(call.work, cohort, season), actions.tag_of)


@routes.get(
    "/{season}/year",
    openapi_extra=access(actions.get_year),
    responses={200: {"content": {"application/json": {}}}},
)
def get_year(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het hele jaar als sessies.json, zoals het programma op de opdrachtregel het schrijft."""
    return Answer(200, dict(actions.get_year(call.work, cohort, season))).response()


@routes.delete("/{season}", status_code=202, openapi_extra=access(planning_actions.stop_season))
def stop_season(call: Called, cohort: Key, season: Key) -> SeasonOut:
    """Stop het plannen van een seizoen; het beste jaar tot dan toe blijft bewaard."""
    return planning_actions.stop_season(call.work, cohort, season)


@routes.post("/{season}/publish", openapi_extra=access(planning_actions.publish_season))
def publish_season(call: Called, cohort: Key, season: Key) -> SeasonOut:
    """Publiceer een jaar: de kalenders tonen het meteen. If-Match mag, en geldt dan."""
    return call.tagged(planning_actions.publish_season(call.work, cohort, season), actions.tag_of)


@files.get(
    "/sessions.xlsx",
    response_class=Response,
    responses=LATER | BOOK,
    openapi_extra=access(files_actions.ask_workbook),
)
async def get_sessions_workbook(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar als werkboek, met de contactgegevens van wie uitgenodigd wordt."""
    job = await run_in_threadpool(files_actions.ask_workbook, call.work, cohort, season)
    return await told_in_time(call, job, lambda found: book_answer(found, "sessies.xlsx"))


@files.get(
    "/year.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access(files_actions.ask_drawing)
)
async def get_year_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het jaar getekend: elke sessie op haar dag."""
    job = await run_in_threadpool(files_actions.ask_drawing, call.work, cohort, season, "year_view")
    return await told_in_time(call, job, _drawn)


@files.get(
    "/meetings.svg", response_class=Response, responses=LATER | DRAWING, openapi_extra=access(files_actions.ask_drawing)
)
async def get_meetings_drawing(call: Called, cohort: Key, season: Key) -> Response:
    """Geef getekend welke scholen elkaar ontmoeten, en in welke ronde."""
    job = await run_in_threadpool(files_actions.ask_drawing, call.work, cohort, season, "meetings")
    return await told_in_time(call, job, _drawn)


def _drawn(found: str) -> Response:
    return Response(found.encode("utf-8"), media_type=SVG)


@attendance.get("", openapi_extra=access(attendance_actions.list_attendances))
def list_attendances(call: Called, cohort: Key) -> AttendancesOut:
    """Geef wie zei te komen, en wie niet."""
    return attendance_actions.list_attendances(call.work, cohort)


@attendance.put("", status_code=204, response_class=Response, openapi_extra=access(attendance_actions.note_attendance))
def note_attendance(call: Called, cohort: Key, body: AttendanceIn) -> None:
    """Noteer of een school of mentor naar een sessie komt."""
    attendance_actions.note_attendance(call.work, cohort, body)
