"""What can staff ask about a year of sessions? Why this session, when else, and what it costs to fix one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.core.errors import invalid
from service.database.engine import Transaction
from service.jobs.wait_for_answer import Question, answered, asked
from service.network.questions.actions import _asking
from service.network.season.actions import planned_season_of
from service.network.season.shapes import NoDateIn, NoDateOut, PinPriceIn, PinPriceOut, RoundNumber, WhyOut
from service.rounds.questions.api import LATER
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/seasons/{season}", "sessies")

Who = Annotated[str, Query(max_length=200, description="School of gastheer: nummer of naam. Leeg: de hele ronde.")]


@routes.get("/why", response_model=WhyOut, responses=LATER, openapi_extra=access("coordinator"))
async def get_why_sessions(
    call: Called, cohort: Key, season: Key, number: Annotated[RoundNumber, Query(alias="round")], who: Who = ""
) -> Response:
    """Zeg waarom deze scholen samenzitten, waarom daar, en waarom dan."""

    def question(transaction: Transaction) -> tuple[str, Question]:
        row = planned_season_of(call.work, transaction, cohort, season)
        return cohort, Question(row.id, "why", {"round": number, "who": who}, of="season")

    waiting = await run_in_threadpool(asked, call, question)
    return await answered(call, waiting, lambda found: Answer(200, {"sessions": found}))


@routes.post("/no-date", response_model=NoDateOut, responses=LATER, openapi_extra=access("coordinator"))
async def ask_no_date(call: Called, cohort: Key, season: Key, body: NoDateIn) -> Response:
    """Zeg wanneer een groep in een ronde nog kan, of wat haar in de weg zit; er wordt niets gewijzigd."""
    effect = _asking(call.work, cohort, season, "no_date", body.model_dump(mode="json"))
    return await answered(call, await run_in_threadpool(call.once, body, effect), lambda found: Answer(200, found))


@routes.post("/price", response_model=PinPriceOut, responses=LATER, openapi_extra=access("coordinator"))
async def ask_pin_price(call: Called, cohort: Key, season: Key, body: PinPriceIn) -> Response:
    """Zeg wat het kost om een sessie vast te leggen, en wie dan moet verschuiven; er wordt niets gewijzigd."""
    if not (body.schools or body.host or body.day or body.half_day):
        raise invalid("", "nothing_asked", "Zeg wat vast moet liggen: scholen, gastheer, dag of halve dag.")
    effect = _asking(call.work, cohort, season, "price", body.model_dump(mode="json"))
    return await answered(call, await run_in_threadpool(call.once, body, effect), lambda found: Answer(200, found))
