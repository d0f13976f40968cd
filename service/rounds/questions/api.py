"""What can staff ask about a plan that is solved? Alternatives, why and why not, prices, what if, drop-outs, proof."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.core.errors import conflict
from service.database.engine import Transaction
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import Question, accepted, answered, asked, enqueue
from service.rounds.questions import store as suggestions
from service.rounds.questions.actions import _tried, mentor_of, not_studied, school_of, suggestions_of
from service.rounds.questions.shapes import (
    CertificateOut,
    ComparisonOut,
    LadderOut,
    PairOut,
    PriceOut,
    ResilienceOut,
    SuggestionsOut,
    WhatIfIn,
)
from service.rounds.run.actions import solved_round_of
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}", "vragen")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATER: dict[int | str, dict[str, Any]] = {202: {"model": JobOut, "description": "Nog bezig: vraag het zo opnieuw."}}
BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}


@routes.get("/alternatives", response_model=SuggestionsOut, openapi_extra=access("viewer"))
def get_alternatives(
    call: Called, cohort: Key, round_id: Key, school: Key | None = None, mentor: Key | None = None
) -> Response:
    """Geef wie er nog bij een school past, of welke scholen bij een mentor: de goedkoopste eerst, met redenen."""
    with call.database.read() as transaction:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        found = suggestions_of(transaction, row, school, mentor)
        names = {pseudonym: key for key, pseudonym in suggestions.pseudonyms(transaction, cohort).items()}
    shown = {
        kind: [one | {"mentor": names[one["mentor"]]} for one in items if one["mentor"] in names]
        for kind, items in found.items()
    }
    return Answer(200, shown).response()


@routes.get("/pairings/{school}/{mentor}", response_model=PairOut, responses=LATER, openapi_extra=access("coordinator"))
async def get_pairing(call: Called, cohort: Key, round_id: Key, school: Key, mentor: Key) -> Response:
    """Zeg waarom een koppel (niet), wat het kost, en wat eraan te doen is."""

    def question(transaction: Transaction) -> tuple[str, Question]:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        return cohort, Question(row.id, "pair", {"school": school_of(row, school), "mentor": mentor_of(row, mentor)})

    return await answered(call, await run_in_threadpool(asked, call, question), lambda found: Answer(200, found))


@routes.post("/what-if", response_model=PriceOut, responses=LATER, openapi_extra=access("coordinator"))
async def ask_what_if(call: Called, cohort: Key, round_id: Key, body: WhatIfIn) -> Response:
    """Zeg wat andere afspraken of een uitval zouden kosten en wie dan verandert; er wordt niets gewijzigd."""

    def effect(transaction: Transaction) -> Answer:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        question = Question(row.id, "what_if", _tried(row, body))
        call.audit(transaction, "round.asked.what_if", row.id, cohort)
        return accepted(enqueue(transaction, cohort, question))

    waiting = await run_in_threadpool(call.once, body, effect)
    return await answered(call, waiting, lambda found: Answer(200, found))


@routes.get("/resilience", response_model=ResilienceOut, openapi_extra=access("coordinator"))
def get_resilience(call: Called, cohort: Key, round_id: Key) -> Response:
    """Zeg wat er gebeurt als een mentor uitvalt, elke mentor om de beurt, en wie best achter de hand blijft."""
    with call.database.read() as transaction:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        if row.findings is None:
            raise not_studied(transaction, row)
    return Answer(200, row.findings["resilience"]).response()


@routes.get("/ladder", response_model=LadderOut, responses=LATER, openapi_extra=access("coordinator"))
async def get_ladder(
    call: Called, cohort: Key, round_id: Key, most: Annotated[int, Query(ge=0, le=50)] = 10
) -> Response:
    """Zeg wat meer wijzigingen zouden opbrengen dan het herstel nodig heeft, stap voor stap."""

    def question(transaction: Transaction) -> tuple[str, Question]:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        if row.previous is None:
            raise conflict(
                "not_a_repair", "Deze ronde herstelt geen eerder plan: er zijn geen wijzigingen om te wegen."
            )
        return cohort, Question(row.id, "ladder", {"most": most})

    waiting = await run_in_threadpool(asked, call, question)
    return await answered(call, waiting, lambda found: Answer(200, {"rungs": found}))


@routes.get("/comparison", response_model=ComparisonOut, responses=LATER, openapi_extra=access("coordinator"))
async def get_comparison(
    call: Called,
    cohort: Key,
    round_id: Key,
    other: Annotated[
        Key | None, Query(alias="with", description="De andere ronde; anders die welke ze herstelt.")
    ] = None,
) -> Response:
    """Zeg wat er veranderde tegenover een ander plan: wie schuift, waarom, en wat elk doel won of verloor."""
    ids: dict[str, str] = {}

    def question(transaction: Transaction) -> tuple[str, Question]:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        if other is None and row.previous is None:
            raise conflict(
                "nothing_to_compare", "Deze ronde herstelt geen eerder plan. Zeg met «with» met welke ronde."
            )
        before = solved_round_of(call.work, transaction, cohort, other or str(row.previous))
        ids.update(round=row.id, before=before.id)
        return cohort, Question(row.id, "comparison", {"plan": before.plan}, before.id)

    waiting = await run_in_threadpool(asked, call, question)
    return await answered(call, waiting, lambda found: Answer(200, ids | found))


@routes.get("/certificate", response_model=CertificateOut, responses=LATER | BOOK, openapi_extra=access("coordinator"))
async def get_certificate(
    call: Called,
    cohort: Key,
    round_id: Key,
    form: Annotated[Literal["json", "xlsx"] | None, Query(alias="format")] = None,
) -> Response:
    """Geef het bewijs dat er geen beter plan is: in het kort, of als werkboek dat ieder kan narekenen."""
    as_book = form == "xlsx" or (form is None and XLSX in call.request.headers.get("accept", ""))

    def question(transaction: Transaction) -> tuple[str, Question]:
        return cohort, Question(solved_round_of(call.work, transaction, cohort, round_id).id, "certificate", {})

    def told(found: Mapping[str, Any]) -> Answer:
        if not as_book:
            return Answer(200, {name: value for name, value in found.items() if name != "workbook"})
        headers = {"Content-Disposition": 'attachment; filename="bewijs.xlsx"'}
        return Answer(200, base64.b64decode(found["workbook"]), headers, XLSX)

    return await answered(call, await run_in_threadpool(asked, call, question), told)


@routes.get("/plan.xlsx", response_class=Response, responses=LATER | BOOK, openapi_extra=access("coordinator"))
async def get_plan_workbook(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het plan als werkboek, met de contactgegevens om brieven samen te voegen."""

    def question(transaction: Transaction) -> tuple[str, Question]:
        return cohort, Question(solved_round_of(call.work, transaction, cohort, round_id).id, "plan_workbook", {})

    def told(found: str) -> Answer:
        headers = {"Content-Disposition": 'attachment; filename="plan.xlsx"'}
        return Answer(200, base64.b64decode(found), headers, XLSX)

    return await answered(call, await run_in_threadpool(asked, call, question), told)
