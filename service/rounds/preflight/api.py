"""What would a round of this cohort meet, before anything is solved?"""

from __future__ import annotations

from service.access.permissions import access
from service.rounds.preflight import actions
from service.rounds.preflight.shapes import PreflightOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/preflight", "voorbereiding")


@routes.get("", openapi_extra=access(actions.preflight))
def preflight(call: Called, cohort: Key) -> PreflightOut:
    """Zeg in woorden wat een ronde zou tegenkomen: tekorten, afspraken die botsen, mentoren die nergens kunnen."""
    return actions.preflight(call.work, cohort)
