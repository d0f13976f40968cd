"""What can staff ask about a solved plan? Why, why not, prices, what if, drop-outs, proof, second choices, points."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

import matcher
from service.access.permissions import access
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import LATER, told_in_time
from service.rounds.questions import actions
from service.rounds.questions.shapes import (
    AllBesidesOut,
    CertificateOut,
    ComparisonOut,
    LadderOut,
    PairOut,
    PriceOut,
    ResilienceOut,
    RobustnessOut,
    SharesOut,
    SuggestionsOut,
    WhatIfIn,
)
from service.web.answers import BOOK, TABLE, XLSX, book_answer, pieces_answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Shape

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}", "vragen")


@routes.get("/alternatives", openapi_extra=access(actions.get_alternatives))
def get_alternatives(
    call: Called, cohort: Key, round_id: Key, school: Key | None = None, mentor: Key | None = None
) -> SuggestionsOut:
    """Geef wie er nog bij een school past, of welke scholen bij een mentor: de goedkoopste eerst, met redenen."""
    return actions.get_alternatives(call.work, cohort, round_id, school, mentor)


@routes.get(
    "/pairings/{school}/{mentor}", response_model=PairOut, responses=LATER, openapi_extra=access(actions.ask_pair)
)
async def get_pairing(call: Called, cohort: Key, round_id: Key, school: Key, mentor: Key) -> Any:  # noqa: ANN401
    """Zeg waarom een koppel (niet), wat het kost, en wat eraan te doen is."""
    job = await run_in_threadpool(actions.ask_pair, call.work, cohort, round_id, school, mentor)
    return await told_in_time(call, job, PairOut.model_validate)


@routes.post("/what-if", response_model=PriceOut, responses=LATER, openapi_extra=access(actions.ask_what_if))
async def ask_what_if(call: Called, cohort: Key, round_id: Key, body: WhatIfIn) -> Any:  # noqa: ANN401
    """Zeg wat andere afspraken of een uitval zouden kosten en wie dan verandert; er wordt niets gewijzigd."""
    job = await run_in_threadpool(actions.ask_what_if, call.work, cohort, round_id, body)
    return await told_in_time(call, job, PriceOut.model_validate)


@routes.get("/resilience", openapi_extra=access(actions.get_resilience))
def get_resilience(call: Called, cohort: Key, round_id: Key) -> ResilienceOut:
    """Zeg wat er gebeurt als een mentor uitvalt, elke mentor om de beurt, en wie best achter de hand blijft."""
    return actions.get_resilience(call.work, cohort, round_id)


@routes.get("/ladder", response_model=LadderOut, responses=LATER, openapi_extra=access(actions.ask_ladder))
async def get_ladder(call: Called, cohort: Key, round_id: Key, most: Annotated[int, Query(ge=0, le=50)] = 10) -> Any:  # noqa: ANN401
    """Zeg wat meer wijzigingen zouden opbrengen dan het herstel nodig heeft, stap voor stap."""
    job = await run_in_threadpool(actions.ask_ladder, call.work, cohort, round_id, most)
    return await told_in_time(call, job, lambda found: LadderOut.model_validate({"rungs": found}))


@routes.get("/comparison", response_model=ComparisonOut, responses=LATER, openapi_extra=access(actions.ask_comparison))
async def get_comparison(
    call: Called,
    cohort: Key,
    round_id: Key,
    other: Annotated[
        Key | None, Query(alias="with", description="De andere ronde; anders die welke ze herstelt.")
    ] = None,
) -> Any:  # noqa: ANN401
    """Zeg wat er veranderde tegenover een ander plan: wie schuift, waarom, en wat elk doel won of verloor."""
    job, ids = await run_in_threadpool(actions.ask_comparison, call.work, cohort, round_id, other)
    return await told_in_time(call, job, lambda found: ComparisonOut.model_validate(ids | found))


async def _told_or_book(call: Called, job: JobOut, shape: type[Shape], name: str, form: str | None) -> Any:  # noqa: ANN401
    """Answer in the shape, or as the workbook with this name, as `format` or else `Accept` asks."""
    as_book = form == "xlsx" or (form is None and XLSX in call.request.headers.get("accept", ""))

    def told(found: dict[str, Any]) -> Shape | Response:
        book = found.pop("workbook")
        return book_answer(book, name) if as_book else shape.model_validate(found)

    return await told_in_time(call, job, told)


@routes.get(
    "/certificate",
    response_model=CertificateOut,
    responses=LATER | BOOK,
    openapi_extra=access(actions.ask_certificate),
)
async def get_certificate(
    call: Called,
    cohort: Key,
    round_id: Key,
    form: Annotated[Literal["json", "xlsx"] | None, Query(alias="format")] = None,
) -> Any:  # noqa: ANN401
    """Geef het bewijs dat er geen beter plan is: in het kort, of als werkboek dat ieder kan narekenen."""
    job = await run_in_threadpool(actions.ask_certificate, call.work, cohort, round_id)
    return await _told_or_book(call, job, CertificateOut, "bewijs.xlsx", form)


@routes.get(
    "/robustness",
    response_model=RobustnessOut,
    responses=LATER | BOOK,
    openapi_extra=access(actions.ask_robustness),
)
async def get_robustness(
    call: Called,
    cohort: Key,
    round_id: Key,
    form: Annotated[Literal["json", "xlsx"] | None, Query(alias="format")] = None,
) -> Any:  # noqa: ANN401
    """Zeg hoe vast het plan staat: bij welke gewichten het het beste blijft, wie één keuze heeft, wat spreiden kost."""
    job = await run_in_threadpool(actions.ask_robustness, call.work, cohort, round_id)
    return await _told_or_book(call, job, RobustnessOut, "stevigheid.xlsx", form)


@routes.get(
    "/plan.xlsx", response_class=Response, responses=LATER | BOOK, openapi_extra=access(actions.ask_plan_workbook)
)
async def get_plan_workbook(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het plan als werkboek, met de contactgegevens om brieven samen te voegen."""
    job = await run_in_threadpool(actions.ask_plan_workbook, call.work, cohort, round_id)
    return await told_in_time(call, job, lambda found: book_answer(found, "plan.xlsx"))


@routes.get("/pairs.csv", response_class=StreamingResponse, responses=TABLE, openapi_extra=access(actions.list_pairs))
def list_pairs(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef alle mogelijke koppels als CSV, per school het beste eerst: ook wat niet in het werkboek past."""
    return pieces_answer(actions.list_pairs(call.work, cohort, round_id), matcher.PAIR_LIST)


@routes.get("/besides", openapi_extra=access(actions.get_besides))
def get_besides(call: Called, cohort: Key, round_id: Key) -> AllBesidesOut:
    """Geef van elke school de tweede keuze en wie er achter de hand is; een lijst om naast het plan te leggen."""
    return actions.get_besides(call.work, cohort, round_id)


@routes.get("/pairings/{school}/{mentor}/points", openapi_extra=access(actions.get_shares))
def get_shares(call: Called, cohort: Key, round_id: Key, school: Key, mentor: Key) -> SharesOut:
    """Zeg waar de punten van een koppel vandaan komen: per criterium de score, het gewicht en het aandeel."""
    return actions.get_shares(call.work, cohort, round_id, school, mentor)
