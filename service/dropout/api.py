"""Which mentor drops out, why, and what is done about it? The published plan is repaired at once."""

from __future__ import annotations

from fastapi import Response

from service.access import scope
from service.access.permissions import access
from service.cohorts.members import withdrawn_store
from service.core.errors import conflict, not_found
from service.database.engine import Transaction
from service.dropout.actions import _known, _repaired, shown
from service.dropout.shapes import WithdrawalIn, WithdrawalOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page
from service.webhooks import store as webhooks

routes = router("/v1/cohorts/{cohort}/withdrawals", "uitval")


@routes.get("", response_model=Page[WithdrawalOut], openapi_extra=access("coordinator"))
def list_withdrawals(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de mentoren die uitgevallen zijn, met de reden."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        rows = withdrawn_store.listed(transaction, cohort, cursor, limit + 1)
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
        scope.touch(transaction, cohort)
        pseudonym = _known(transaction, cohort, body.mentor)
        if withdrawn_store.find(transaction, cohort, body.mentor) is not None:
            raise conflict("already_withdrawn", "Deze mentor is al uitgevallen.")
        row = withdrawn_store.add(transaction, cohort, body.mentor, body.reason, body.note, call.caller.by)
        call.audit(transaction, "mentor.withdrawn", body.mentor, cohort)
        webhooks.announce(transaction, "mentor.withdrawn", cohort, {"mentor": pseudonym})
        return _repaired(call.work, transaction, row)

    return call.once(body, effect)


@routes.delete("/{mentor}", status_code=204, openapi_extra=access("coordinator"))
def remove_withdrawal(call: Called, cohort: Key, mentor: Key) -> Response:
    """Laat een uitgevallen mentor terugkomen; vanaf de volgende ronde doet die weer mee, met de vaste koppels."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        scope.touch(transaction, cohort)
        if withdrawn_store.find(transaction, cohort, mentor) is None:
            raise not_found("Deze uitgevallen mentor")
        withdrawn_store.remove(transaction, cohort, mentor)
        call.audit(transaction, "mentor.returned", mentor, cohort)
    return Answer(204).response()
