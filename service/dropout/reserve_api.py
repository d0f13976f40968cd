"""Which mentor in reserve is put in service? The published plan is repaired at once."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.dropout import actions
from service.dropout.shapes import ActivationIn, ActivationOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/activations", "uitval")


@routes.post(
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


@routes.delete("/{mentor}", status_code=204, openapi_extra=access(actions.stand_by))
def stand_by(call: Called, cohort: Key, mentor: Key) -> None:
    """Zet een mentor weer achter de hand, vanaf de volgende ronde."""
    actions.stand_by(call.work, cohort, mentor)
