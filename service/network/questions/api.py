"""What can staff ask about a year of sessions? Why this session, when else, and what it costs to fix one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.jobs.wait_for_answer import LATER, told_in_time
from service.network.questions import actions
from service.network.questions.shapes import (
    GroupMovePriceIn,
    NoDateIn,
    NoDateOut,
    PinPriceIn,
    PinPriceOut,
    ShiftPriceIn,
    WhyOut,
)
from service.network.season.shapes import RoundNumber
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/seasons/{season}", "sessies")

Who = Annotated[str, Query(max_length=200, description="School of gastheer: nummer of naam. Leeg: de hele ronde.")]


@routes.get("/why", response_model=WhyOut, responses=LATER, openapi_extra=access(actions.ask_why))
async def get_why_sessions(
    call: Called, cohort: Key, season: Key, number: Annotated[RoundNumber, Query(alias="round")], who: Who = ""
) -> WhyOut | Response:
    """Zeg waarom deze scholen samenzitten, waarom daar, en waarom dan."""
    job = await run_in_threadpool(actions.ask_why, call.work, cohort, season, number, who)
    return await told_in_time(call, job, actions.why_of)


@routes.post("/no-date", response_model=NoDateOut, responses=LATER, openapi_extra=access(actions.ask_no_date))
async def ask_no_date(call: Called, cohort: Key, season: Key, body: NoDateIn) -> NoDateOut | Response:
    """Zeg wanneer een groep in een ronde nog kan, of wat haar in de weg zit; er wordt niets gewijzigd."""
    job = await run_in_threadpool(actions.ask_no_date, call.work, cohort, season, body)
    return await told_in_time(call, job, NoDateOut.model_validate)


@routes.post("/price", response_model=PinPriceOut, responses=LATER, openapi_extra=access(actions.ask_pin_price))
async def ask_pin_price(call: Called, cohort: Key, season: Key, body: PinPriceIn) -> PinPriceOut | Response:
    """Zeg wat het kost om een sessie vast te leggen, en wie dan moet verschuiven; er wordt niets gewijzigd."""
    job = await run_in_threadpool(actions.ask_pin_price, call.work, cohort, season, body)
    return await told_in_time(call, job, PinPriceOut.model_validate)


@routes.post("/move-price", response_model=PinPriceOut, responses=LATER, openapi_extra=access(actions.ask_move_price))
async def ask_move_price(call: Called, cohort: Key, season: Key, body: GroupMovePriceIn) -> PinPriceOut | Response:
    """Zeg wat het kost om een school naar een andere groep te brengen, en wie verschuift; er wijzigt niets."""
    job = await run_in_threadpool(actions.ask_move_price, call.work, cohort, season, body)
    return await told_in_time(call, job, PinPriceOut.model_validate)


@routes.post("/shift-price", response_model=PinPriceOut, responses=LATER, openapi_extra=access(actions.ask_shift_price))
async def ask_shift_price(call: Called, cohort: Key, season: Key, body: ShiftPriceIn) -> PinPriceOut | Response:
    """Zeg wat het kost om een sessie op een andere dag of bij een andere gastheer te houden; er wijzigt niets."""
    job = await run_in_threadpool(actions.ask_shift_price, call.work, cohort, season, body)
    return await told_in_time(call, job, PinPriceOut.model_validate)
