"""Who applied, and what becomes of each application? The coordinator's queue."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.access.permissions import access
from service.trajectory.applications import actions
from service.trajectory.applications.shapes import ApplicationOut, MoveIn, PointsIn
from service.trajectory.applications.words import Kind, State
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/applications", "aanmeldingen")


@routes.get("", openapi_extra=access(actions.list_applications))
def list_applications(  # noqa: PLR0913, PLR0917 - what to look for
    call: Called,
    cohort: Key,
    kind: Annotated[Kind | None, Query(description="Scholen of mentoren.")] = None,
    state: Annotated[State | None, Query(description="Alleen in deze toestand.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ApplicationOut]:
    """Geef de aanmeldingen, de oudste eerst."""
    return actions.list_applications(call.work, cohort, kind, state, limit, cursor)


@routes.get("/{application}", openapi_extra=access(actions.get_application))
def get_application(call: Called, cohort: Key, application: Key) -> ApplicationOut:
    """Geef een aanmelding."""
    return call.tagged(actions.get_application(call.work, cohort, application), actions.tag_of)


@routes.post("/{application}/move", openapi_extra=access(actions.move_application))
def move_application(call: Called, cohort: Key, application: Key, body: MoveIn) -> ApplicationOut:
    """Aanvaard, zet op de wachtlijst of weiger (met reden). Wie aanvaard is, staat meteen in de cohorte."""
    return call.tagged(actions.move_application(call.work, cohort, application, body), actions.tag_of)


@routes.put("/{application}/points", openapi_extra=access(actions.give_points))
def give_points(call: Called, cohort: Key, application: Key, body: PointsIn) -> ApplicationOut:
    """Geef een aanmelding voorrangspunten voor de selectie, met de reden."""
    return call.tagged(actions.give_points(call.work, cohort, application, body), actions.tag_of)
