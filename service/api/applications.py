"""Who applied, and what becomes of each application? The coordinator's queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.accepting import changed, move
from service.api.cohorts import Cursor, Limit
from service.errors import invalid, not_found
from service.store import applications, cohorts
from service.store.applications import ApplicationRow, Kind, State
from service.store.database import Transaction
from service.wire.answers import Answer, etag
from service.wire.applications import ApplicationOut, MoveIn, PointsIn
from service.wire.shapes import EDITED, Key, Page

routes = router("/v1/cohorts/{cohort}/applications", "aanmeldingen")

CONFIRM_PAGE = "/aanmelden/bevestigen?geheim="


def application_of(call: Call, transaction: Transaction, cohort: str, key: str) -> ApplicationRow:
    """Give an application of a cohort that is the caller's; raises Problem 404."""
    call.cohort(transaction, cohort)
    row = applications.find(transaction, cohort, key)
    if row is None:
        raise not_found("Deze aanmelding")
    return row


def doubles_of(transaction: Transaction, cohort: str) -> dict[str, tuple[str, ...]]:
    """Give for every application that has them the other open ones of the same school or mentor."""
    known = [row.value for row in applications.listed(transaction, cohort)]
    return {one: group for group in matcher.double_applications(known) for one in group}


def shown(
    call: Call, transaction: Transaction, row: ApplicationRow, doubles: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Write an application, with the link that confirms it as long as nobody did."""
    one = row.value
    told = {name: row.document[name] for name in ("network", "motivation", "points", "points_reason")}
    told |= {side: _plain(row.document[side]) for side in ("school", "mentor")}
    link = None
    if row.state == "received":
        link = f"{call.settings.url}{CONFIRM_PAGE}{applications.secret_of(transaction, row.id)}"
    steps = [{"state": step.state, "at": step.at, "by": step.by, "reason": step.reason} for step in one.steps]
    return told | {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "following": list(one.following),
        "who": one.who,
        "received_at": one.received_at,
        "wording": one.consent.wording,
        "steps": steps,
        "doubles": [other for other in doubles.get(row.id, ()) if other != row.id],
        "confirm_link": link,
        "version": row.version,
        "changed_at": row.changed_at,
    }


def _plain(document: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if document is None else {name: value for name, value in document.items() if name != "format"}


def answer(call: Call, transaction: Transaction, row: ApplicationRow) -> Answer:
    """Write an application with its ETag."""
    shape = shown(call, transaction, row, doubles_of(transaction, row.cohort))
    return Answer(200, shape, {"ETag": etag(row.version, row.id)})


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
        items = [shown(call, transaction, row, doubles) for row in rows[:limit]]
        call.audit(transaction, "applications.read", cohort, cohort, count=len(items))
    return Answer(200, {"items": items, "next": rows[limit - 1].id if len(rows) > limit else None}).response()


@routes.get("/{application}", response_model=ApplicationOut, openapi_extra=access("coordinator"))
def get_application(call: Called, cohort: Key, application: Key) -> Response:
    """Geef een aanmelding."""
    with call.database.write() as transaction:
        row = application_of(call, transaction, cohort, application)
        call.audit(transaction, "application.read", row.id, cohort)
        told = answer(call, transaction, row)
    return told.response()


@routes.post("/{application}/move", response_model=ApplicationOut, openapi_extra=access("coordinator"))
def move_application(call: Called, cohort: Key, application: Key, body: MoveIn) -> Response:
    """Aanvaard, zet op de wachtlijst of weiger (met reden). Wie aanvaard is, staat meteen in de cohorte."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        cohorts.touch(transaction, cohort)
        row = application_of(call, transaction, cohort, application)
        return answer(call, transaction, move(call, transaction, row, body.state, body.reason))

    return call.once(body, effect)


@routes.put(
    "/{application}/points", response_model=ApplicationOut, responses=EDITED, openapi_extra=access("coordinator")
)
def give_points(call: Called, cohort: Key, application: Key, body: PointsIn) -> Response:
    """Geef een aanmelding voorrangspunten voor de selectie, met de reden."""
    with call.database.write() as transaction:
        row = application_of(call, transaction, cohort, application)
        call.must_match(row.version, row.id)
        if body.points and not body.reason:
            raise invalid("/reason", "missing", "Zeg waarom deze aanmelding voorrang krijgt.")
        made = replace(row.value, points=body.points, points_reason=body.reason)
        told = answer(call, transaction, changed(call, transaction, row, made, "application.points"))
    return told.response()
