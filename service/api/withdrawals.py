"""Which mentor drops out, why, and what is done about it? The published plan is repaired at once."""

from __future__ import annotations

from typing import Any

from fastapi import Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.cohorts import Limit
from service.api.locks import LockCursor
from service.api.rounds import begin_round, shape_of
from service.errors import conflict, invalid, not_found
from service.plan_words import resting_words
from service.store import cohorts, locks, members, rounds, webhooks, withdrawals
from service.store.database import Transaction
from service.wire.answers import Answer
from service.wire.publishing import WithdrawalIn, WithdrawalOut
from service.wire.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/withdrawals", "uitval")

REPAIRING = "Er wordt een ronde uitgerekend die het gepubliceerde plan herstelt met zo weinig mogelijk wijzigingen."
SOLVING = (
    "Er wordt net een ronde uitgerekend waarin deze mentor nog meedoet: dat plan blijft bewaard, maar kan niet "
    "gepubliceerd worden. Reken daarna een nieuwe ronde uit."
)
NOTHING = "Er is nog niets gepubliceerd: er valt niets te herstellen. De volgende ronde houdt er rekening mee."


def shown(row: withdrawals.WithdrawalRow) -> dict[str, Any]:
    """Write a withdrawal."""
    members_told = ("mentor", "reason", "note", "at")
    return {name: getattr(row, name) for name in members_told} | {"round": None, "next_step": ""}


@routes.get("", response_model=Page[WithdrawalOut], openapi_extra=access("coordinator"))
def list_withdrawals(call: Called, cohort: Key, limit: Limit = 50, cursor: LockCursor = None) -> Response:
    """Geef de mentoren die uitgevallen zijn, met de reden."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        rows = withdrawals.listed(transaction, cohort, cursor, limit + 1)
        call.audit(transaction, "withdrawals.read", cohort, cohort)
    more = rows[limit - 1].mentor if len(rows) > limit else None
    return Answer(200, {"items": [shown(row) for row in rows[:limit]], "next": more}).response()


@routes.post(
    "",
    response_model=WithdrawalOut,
    status_code=202,
    responses={201: {"model": WithdrawalOut, "description": "Bewaard; er is geen ronde begonnen."}},
    openapi_extra=access("coordinator"),
)
def add_withdrawal(call: Called, cohort: Key, body: WithdrawalIn) -> Response:
    """Laat een mentor uitvallen. Is er een plan gepubliceerd, dan wordt het herstel meteen uitgerekend.

    De vaste koppels van die mentor rusten: ze blijven bewaard, en tellen weer als de mentor terugkomt.
    """

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        cohorts.touch(transaction, cohort)
        pseudonym = _known(transaction, cohort, body.mentor)
        if withdrawals.find(transaction, cohort, body.mentor) is not None:
            raise conflict("already_withdrawn", "Deze mentor is al uitgevallen.")
        row = withdrawals.add(transaction, cohort, body.mentor, body.reason, body.note, call.caller.by)
        call.audit(transaction, "mentor.withdrawn", body.mentor, cohort)
        webhooks.announce(transaction, "mentor.withdrawn", cohort, {"mentor": pseudonym})
        return _repaired(call, transaction, row)

    return call.once(body, effect)


@routes.delete("/{mentor}", status_code=204, openapi_extra=access("coordinator"))
def remove_withdrawal(call: Called, cohort: Key, mentor: Key) -> Response:
    """Laat een uitgevallen mentor terugkomen; vanaf de volgende ronde doet die weer mee, met de vaste koppels."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        cohorts.touch(transaction, cohort)
        if withdrawals.find(transaction, cohort, mentor) is None:
            raise not_found("Deze uitgevallen mentor")
        withdrawals.remove(transaction, cohort, mentor)
        call.audit(transaction, "mentor.returned", mentor, cohort)
    return Answer(204).response()


def _known(transaction: Transaction, cohort: str, mentor: str) -> str:
    """Give the pseudonym of a mentor; raises Problem 422 where there is none."""
    row = members.find(transaction, "mentor", cohort, mentor)
    if row is None:
        known = [row.id for row in members.listed(transaction, "mentor", cohort)]
        guess = matcher.did_you_mean(mentor, known)
        raise invalid("/mentor", "unknown_mentor", f"Deze mentor is er niet. {guess}".strip())
    return row.pseudonym


def _resting(transaction: Transaction, row: withdrawals.WithdrawalRow) -> str:
    """Say which required pairs of a mentor rest from now on, after a space; empty for none."""
    held = [one.school for one in locks.listed(transaction, row.cohort) if _held(one, row.mentor)]
    found = (members.find(transaction, "school", row.cohort, key) for key in held)
    words = resting_words([str(one.document["name"]) for one in found if one is not None])
    return f" {words}" if words else ""


def _held(lock: locks.LockRow, mentor: str) -> bool:
    return (lock.mentor, lock.kind) == (mentor, "required")


def _repaired(call: Call, transaction: Transaction, row: withdrawals.WithdrawalRow) -> Answer:
    """Begin the repair of what is published, unless there is nothing to repair or a round is being solved."""
    place = f"/v1/cohorts/{row.cohort}"
    rests = _resting(transaction, row)
    if rounds.being_solved(transaction, row.cohort) is not None:
        return Answer(201, shown(row) | {"next_step": SOLVING + rests}, {"Location": f"{place}/withdrawals"})
    if rounds.of_state(transaction, row.cohort, "published") is None:
        return Answer(201, shown(row) | {"next_step": NOTHING + rests}, {"Location": f"{place}/withdrawals"})
    begun = begin_round(call, transaction, row.cohort, repair=True)
    told = {"round": shape_of(transaction, begun).model_dump(), "next_step": REPAIRING + rests}
    return Answer(202, shown(row) | told, {"Location": f"{place}/rounds/{begun.id}"})
