"""Who applied, and what becomes of each application? The coordinator's queue."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Response

from service.access import scope
from service.access.permissions import access
from service.core.errors import invalid
from service.database.engine import Transaction
from service.trajectory.applications import store as applications
from service.trajectory.applications.accepting import changed, move
from service.trajectory.applications.actions import answer, application_of, doubles_of, shown
from service.trajectory.applications.shapes import ApplicationOut, MoveIn, PointsIn
from service.trajectory.applications.store import Kind, State
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page

routes = router("/v1/cohorts/{cohort}/applications", "aanmeldingen")


@routes.get("", response_model=Page[ApplicationOut], openapi_extra=access("coordinator"))
def list_applications(  # noqa: PLR0913, PLR0917 - what to look for
    call: Called,
    cohort: Key,
    kind: Annotated[Kind | None, Query(description="Scholen of mentoren.")] = None,
    state: Annotated[State | None, Query(description="Alleen in deze toestand.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Geef de aanmeldingen, de oudste eerst."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        rows = applications.listed(transaction, cohort, kind, state, cursor, limit + 1)
        doubles = doubles_of(transaction, cohort)
        items = [shown(call.work, transaction, row, doubles) for row in rows[:limit]]
        call.audit(transaction, "applications.read", cohort, cohort, count=len(items))
    return Answer(200, {"items": items, "next": rows[limit - 1].id if len(rows) > limit else None}).response()


@routes.get("/{application}", response_model=ApplicationOut, openapi_extra=access("coordinator"))
def get_application(call: Called, cohort: Key, application: Key) -> Response:
    """Geef een aanmelding."""
    with call.database.write() as transaction:
        row = application_of(call.work, transaction, cohort, application)
        call.audit(transaction, "application.read", row.id, cohort)
        told = answer(call.work, transaction, row)
    return told.response()


@routes.post("/{application}/move", response_model=ApplicationOut, openapi_extra=access("coordinator"))
def move_application(call: Called, cohort: Key, application: Key, body: MoveIn) -> Response:
    """Aanvaard, zet op de wachtlijst of weiger (met reden). Wie aanvaard is, staat meteen in de cohorte."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        scope.touch(transaction, cohort)
        row = application_of(call.work, transaction, cohort, application)
        return answer(call.work, transaction, move(call.work, transaction, row, body.state, body.reason))

    return call.once(body, effect)


@routes.put(
    "/{application}/points", response_model=ApplicationOut, responses=EDITED, openapi_extra=access("coordinator")
)
def give_points(call: Called, cohort: Key, application: Key, body: PointsIn) -> Response:
    """Geef een aanmelding voorrangspunten voor de selectie, met de reden."""
    with call.database.write() as transaction:
        row = application_of(call.work, transaction, cohort, application)
        call.must_match(row.version, row.id)
        if body.points and not body.reason:
            raise invalid("/reason", "missing", "Zeg waarom deze aanmelding voorrang krijgt.")
        made = replace(row.value, points=body.points, points_reason=body.reason)
        told = answer(call.work, transaction, changed(call.work, transaction, row, made, "application.points"))
    return told.response()
