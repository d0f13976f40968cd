"""Which agreements hold in a cohort, and can this one hold beside them?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query, Response

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import access
from service.api.cohorts import Limit
from service.errors import conflict, invalid, not_found
from service.store import cohorts, locks
from service.store.database import Transaction
from service.store.given import given_of
from service.wire.answers import Answer
from service.wire.locks import LockIn, LockOut
from service.wire.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/locks", "afspraken")
LockCursor = Annotated[Key | None, Query(alias="cursor", description="De «next» van de vorige bladzijde.")]


def shown(row: locks.LockRow) -> dict[str, Any]:
    """Write an agreement."""
    return {name: getattr(row, name) for name in LockOut.model_fields}


def conflict_document(found: matcher.Conflict) -> dict[str, Any]:
    """Write a conflict: the sentence, the smallest set at fault, and the ways out."""
    return {
        "sentence": found.sentence,
        "locks": [asdict(one) for one in found.locks],
        "rules": list(found.rules),
        "remedies": list(found.remedies),
    }


@routes.get("", response_model=Page[LockOut], openapi_extra=access("viewer"))
def list_locks(call: Called, cohort: Key, limit: Limit = 50, cursor: LockCursor = None) -> Response:
    """Geef de afspraken, de oudste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = locks.listed(transaction, cohort, cursor, limit + 1)
    more = rows[limit - 1].id if len(rows) > limit else None
    return Answer(200, {"items": [shown(row) for row in rows[:limit]], "next": more}).response()


@routes.post("", response_model=LockOut, status_code=201, openapi_extra=access("coordinator"))
def add_lock(call: Called, cohort: Key, body: LockIn) -> Response:
    """Leg een koppel vast of verbied het. Wat niet samengaat met de andere afspraken, wordt geweigerd."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        cohorts.touch(transaction, cohort)
        row = locks.add(transaction, cohort, _checked(given_of(transaction, cohort), body), call.caller.by)
        call.audit(transaction, "lock.added", row.id, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
        return Answer(201, shown(row), {"Location": f"/v1/cohorts/{cohort}/locks/{row.id}"})

    return call.once(body, effect)


@routes.delete("/{lock}", status_code=204, openapi_extra=access("coordinator"))
def remove_lock(call: Called, cohort: Key, lock: Key) -> Response:
    """Schrap een afspraak."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        row = locks.find(transaction, cohort, lock)
        if row is None:
            raise not_found("Deze afspraak")
        locks.remove(transaction, cohort, lock)
        call.audit(transaction, "lock.removed", lock, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
    return Answer(204).response()


def _checked(given: matcher.Round, body: LockIn) -> matcher.Lock:
    """Give the agreement; raises Problem 422 for who is not there, 409 for what can't hold."""
    schools, mentors = ([one.id for one in side] for side in (given.schools, given.mentors))
    if body.school not in schools:
        raise invalid("/school", "unknown_school", f"Deze school is er niet. {_guess(body.school, schools)}")
    if body.mentor not in mentors:
        raise invalid("/mentor", "unknown_mentor", f"Deze mentor is er niet. {_guess(body.mentor, mentors)}")
    if body.override and body.kind == "forbidden":
        raise invalid("/override", "override_of_nothing", "Een verbod gaat tegen geen regel in. Laat «override» weg.")
    lock = matcher.Lock(**body.model_dump())
    same = [one for one in given.locks if (one.school, one.mentor, one.kind) == (lock.school, lock.mentor, lock.kind)]
    if same:
        raise conflict("already_there", "Deze afspraak is er al. Schrap ze eerst als u ze wilt wijzigen.")
    found = matcher.lock_conflict(given, lock)
    if found is not None:
        detail = " ".join((found.sentence, *found.remedies))
        raise conflict("lock_conflict", detail, conflict=conflict_document(found))
    return lock


def _guess(key: str, known: list[str]) -> str:
    guess = matcher.did_you_mean(key, known)
    return guess if guess.startswith("Bedoelde") else "Kijk het nummer na."
