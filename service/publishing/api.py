"""How does a plan become public? Draft, approved, published, superseded: each step once, and never a stale plan."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import Query, Response

from service.access.permissions import access
from service.core.crashpoints import reach
from service.core.errors import conflict, not_found
from service.core.etag import etag
from service.database.engine import Transaction
from service.publishing import store as publishing
from service.publishing.actions import _ALREADY, _locked, _publishable, _solved, changes, shown
from service.publishing.shapes import AudienceOut, PublicationOut
from service.rounds.questions import store as suggestions
from service.rounds.questions.actions import not_studied, suggestions_body
from service.rounds.questions.shapes import SuggestionsOut
from service.rounds.run import store as rounds
from service.rounds.run.actions import round_of, shape_of, solved_round_of
from service.rounds.run.shapes import RoundOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key
from service.webhooks import store as webhooks

routes = router("/v1/cohorts/{cohort}", "publiceren")


@routes.post(
    "/rounds/{round_id}/approve",
    response_model=RoundOut,
    openapi_extra=access("coordinator"),
    responses={412: EDITED[412]},
)
def approve(call: Called, cohort: Key, round_id: Key) -> Response:
    """Keur een plan goed. Daarna kan het gepubliceerd worden. If-Match mag, en geldt dan."""

    def effect(transaction: Transaction) -> Answer:
        row = _locked(call.work, transaction, cohort, round_id)
        if row.state != "draft":
            raise conflict(f"already_{row.state}", _ALREADY[row.state])
        _solved(row)
        rounds.set_state(transaction, row.id, row.version, "approved")
        call.audit(transaction, "round.approved", row.id, cohort)
        found = round_of(call.work, transaction, cohort, row.id)
        return Answer(200, shape_of(transaction, found), {"ETag": etag(found.version, found.id)})

    return call.once({"approve": round_id}, effect)


@routes.post(
    "/rounds/{round_id}/publish",
    response_model=PublicationOut,
    openapi_extra=access("coordinator"),
    responses={412: EDITED[412]},
)
def publish(call: Called, cohort: Key, round_id: Key) -> Response:
    """Publiceer een goedgekeurd plan: het portaal toont het meteen, in de plaats van het vorige."""

    def effect(transaction: Transaction) -> Answer:
        row = _locked(call.work, transaction, cohort, round_id)
        _publishable(transaction, row)
        made = publishing.publish(transaction, cohort, row.id, call.caller.by)
        reach("publish.inside")
        call.audit(transaction, "round.published", row.id, cohort, number=made.number)
        webhooks.announce(transaction, "plan.published", cohort, {"round": row.id, "number": made.number})
        return Answer(200, shown(transaction, made), {"Location": f"/v1/cohorts/{cohort}/publication"})

    reach("publish.before")
    answer = call.once({"publish": round_id}, effect)
    call.request.app.state.shown.forget(cohort)
    reach("publish.after")
    return answer


@routes.get("/publication", response_model=PublicationOut, openapi_extra=access("viewer"))
def get_publication(call: Called, cohort: Key) -> Response:
    """Zeg wat er gepubliceerd is, en voor wie er iets veranderde tegenover het plan daarvoor."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row = publishing.newest(transaction, cohort)
        if row is None:
            raise not_found("Een gepubliceerd plan", "not_published")
        shape = shown(transaction, row)
    return Answer(200, shape, {"ETag": etag(row.number, cohort)}).response()


@routes.get(
    "/rounds/{round_id}/audience",
    response_model=AudienceOut | SuggestionsOut,
    openapi_extra=access("viewer"),
)
def get_audience(
    call: Called,
    cohort: Key,
    round_id: Key,
    school: Annotated[Key | None, Query(description="Wat deze school zal zien.")] = None,
    mentor: Annotated[Key | None, Query(description="Wat deze mentor zal zien.")] = None,
) -> Response:
    """Toon vooraf wat het portaal zal tonen: de koppels, of letterlijk wat één school of mentor krijgt."""
    with call.database.read() as transaction:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        if school is not None or mentor is not None:
            return Answer(200, suggestions_body(transaction, row, school, mentor)).response()
        body = suggestions.of_round(transaction, row.id, *suggestions.PAIRINGS)
        if body is None:
            raise not_studied(transaction, row)
        now_public = publishing.newest(transaction, cohort)
        compared = now_public.round if now_public is not None and now_public.round != row.id else None
        if now_public is not None and compared is None:
            earlier = publishing.newest(transaction, cohort, below=now_public.number)
            compared = earlier.round if earlier is not None else None
        changed = changes(transaction, compared, row)
    return Answer(200, json.loads(body) | changed).response()
