"""Which agreements hold in a cohort, and can this one hold beside them?"""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import path_to
from service.rounds.locks import actions
from service.rounds.locks.shapes import LockIn, LockOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/locks", "afspraken")


@routes.get("", openapi_extra=access(actions.list_locks))
def list_locks(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Page[LockOut]:
    """Geef de afspraken, de oudste eerst."""
    return actions.list_locks(call.work, cohort, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_lock))
def add_lock(call: Called, cohort: Key, body: LockIn) -> LockOut:
    """Leg een koppel vast of verbied het. Wat niet samengaat met de andere afspraken, wordt geweigerd."""
    made = actions.add_lock(call.work, cohort, body)
    call.tell(location=path_to("/v1/cohorts/{}/locks/{}", cohort, made.id))
    return made


@routes.delete("/{lock}", status_code=204, openapi_extra=access(actions.remove_lock))
def remove_lock(call: Called, cohort: Key, lock: Key) -> None:
    """Schrap een afspraak."""
    actions.remove_lock(call.work, cohort, lock)
