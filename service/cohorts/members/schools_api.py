"""Which schools does a cohort have, and how is one added, changed or removed?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from service.access.permissions import access
from service.cohorts.members import actions as shared
from service.cohorts.members import store as members
from service.cohorts.members.shapes import SchoolChange, SchoolIn, SchoolOut, SchoolWhole
from service.database.engine import Transaction
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/schools", "scholen")
MemberCursor = Annotated[MemberKey | None, Query(alias="cursor", description="De «next» van de vorige bladzijde.")]


@routes.get("", response_model=Page[SchoolOut], openapi_extra=access("viewer"))
def list_schools(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Response:
    """Geef de scholen, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    with call.database.write() if shared.is_trusted(call.work) else call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = members.listed(transaction, "school", cohort, cursor, limit + 1)
        if shared.is_trusted(call.work):
            call.audit(transaction, "schools.read", cohort, cohort, count=len(rows[:limit]))
    more = rows[limit - 1].id if len(rows) > limit else None
    return Answer(
        200, {"items": [shared.shown(call.work, "school", row) for row in rows[:limit]], "next": more}
    ).response()


@routes.post("", response_model=SchoolOut, status_code=201, openapi_extra=access("coordinator"))
def add_school(call: Called, cohort: Key, body: SchoolIn) -> Response:
    """Voeg een school toe."""

    def effect(transaction: Transaction) -> Answer:
        return shared.add(call.work, transaction, "school", cohort, body.model_dump())

    return call.once(body, effect)


@routes.get("/{school}", response_model=SchoolOut, openapi_extra=access("viewer"))
def get_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef een school."""
    with call.database.write() if shared.is_trusted(call.work) else call.database.read() as transaction:
        row = shared.row_of(call.work, transaction, "school", cohort, school)
        if shared.is_trusted(call.work):
            call.audit(transaction, "school.read", school, cohort)
    return shared.answer(call.work, "school", row).response()


@routes.put("/{school}", response_model=SchoolOut, openapi_extra=access("coordinator"), responses=EDITED)
def replace_school(call: Called, cohort: Key, school: MemberKey, body: SchoolWhole) -> Response:
    """Vervang een school helemaal; If-Match zegt welke versie u gelezen hebt."""
    with call.database.write() as transaction:
        changed = shared.change(call.work, transaction, "school", cohort, school, body.model_dump(), whole=True)
    return changed.response()


@routes.patch("/{school}", response_model=SchoolOut, openapi_extra=access("coordinator"), responses=EDITED)
def change_school(call: Called, cohort: Key, school: MemberKey, body: SchoolChange) -> Response:
    """Wijzig een school; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    with call.database.write() as transaction:
        told = body.model_dump(exclude_unset=True)
        changed = shared.change(call.work, transaction, "school", cohort, school, told, whole=False)
    return changed.response()


@routes.delete("/{school}", status_code=204, openapi_extra=access("coordinator"), responses=EDITED)
def remove_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Verwijder een school, met de afspraken die haar noemen."""
    with call.database.write() as transaction:
        row = shared.row_of(call.work, transaction, "school", cohort, school, hold=True)
        call.must_match(row.version, cohort, "school", school)
        members.remove(transaction, "school", cohort, [school])
        call.audit(transaction, "school.removed", school, cohort)
    return Answer(204).response()
