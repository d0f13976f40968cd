"""Who reads which school for the Award? Shared in a job: nobody with a tie, the work even."""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import path_to
from service.trajectory.award import jury_actions as actions
from service.trajectory.award.shapes import JuryAskedOut, JuryIn, JuryOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/award/jury", "award")


@routes.post("", status_code=202, openapi_extra=access(actions.share_jury))
def share_jury(call: Called, cohort: Key, body: JuryIn) -> JuryAskedOut:
    """Verdeel de scholen over de juryleden: nooit iemand met een band, het werk zo gelijk mogelijk."""
    call.tell(location=path_to("/v1/cohorts/{}/award/jury", cohort))
    return actions.share_jury(call.work, cohort, body)


@routes.get("", openapi_extra=access(actions.get_jury))
def get_jury(call: Called, cohort: Key) -> JuryOut:
    """Geef wie welke school leest, en wat al gescoord is."""
    return call.tagged(actions.get_jury(call.work, cohort), actions.tag_of, cohort)
