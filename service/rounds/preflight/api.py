"""What would a round of this cohort meet, before anything is solved?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.rounds.given.round_of_rows import given_of
from service.rounds.preflight.actions import looked_at
from service.rounds.preflight.shapes import PreflightOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/preflight", "voorbereiding")


@routes.get("", response_model=PreflightOut, openapi_extra=access("coordinator"))
def preflight(call: Called, cohort: Key) -> Response:
    """Zeg in woorden wat een ronde zou tegenkomen: tekorten, afspraken die botsen, mentoren die nergens kunnen."""
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        given = given_of(transaction, cohort)
        call.audit(transaction, "preflight.read", cohort, cohort)
    return Answer(200, looked_at(given)).response()
