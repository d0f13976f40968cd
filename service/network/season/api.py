"""How is a year of sessions planned, followed, read, repaired and published? From the published plan of a cohort."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.network.season import actions, planning_actions
from service.network.season.shapes import SeasonIn, SeasonOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/seasons", "sessies")


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
