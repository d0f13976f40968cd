"""What can staff ask about a plan that is solved? Alternatives, why and why not, prices, what if, drop-outs, proof."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import access
from service.api.asking import Question, accepted, answered, asked, enqueue
from service.api.rounds import solved_round_of
from service.errors import Problem, conflict, invalid
from service.store import jobs, rounds, suggestions
from service.store.database import Transaction
from service.wire.answers import Answer
from service.wire.publishing import SuggestionsOut
from service.wire.questions import CertificateOut, ComparisonOut, LadderOut, PairOut, PriceOut, ResilienceOut, WhatIfIn
from service.wire.rounds import JobOut
from service.wire.shapes import Key

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
        row = solved_round_of(call, transaction, cohort, round_id)
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
        row = solved_round_of(call, transaction, cohort, round_id)
        return cohort, Question(row.id, "pair", {"school": school_of(row, school), "mentor": mentor_of(row, mentor)})

    return await answered(call, await run_in_threadpool(asked, call, question), lambda found: Answer(200, found))


@routes.post("/what-if", response_model=PriceOut, responses=LATER, openapi_extra=access("coordinator"))
async def ask_what_if(call: Called, cohort: Key, round_id: Key, body: WhatIfIn) -> Response:
    """Zeg wat andere afspraken of een uitval zouden kosten en wie dan verandert; er wordt niets gewijzigd."""

    def effect(transaction: Transaction) -> Answer:
        row = solved_round_of(call, transaction, cohort, round_id)
        question = Question(row.id, "what_if", _tried(row, body))
        call.audit(transaction, "round.asked.what_if", row.id, cohort)
        return accepted(enqueue(transaction, cohort, question))

    waiting = await run_in_threadpool(call.once, body, effect)
    return await answered(call, waiting, lambda found: Answer(200, found))


@routes.get("/resilience", response_model=ResilienceOut, openapi_extra=access("coordinator"))
def get_resilience(call: Called, cohort: Key, round_id: Key) -> Response:
    """Zeg wat er gebeurt als een mentor uitvalt, elke mentor om de beurt, en wie best achter de hand blijft."""
    with call.database.read() as transaction:
        row = solved_round_of(call, transaction, cohort, round_id)
        if row.findings is None:
            raise not_studied(transaction, row)
    return Answer(200, row.findings["resilience"]).response()


@routes.get("/ladder", response_model=LadderOut, responses=LATER, openapi_extra=access("coordinator"))
async def get_ladder(
    call: Called, cohort: Key, round_id: Key, most: Annotated[int, Query(ge=0, le=50)] = 10
) -> Response:
    """Zeg wat meer wijzigingen zouden opbrengen dan het herstel nodig heeft, stap voor stap."""

    def question(transaction: Transaction) -> tuple[str, Question]:
        row = solved_round_of(call, transaction, cohort, round_id)
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
        row = solved_round_of(call, transaction, cohort, round_id)
        if other is None and row.previous is None:
            raise conflict(
                "nothing_to_compare", "Deze ronde herstelt geen eerder plan. Zeg met «with» met welke ronde."
            )
        before = solved_round_of(call, transaction, cohort, other or str(row.previous))
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
        return cohort, Question(solved_round_of(call, transaction, cohort, round_id).id, "certificate", {})

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
        return cohort, Question(solved_round_of(call, transaction, cohort, round_id).id, "plan_workbook", {})

    def told(found: str) -> Answer:
        headers = {"Content-Disposition": 'attachment; filename="plan.xlsx"'}
        return Answer(200, base64.b64decode(found), headers, XLSX)

    return await answered(call, await run_in_threadpool(asked, call, question), told)


def suggestions_of(
    transaction: Transaction, row: rounds.RoundRow, school: str | None, mentor: str | None
) -> dict[str, Any]:
    """Give the suggestions of one school or mentor as the portal will; raises Problem 404, 409 or 422."""
    return json.loads(suggestions_body(transaction, row, school, mentor))  # type: ignore[no-any-return]


def suggestions_body(transaction: Transaction, row: rounds.RoundRow, school: str | None, mentor: str | None) -> bytes:
    """Give the very bytes that the portal gets for one school or mentor."""
    if (school is None) == (mentor is None):
        raise invalid("/query/school", "one_of_both", "Vraag naar één school (school=) of naar één mentor (mentor=).")
    if school is not None:
        side, subject = "school", school_of(row, school)
    else:
        side, key = "mentor", mentor_of(row, str(mentor))
        subject = suggestions.pseudonyms(transaction, row.cohort).get(key, "")
    body = suggestions.of_round(transaction, row.id, side, subject)
    if body is None:
        raise not_studied(transaction, row)
    return body


def not_studied(transaction: Transaction, row: rounds.RoundRow) -> Problem:
    """Answer that what follows from a plan is still being worked out, or never will be."""
    job = jobs.unfinished(transaction, row.id, "study_round")
    found = jobs.find(transaction, job) if job is not None else None
    detail = "Wat uit dit plan volgt, wordt nog uitgezocht. Probeer het zo opnieuw."
    if found is not None and found.ended:
        detail = "Het uitzoeken van wat uit dit plan volgt, is gestopt of mislukt. Reken een nieuwe ronde uit."
    return conflict("not_studied", detail, job=f"/v1/jobs/{job}" if job is not None else None)


def school_of(row: rounds.RoundRow, key: str) -> str:
    """Give the number of a school of a round; raises Problem 404 with the nearest."""
    return _member_of(row, "school", key)


def mentor_of(row: rounds.RoundRow, key: str) -> str:
    """Give the number of a mentor of a round; raises Problem 404 with the nearest."""
    return _member_of(row, "mentor", key)


def _member_of(row: rounds.RoundRow, side: Literal["school", "mentor"], key: str) -> str:
    assert row.given is not None  # noqa: S101 - found with its documents
    if any(one["id"] == key for one in row.given[f"{side}s"]):
        return key
    given = matcher.round_from_document(row.given)
    try:
        return matcher.find_school(given, key) if side == "school" else matcher.find_mentor(given, key)
    except matcher.InvalidValueError as error:
        raise Problem(404, f"unknown_{side}", str(error)) from error


def _tried(row: rounds.RoundRow, body: WhatIfIn) -> dict[str, Any]:
    """Give what to try, the same for equal questions; raises Problem 422 where it names nothing or nobody."""
    if not body.locks and not body.withdrawn:
        raise invalid("", "nothing_asked", "Zeg welke afspraken of welke uitval u wilt uitproberen.")
    locks = []
    for place, one in enumerate(body.locks):
        found = {
            "school": _named(row, "school", one.school, f"/locks/{place}/school"),
            "mentor": _named(row, "mentor", one.mentor, f"/locks/{place}/mentor"),
        }
        locks.append(one.model_dump() | found)
    withdrawn = {_named(row, "mentor", one, f"/withdrawn/{place}") for place, one in enumerate(body.withdrawn)}
    locks.sort(key=lambda one: (one["school"], one["mentor"], one["kind"]))
    return {"locks": locks, "withdrawn": sorted(withdrawn)}


def _named(row: rounds.RoundRow, side: Literal["school", "mentor"], key: str, pointer: str) -> str:
    try:
        return _member_of(row, side, key)
    except Problem as problem:
        raise invalid(pointer, problem.code, problem.detail) from problem
