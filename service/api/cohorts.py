"""Which cohorts are there, and how is one begun, changed or removed?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Query, Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.errors import Problem, invalid, stale
from service.store import cohorts as store
from service.store import people
from service.store.database import Transaction
from service.wire.answers import Answer, etag
from service.wire.cohorts import CohortChange, CohortIn, CohortOut
from service.wire.people import ColleagueOut
from service.wire.shapes import Key, Page

routes = router("/v1/cohorts", "cohorten")
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[Key | None, Query(description="De «next» van de vorige bladzijde.")]

KEEP_YEARS = 2
"""A cohort ends in the summer after it began; contact data is kept twelve months more."""


def answer(row: store.CohortRow, status: int = 200) -> Answer:
    """Write a cohort with its ETag."""
    shape = CohortOut(
        id=row.id,
        name=row.name,
        region=row.region,
        school_year=row.school_year,
        keep_until=row.keep_until,
        version=row.version,
        created_at=row.created_at,
    )
    headers = {"ETag": etag(row.version, row.id), "Location": f"/v1/cohorts/{row.id}"}
    return Answer(status, shape, headers if status == 201 else {"ETag": headers["ETag"]})  # noqa: PLR2004


@routes.get("", response_model=Page[CohortOut], openapi_extra=access("viewer"))
def list_cohorts(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de cohorten, de nieuwste eerst."""
    with call.database.read() as transaction:
        if call.caller.cohort is not None:
            rows = [row for row in [store.find(transaction, call.caller.cohort)] if row is not None]
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


def _known_region(call: Call, region: str) -> None:
    known = matcher.regions()
    if region not in known:
        raise invalid("/region", "unknown_region", f"Deze kamer is niet gekend. {matcher.did_you_mean(region, known)}")
    if call.caller.role != "admin" and region not in call.caller.regions:
        raise Problem(403, "not_your_region", "Deze kamer is niet van u.")
