"""Who did what, and when? The trail, for admins all of it, for coordinators that of their own cohorts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from service.access import audit_trail
from service.access.permissions import access
from service.core.errors import invalid
from service.records.trail.shapes import AuditOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/audit", "spoor")


@routes.get("", response_model=Page[AuditOut], openapi_extra=access("coordinator"))
def list_lines(
    call: Called,
    cohort: Annotated[Key | None, Query(description="Enkel het spoor van deze cohorte.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Geef het spoor, het nieuwste eerst: wie deed wat, met ids en nooit met namen."""
    is_admin = call.caller.role == "admin"
    if cohort is None and not is_admin:
        detail = "Alleen een beheerder ziet het hele spoor. Geef met ?cohort= op welke cohorte u bedoelt."
        raise invalid("/query/cohort", "missing", detail)
    with call.database.read() as transaction:
        if cohort is not None and not is_admin:
            call.cohort(transaction, cohort)
        rows = audit_trail.lines(transaction, cohort, cursor, limit + 1)
    items = [AuditOut(**row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": items[-1].id if len(rows) > limit else None}).response()
