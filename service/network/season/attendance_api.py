"""Who comes to which session?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.network.season import attendance_actions as actions
from service.network.season.attendance_shapes import AttendanceIn, AttendancesOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/attendance", "sessies")


@routes.get("", openapi_extra=access(actions.list_attendances))
def list_attendances(call: Called, cohort: Key) -> AttendancesOut:
    """Geef wie zei te komen, en wie niet."""
    return actions.list_attendances(call.work, cohort)


@routes.put("", status_code=204, response_class=Response, openapi_extra=access(actions.note_attendance))
def note_attendance(call: Called, cohort: Key, body: AttendanceIn) -> None:
    """Noteer of een school of mentor naar een sessie komt."""
    actions.note_attendance(call.work, cohort, body)
