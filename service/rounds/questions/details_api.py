"""What stands in a table of pairs besides the plan? All second choices at once, and where points come from."""

from __future__ import annotations

from service.access.permissions import access
from service.rounds.questions import actions
from service.rounds.questions.shapes import AllBesidesOut, SharesOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}", "vragen")


@routes.get("/besides", openapi_extra=access(actions.get_besides))
def get_besides(call: Called, cohort: Key, round_id: Key) -> AllBesidesOut:
    """Geef van elke school de tweede keuze en wie er achter de hand is; een lijst om naast het plan te leggen."""
    return actions.get_besides(call.work, cohort, round_id)


@routes.get("/pairings/{school}/{mentor}/points", openapi_extra=access(actions.get_shares))
def get_shares(call: Called, cohort: Key, round_id: Key, school: Key, mentor: Key) -> SharesOut:
    """Zeg waar de punten van een koppel vandaan komen: per criterium de score, het gewicht en het aandeel."""
    return actions.get_shares(call.work, cohort, round_id, school, mentor)
