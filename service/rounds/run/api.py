"""How is a round run, followed, and read? Asking for one answers at once; the plan comes later."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.rounds.run import actions
from service.rounds.run.shapes import PairingOut, RoundIn, RoundOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/rounds", "rondes")


@routes.post("", status_code=202, openapi_extra=access(actions.add_round))
def add_round(call: Called, cohort: Key, body: RoundIn) -> RoundOut:
    """Reken een ronde uit met de gegevens van nu. Het antwoord komt meteen; volg de berekening op `Location`."""
    begun = actions.add_round(call.work, cohort, body)
    call.tell(location=path_to("/v1/cohorts/{}/rounds/{}", cohort, begun.id))
    return begun


@routes.get("", openapi_extra=access(actions.list_rounds))
def list_rounds(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Page[RoundOut]:
    """Geef de rondes van een cohorte, de nieuwste eerst."""
    return actions.list_rounds(call.work, cohort, limit, cursor)


@routes.get("/{round_id}", openapi_extra=access(actions.get_round))
def get_round(call: Called, cohort: Key, round_id: Key) -> RoundOut:
    """Geef een ronde met haar plan in het kort; `laatste` en `gepubliceerd` zijn ook namen."""
    return call.tagged(actions.get_round(call.work, cohort, round_id), actions.tag_of)


@routes.delete("/{round_id}", status_code=202, openapi_extra=access(actions.stop_round))
def stop_round(call: Called, cohort: Key, round_id: Key) -> RoundOut:
    """Stop de berekening van een ronde; het beste plan tot dan toe blijft bewaard."""
    return actions.stop_round(call.work, cohort, round_id)


@routes.get("/{round_id}/pairings", openapi_extra=access(actions.list_pairings))
def list_pairings(call: Called, cohort: Key, round_id: Key) -> Page[PairingOut]:
    """Geef de koppels van een ronde, elk met zijn redenen."""
    return actions.list_pairings(call.work, cohort, round_id)


@routes.get(
    "/{round_id}/plan",
    openapi_extra=access(actions.get_plan),
    responses={200: {"content": {"application/json": {}}}},
)
def get_plan(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het hele plan als plan.json, zoals het programma op de opdrachtregel het schrijft."""
    return Answer(200, dict(actions.get_plan(call.work, cohort, round_id))).response()
