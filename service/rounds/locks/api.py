"""Which agreements hold in a cohort, and can this one hold beside them?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from service.access import scope
from service.access.permissions import access
from service.core.errors import not_found
from service.database.engine import Transaction
from service.rounds.given import locks_store
from service.rounds.given.round_of_rows import given_of
from service.rounds.locks.actions import _checked, shown
from service.rounds.locks.shapes import LockIn, LockOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/locks", "afspraken")
LockCursor = Annotated[Key | None, Query(alias="cursor", description="De «next» van de vorige bladzijde.")]


@routes.get("", response_model=Page[LockOut], openapi_extra=access("viewer"))
def list_locks(call: Called, cohort: Key, limit: Limit = 50, cursor: LockCursor = None) -> Response:
    """Geef de afspraken, de oudste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = locks_store.listed(transaction, cohort, cursor, limit + 1)
    more = rows[limit - 1].id if len(rows) > limit else None
    return Answer(200, {"items": [shown(row) for row in rows[:limit]], "next": more}).response()


@routes.post("", response_model=LockOut, status_code=201, openapi_extra=access("coordinator"))
def add_lock(call: Called, cohort: Key, body: LockIn) -> Response:
    """Leg een koppel vast of verbied het. Wat niet samengaat met de andere afspraken, wordt geweigerd."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        scope.touch(transaction, cohort)
        row = locks_store.add(transaction, cohort, _checked(given_of(transaction, cohort), body), call.caller.by)
        call.audit(transaction, "lock.added", row.id, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
        return Answer(201, shown(row), {"Location": f"/v1/cohorts/{cohort}/locks/{row.id}"})

    return call.once(body, effect)


@routes.delete("/{lock}", status_code=204, openapi_extra=access("coordinator"))
def remove_lock(call: Called, cohort: Key, lock: Key) -> Response:
    """Schrap een afspraak."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        row = locks_store.find(transaction, cohort, lock)
        if row is None:
            raise not_found("Deze afspraak")
        locks_store.remove(transaction, cohort, lock)
        call.audit(transaction, "lock.removed", lock, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
    return Answer(204).response()
