"""How does a plan become public? Draft, approved, published, superseded: each step once, and never a stale plan."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Query, Response

from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.questions import not_studied, suggestions_body
from service.api.rounds import is_stale, round_of, shape_of, solved_round_of
from service.crashpoints import reach
from service.errors import conflict, not_found
from service.store import cohorts, jobs, publishing, rounds, suggestions, webhooks
from service.store.database import Transaction
from service.wire.answers import Answer, etag
from service.wire.publishing import AudienceOut, PublicationOut, SuggestionsOut
from service.wire.rounds import RoundOut
from service.wire.shapes import EDITED, Key

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
        row = _locked(call, transaction, cohort, round_id)
        if row.state != "draft":
            raise conflict(f"already_{row.state}", _ALREADY[row.state])
        _solved(row)
        rounds.set_state(transaction, row.id, row.version, "approved")
        call.audit(transaction, "round.approved", row.id, cohort)
        found = round_of(call, transaction, cohort, row.id)
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
        row = _locked(call, transaction, cohort, round_id)
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
        row = solved_round_of(call, transaction, cohort, round_id)
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


def shown(transaction: Transaction, row: publishing.PublicationRow) -> dict[str, Any]:
    """Write a publication."""
    now_public = rounds.by_id(transaction, row.round)
    assert now_public is not None  # noqa: S101 - a publication goes with its round
    before = publishing.newest(transaction, row.cohort, below=row.number)
    plan = now_public.plan or {"pairs": []}
    told = {"cohort": row.cohort, "number": row.number, "round": row.round, "at": row.at, "pairs": len(plan["pairs"])}
    earlier = before.round if before is not None else None
    return told | {"before": earlier} | changes(transaction, earlier, now_public)


def changes(transaction: Transaction, before: str | None, row: rounds.RoundRow) -> dict[str, Any]:
    """Tell for whom a round's plan differs from an earlier one; from nothing it differs for everybody."""
    earlier = rounds.by_id(transaction, before) if before is not None else None
    old = _by_school(earlier.plan if earlier is not None else None)
    new = _by_school(row.plan)
    moved = [
        {
            "school": one,
            "goes": sorted(old.get(one, set()) - new.get(one, set())),
            "comes": sorted(new.get(one, set()) - old.get(one, set())),
        }
        for one in sorted(old.keys() | new.keys())
        if old.get(one) != new.get(one)
    ]
    return {"changes": moved, "mentors": sorted({who for one in moved for who in (*one["goes"], *one["comes"])})}


def _by_school(plan: Any) -> dict[str, set[str]]:  # noqa: ANN401 - a document, or none
    found: dict[str, set[str]] = {}
    for pair in plan["pairs"] if plan is not None else ():
        found.setdefault(pair["school"], set()).add(pair["mentor"])
    return found


_ALREADY = {
    "approved": "Dit plan is al goedgekeurd. U kunt het publiceren.",
    "published": "Dit plan is al gepubliceerd.",
    "superseded": "Dit plan is al vervangen door een nieuwer. Reken een nieuwe ronde uit.",
}


def _locked(call: Call, transaction: Transaction, cohort: str, round_id: str) -> rounds.RoundRow:
    """Give the round while nobody else publishes, or changes what is published, in this cohort."""
    call.cohort(transaction, cohort)
    cohorts.touch(transaction, cohort)
    row = round_of(call, transaction, cohort, round_id)
    if "if-match" in call.request.headers:
        call.must_match(row.version, row.id)
    return row


def _solved(row: rounds.RoundRow) -> None:
    if row.plan is None or row.plan["status"] not in ("proven", "feasible"):
        raise conflict("no_plan", "Deze ronde heeft (nog) geen plan.", job=f"/v1/jobs/{row.job}")


def _publishable(transaction: Transaction, row: rounds.RoundRow) -> None:
    """Refuse what is not approved, not finished, or made of data that changed; raises Problem 409."""
    if row.state in ("published", "superseded"):
        raise conflict(f"already_{row.state}", _ALREADY[row.state])
    _solved(row)
    if row.state != "approved":
        raise conflict("not_approved", "Dit plan is nog niet goedgekeurd. Keur het eerst goed.")
    if not jobs.all_done(transaction, row.id, "study_round"):
        raise not_studied(transaction, row)
    public = publishing.newest(transaction, row.cohort)
    if row.previous is not None and (public is None or public.round != row.previous):
        detail = "Dit plan herstelt een plan dat intussen vervangen is. Reken een nieuwe ronde uit."
        raise conflict("other_published", detail)
    if is_stale(transaction, row):
        detail = "De gegevens zijn gewijzigd sinds dit plan gemaakt is. Reken een nieuwe ronde uit."
        raise conflict("stale", detail)
