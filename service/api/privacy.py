"""What do we keep about a person, and how does that person get it, or have it erased?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from fastapi import Response

from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.errors import not_found
from service.store import erasure, personal
from service.store.ids import now
from service.wire.answers import Answer
from service.wire.members import MemberKey
from service.wire.privacy import AboutOut, ErasedOut
from service.wire.shapes import Key

if TYPE_CHECKING:
    from service.store.database import Transaction
    from service.store.members import Side

routes = router("/v1/cohorts/{cohort}", "privacy")
NAMES = {"school": "Deze school", "mentor": "Deze mentor"}


def _about(call: Call, transaction: Transaction, cohort: str, side: Side, key: str) -> AboutOut:
    call.cohort(transaction, cohort)
    found = personal.all_about(transaction, cohort, side, key)
    if found is None:
        raise not_found(NAMES[side])
    return AboutOut(**found, made_at=now())


def _export(call: Call, cohort: str, side: Side, key: str) -> Response:
    with call.database.write() as transaction:
        shape = _about(call, transaction, cohort, side, key)
        call.audit(transaction, f"{side}.exported", key, cohort)
    return Answer(200, shape, {"Content-Disposition": 'attachment; filename="gegevens.json"'}).response()


def _erase(call: Call, cohort: str, side: Side, key: str) -> Response:
    def effect(transaction: Transaction) -> Answer:
        _about(call, transaction, cohort, side, key)
        erased = erasure.erase(transaction, cohort, ((side, key),), call.caller.by)
        if erased.anything:
            call.audit(transaction, f"{side}.erased", key, cohort, **asdict(erased))
        return Answer(200, ErasedOut(**asdict(erased)))

    return call.once({}, effect)


@routes.get("/mentors/{mentor}/export", response_model=AboutOut, openapi_extra=access("coordinator"))
def export_mentor(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Geef alles wat over een mentor bewaard is, om aan die persoon te bezorgen."""
    return _export(call, cohort, "mentor", mentor)


@routes.get("/schools/{school}/export", response_model=AboutOut, openapi_extra=access("coordinator"))
def export_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef alles wat over de contactpersoon van een school bewaard is, om aan die persoon te bezorgen."""
    return _export(call, cohort, "school", school)


@routes.post("/mentors/{mentor}/erase", response_model=ErasedOut, openapi_extra=access("coordinator"))
def erase_mentor(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Wis naam en e-mailadres van een mentor, overal. De koppels blijven, met alleen het nummer."""
    return _erase(call, cohort, "mentor", mentor)


@routes.post("/schools/{school}/erase", response_model=ErasedOut, openapi_extra=access("coordinator"))
def erase_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Wis contactpersoon en e-mailadres van een school, overal. De school en haar koppels blijven."""
    return _erase(call, cohort, "school", school)
