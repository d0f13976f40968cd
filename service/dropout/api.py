"""Which mentor drops out, or comes out of the reserve? The published plan is repaired at once."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.dropout import actions
from service.dropout.shapes import ActivationIn, ActivationOut, WithdrawalIn, WithdrawalOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/withdrawals", "uitval")
activations = router("/v1/cohorts/{cohort}/activations", "uitval")


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


@activations.post(
    "",
    status_code=202,
    responses={201: {"model": ActivationOut, "description": "Bewaard; er is geen ronde begonnen."}},
    openapi_extra=access(actions.activate_mentor),
)
def activate_mentor(call: Called, cohort: Key, body: ActivationIn, response: Response) -> ActivationOut:
    """Zet een mentor in die achter de hand stond. Is er een plan gepubliceerd, dan wordt het meteen hersteld."""
    made = actions.activate_mentor(call.work, cohort, body)
    response.status_code = 201 if made.round is None else 202
    place = ("mentors", made.mentor) if made.round is None else ("rounds", made.round.id)
    call.tell(location=path_to("/v1/cohorts/{}/{}/{}", cohort, *place))
    return made


@activations.delete("/{mentor}", status_code=204, openapi_extra=access(actions.stand_by))
def stand_by(call: Called, cohort: Key, mentor: Key) -> None:
    """Zet een mentor weer achter de hand, vanaf de volgende ronde."""
    actions.stand_by(call.work, cohort, mentor)
