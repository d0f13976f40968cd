"""Which cohorts are there, and how is one begun, changed or removed?"""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Response

from service.access import people, scope
from service.access.permissions import access
from service.cohorts.cohort import store
from service.cohorts.cohort.actions import _known_region, answer
from service.cohorts.cohort.shapes import CohortChange, CohortIn, CohortOut, ColleagueOut
from service.core.errors import stale
from service.database.engine import Transaction
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts", "cohorten")

KEEP_YEARS = 2
"""A cohort ends in the summer after it began; contact data is kept twelve months more."""


@routes.get("", response_model=Page[CohortOut], openapi_extra=access("viewer"))
def list_cohorts(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de cohorten, de nieuwste eerst."""
    with call.database.read() as transaction:
        if call.caller.cohort is not None:
            rows = [row for row in [scope.find(transaction, call.caller.cohort)] if row is not None]
        else:
            regions = None if call.caller.role == "admin" else call.caller.regions
            rows = store.listed(transaction, regions, cursor, limit + 1)
    more = rows[limit - 1].id if len(rows) > limit else None
    return Answer(200, {"items": [answer(row).value for row in rows[:limit]], "next": more}).response()


@routes.post("", response_model=CohortOut, status_code=201, openapi_extra=access("coordinator"))
def add_cohort(call: Called, body: CohortIn) -> Response:
    """Begin een cohorte."""
    _known_region(call, body.region)

    def effect(transaction: Transaction) -> Answer:
        keep_until = body.keep_until or datetime(body.school_year + KEEP_YEARS, 7, 1, tzinfo=UTC)
        row = store.add(
            transaction, name=body.name, region=body.region, school_year=body.school_year, keep_until=keep_until
        )
        call.audit(transaction, "cohort.added", row.id, row.id)
        return answer(row, 201)

    return call.once(body, effect)


@routes.get("/{cohort}", response_model=CohortOut, openapi_extra=access("viewer"))
def get_cohort(call: Called, cohort: Key) -> Response:
    """Geef een cohorte."""
    with call.database.read() as transaction:
        row = call.cohort(transaction, cohort)
    return answer(row).response()


@routes.get("/{cohort}/team", response_model=Page[ColleagueOut], openapi_extra=access("coordinator"))
def list_team(call: Called, cohort: Key) -> Response:
    """Geef wie aan deze cohorte werkt, met de naam die bij een id van het spoor hoort."""
    with call.database.read() as transaction:
        row = call.cohort(transaction, cohort)
        known = [one for one in people.list_people(transaction) if one.role == "admin" or row.region in one.regions]
    items = [{"id": one.id, "name": one.name, "role": one.role} for one in known]
    return Answer(200, {"items": items, "next": None}).response()


@routes.patch("/{cohort}", response_model=CohortOut, openapi_extra=access("coordinator"))
def change_cohort(call: Called, cohort: Key, body: CohortChange) -> Response:
    """Wijzig een cohorte; If-Match zegt welke versie u gelezen hebt."""
    with call.database.write() as transaction:
        row = call.cohort(transaction, cohort)
        call.must_match(row.version, row.id)
        values = body.model_dump(exclude_none=True)
        if not store.change(transaction, cohort, row.version, **values):
            raise stale()
        call.audit(transaction, "cohort.changed", cohort, cohort, fields=sorted(values))
        changed = call.cohort(transaction, cohort)
    return answer(changed).response()


@routes.delete("/{cohort}", status_code=204, openapi_extra=access("admin"))
def remove_cohort(call: Called, cohort: Key) -> Response:
    """Verwijder een cohorte met alles wat erbij hoort. Dit kan niet ongedaan gemaakt worden."""
    with call.database.write() as transaction:
        row = call.cohort(transaction, cohort)
        call.must_match(row.version, row.id)
        if not store.remove(transaction, cohort, row.version):
            raise stale()
        call.audit(transaction, "cohort.removed", cohort, cohort)
    return Answer(204).response()
