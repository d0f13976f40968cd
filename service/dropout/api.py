"""Which mentor drops out, why, and what is done about it? The published plan is repaired at once."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.dropout import actions
from service.dropout.shapes import WithdrawalIn, WithdrawalOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/withdrawals", "uitval")


@routes.get("", openapi_extra=access(actions.list_withdrawals))
def list_withdrawals(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Page[WithdrawalOut]:
    """Geef de mentoren die uitgevallen zijn, met de reden."""
    return actions.list_withdrawals(call.work, cohort, limit, cursor)


@routes.post(
    "",
    status_code=202,
    responses={201: {"model": WithdrawalOut, "description": "Bewaard; er is geen ronde begonnen."}},
    openapi_extra=access(actions.add_withdrawal),
)
def add_withdrawal(call: Called, cohort: Key, body: WithdrawalIn, response: Response) -> WithdrawalOut:
    """Laat een mentor uitvallen. Is er een plan gepubliceerd, dan wordt het herstel meteen uitgerekend.

    De vaste koppels van die mentor rusten: ze blijven bewaard, en tellen weer als de mentor terugkomt.
    """
    made = actions.add_withdrawal(call.work, cohort, body)
    response.status_code = 201 if made.round is None else 202
    if made.round is None:
        call.tell(location=path_to("/v1/cohorts/{}/withdrawals", cohort))
    else:
        call.tell(location=path_to("/v1/cohorts/{}/rounds/{}", cohort, made.round.id))
    return made


@routes.delete("/{mentor}", status_code=204, openapi_extra=access(actions.remove_withdrawal))
def remove_withdrawal(call: Called, cohort: Key, mentor: Key) -> None:
    """Laat een uitgevallen mentor terugkomen; vanaf de volgende ronde doet die weer mee, met de vaste koppels."""
    actions.remove_withdrawal(call.work, cohort, mentor)
