"""Which mentors does a cohort have, and how is one added, changed or removed?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from service.access.permissions import access
from service.cohorts.members import actions as shared
from service.cohorts.members import store as members
from service.cohorts.members.shapes import MentorChange, MentorIn, MentorOut, MentorWhole
from service.database.engine import Transaction
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/mentors", "mentoren")
MemberCursor = Annotated[MemberKey | None, Query(alias="cursor", description="De «next» van de vorige bladzijde.")]


@routes.get("", response_model=Page[MentorOut], openapi_extra=access("viewer"))
def list_mentors(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Response:
    """Geef de mentoren, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    with call.database.write() if shared.is_trusted(call.work) else call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = members.listed(transaction, "mentor", cohort, cursor, limit + 1)
        if shared.is_trusted(call.work):
            call.audit(transaction, "mentors.read", cohort, cohort, count=len(rows[:limit]))
    more = rows[limit - 1].id if len(rows) > limit else None
    return Answer(
        200, {"items": [shared.shown(call.work, "mentor", row) for row in rows[:limit]], "next": more}
    ).response()


@routes.post("", response_model=MentorOut, status_code=201, openapi_extra=access("coordinator"))
def add_mentor(call: Called, cohort: Key, body: MentorIn) -> Response:
    """Voeg een mentor toe."""

    def effect(transaction: Transaction) -> Answer:
        return shared.add(call.work, transaction, "mentor", cohort, body.model_dump())

    return call.once(body, effect)


@routes.get("/{mentor}", response_model=MentorOut, openapi_extra=access("viewer"))
def get_mentor(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Geef een mentor."""
    with call.database.write() if shared.is_trusted(call.work) else call.database.read() as transaction:
        row = shared.row_of(call.work, transaction, "mentor", cohort, mentor)
        if shared.is_trusted(call.work):
            call.audit(transaction, "mentor.read", mentor, cohort)
    return shared.answer(call.work, "mentor", row).response()


@routes.put("/{mentor}", response_model=MentorOut, openapi_extra=access("coordinator"), responses=EDITED)
def replace_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorWhole) -> Response:
    """Vervang een mentor helemaal; If-Match zegt welke versie u gelezen hebt."""
    with call.database.write() as transaction:
        changed = shared.change(call.work, transaction, "mentor", cohort, mentor, body.model_dump(), whole=True)
    return changed.response()


@routes.patch("/{mentor}", response_model=MentorOut, openapi_extra=access("coordinator"), responses=EDITED)
def change_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorChange) -> Response:
    """Wijzig een mentor; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    with call.database.write() as transaction:
        told = body.model_dump(exclude_unset=True)
        changed = shared.change(call.work, transaction, "mentor", cohort, mentor, told, whole=False)
    return changed.response()


@routes.delete("/{mentor}", status_code=204, openapi_extra=access("coordinator"), responses=EDITED)
def remove_mentor(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Verwijder een mentor, met de afspraken die hem of haar noemen."""
    with call.database.write() as transaction:
        row = shared.row_of(call.work, transaction, "mentor", cohort, mentor, hold=True)
        call.must_match(row.version, cohort, "mentor", mentor)
        members.remove(transaction, "mentor", cohort, [mentor])
        call.audit(transaction, "mentor.removed", mentor, cohort)
    return Answer(204).response()
