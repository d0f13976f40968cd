"""Who did what, and when? The trail, for admins all of it, for coordinators that of their own cohorts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.access.permissions import access
from service.records.trail import actions
from service.records.trail.shapes import AuditOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/audit", "spoor")


@routes.get("", openapi_extra=access(actions.list_lines))
def list_lines(
    call: Called,
    cohort: Annotated[Key | None, Query(description="Enkel het spoor van deze cohorte.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[AuditOut]:
    """Geef het spoor, het nieuwste eerst: wie deed wat, met ids en nooit met namen."""
    return actions.list_lines(call.work, cohort, limit, cursor)
