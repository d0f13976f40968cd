"""How does a plan become public? Draft, approved, published, superseded: each step once, and never a stale plan."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.core.etag import etag
from service.publishing import actions
from service.publishing.shapes import AudienceOut, PublicationOut, PublicSuggestionsOut
from service.rounds.run.shapes import RoundOut
from service.web.answers import JSON
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}", "publiceren")


@routes.post("/rounds/{round_id}/approve", openapi_extra=access(actions.approve))
def approve(call: Called, cohort: Key, round_id: Key) -> RoundOut:
    """Keur een plan goed. Daarna kan het gepubliceerd worden. If-Match mag, en geldt dan."""
    approved = actions.approve(call.work, cohort, round_id)
    call.tell(etag=etag(approved.version, approved.id))
    return approved


@routes.post("/rounds/{round_id}/publish", openapi_extra=access(actions.publish))
def publish(call: Called, cohort: Key, round_id: Key) -> PublicationOut:
    """Publiceer een goedgekeurd plan: het portaal toont het meteen, in de plaats van het vorige."""
    made = actions.publish(call.work, cohort, round_id)
    call.tell(location=path_to("/v1/cohorts/{}/publication", cohort))
    return made


@routes.get("/publication", openapi_extra=access(actions.get_publication))
def get_publication(call: Called, cohort: Key) -> PublicationOut:
    """Zeg wat er gepubliceerd is, en voor wie er iets veranderde tegenover het plan daarvoor."""
    return call.tagged(actions.get_publication(call.work, cohort), actions.tag_of)


@routes.get(
    "/rounds/{round_id}/audience",
    response_model=AudienceOut | PublicSuggestionsOut,
    response_model_exclude_none=True,  # as the portal gets it
    openapi_extra=access(actions.get_audience),
)
def get_audience(
    call: Called,
    cohort: Key,
    round_id: Key,
    school: Annotated[Key | None, Query(description="Wat deze school zal zien.")] = None,
    mentor: Annotated[Key | None, Query(description="Wat deze mentor zal zien.")] = None,
) -> AudienceOut | Response:
    """Toon vooraf wat het portaal zal tonen: de koppels, of letterlijk wat één school of mentor krijgt."""
    if school is None and mentor is None:
        return actions.get_audience(call.work, cohort, round_id)
    return Response(actions.get_audience_of_one(call.work, cohort, round_id, school, mentor), media_type=JSON)
