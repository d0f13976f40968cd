"""How is all that is kept about a person gathered, or erased?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from service.core.errors import not_found
from service.database.ids import now
from service.records.privacy import erasure, personal
from service.records.privacy.shapes import AboutOut, ErasedOut
from service.web.answers import Answer

if TYPE_CHECKING:
    from fastapi import Response

    from service.cohorts.members.store import Side
    from service.database.engine import Transaction
    from service.web.call import Call


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
