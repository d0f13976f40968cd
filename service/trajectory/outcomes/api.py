"""What became of every pair, and which schools go first in the next cohort?"""

from __future__ import annotations

from service.access.permissions import access
from service.trajectory.outcomes import actions
from service.trajectory.outcomes.shapes import LedgerOut, OutcomeIn, OutcomeOut, OutcomeSummaryOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/outcomes", "begeleiding")


@routes.get("", openapi_extra=access(actions.list_outcomes))
def list_outcomes(call: Called, cohort: Key) -> Page[OutcomeOut]:
    """Geef wat er van elk gepubliceerd koppel werd."""
    return actions.list_outcomes(call.work, cohort)


@routes.get("/summary", openapi_extra=access(actions.get_outcome_summary))
def get_outcome_summary(call: Called, cohort: Key) -> OutcomeSummaryOut:
    """Tel op hoe de begeleiding ging: contacten, tevredenheid, waarom koppels stopten."""
    return actions.get_outcome_summary(call.work, cohort)


@routes.get("/ledger", openapi_extra=access(actions.get_ledger))
def get_ledger(call: Called, cohort: Key) -> Page[LedgerOut]:
    """Zeg welke scholen in de volgende cohorte voorrang krijgen, hoeveel en waarom."""
    return actions.get_ledger(call.work, cohort)


@routes.get("/{school}/{mentor}", openapi_extra=access(actions.get_outcome))
def get_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey) -> OutcomeOut:
    """Geef wat er van een koppel werd."""
    return call.tagged(actions.get_outcome(call.work, cohort, school, mentor), actions.tag_of, cohort)


@routes.put("/{school}/{mentor}", openapi_extra=access(actions.replace_outcome))
def replace_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey, body: OutcomeIn) -> OutcomeOut:
    """Noteer contacten, tevredenheid en waarom een koppel stopte; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.replace_outcome(call.work, cohort, school, mentor, body), actions.tag_of, cohort)
