"""What if a session were fixed, and when can a group still meet? Answers; nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import names_of
from service.core.errors import Problem
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import answer_of
from service.network.questions import actions
from service.network.questions.shapes import NoDateIn, NoDateOut, PinPriceIn, PinPriceOut
from service.network.season.actions import get_season
from service.network.season.shapes import SeasonOut
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import whole_of
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

Answer = PinPriceOut | NoDateOut

routes = pages("/cohorten/{cohort}/sessies/{season}/vragen")

WAIT = 15


@routes.get("", openapi_extra=access(actions.ask_pin_price))
async def show_questions(  # noqa: PLR0913, PLR0917 - the fields of the forms
    call: Called,
    cohort: Key,
    season: Key,
    vraag: str = "",
    ronde: str = "1",
    school: list[str] = Query([]),  # noqa: B008 - FastAPI's way
    gastheer: str = "",
    dag: str = "",
) -> Response:
    """Show both forms, and the answer to the one that was sent."""
    wanted = {"round": whole_of(ronde) or 0, "schools": school, "host": gastheer or None}
    job, answer, problem = None, None, None
    try:
        asked = await run_in_threadpool(_ask, call, cohort, season, vraag, wanted, dag)
        if asked is not None:
            job, read = asked
            told = await answer_of(call.database, job.id, WAIT)
            answer = None if told is None else read(told)
    except Problem as refused:
        if refused.status not in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT):
            raise
        job, problem = None, refused
    values = {
        "asked": {"vraag": vraag, "ronde": wanted["round"], "school": school, "gastheer": gastheer, "dag": dag},
        "busy": job if answer is None else None,
        "answer": answer,
        "problem": problem,
    }
    return await run_in_threadpool(_page, call, cohort, season, values)


def _ask(  # noqa: PLR0913, PLR0917 - the fields of the forms
    call: Call, cohort: str, season: str, name: str, wanted: Mapping[str, Any], day: str
) -> tuple[JobOut, Callable[[Any], Answer]] | None:
    """Ask what the form asks, and say how its answer is read; None where none was sent."""
    if name == "prijs":
        priced = read_shape(PinPriceIn, {**wanted, "seconds": WAIT} | ({"day": day} if day else {}))
        return actions.ask_pin_price(call.work, cohort, season, priced), PinPriceOut.model_validate
    if name == "datum":
        return actions.ask_no_date(call.work, cohort, season, read_shape(NoDateIn, wanted)), NoDateOut.model_validate
    return None


def _page(call: Call, cohort: str, season: str, shown: Mapping[str, Any]) -> Response:
    with call.work.together() as work:
        row, names, found = get_cohort(work, cohort), names_of(work, cohort), get_season(work, cohort, season)
    answer, problem = shown["answer"], shown["problem"]
    return page(
        call.request,
        "sessievragen.html",
        status=problem.status if problem else 200,
        cohort=row,
        names=names,
        season=found,
        numbers=sorted({one.round for one in found.year.sessions} if found.year else ()),
        hosts=sorted(found.hosts, key=lambda one: by_name(one.name)),
        costs=_costs(found, answer) if isinstance(answer, PinPriceOut) else [],
        **shown,
    )


def _costs(season: SeasonOut, answer: PinPriceOut) -> list[dict[str, Any]]:
    """Give what each goal loses, in the order of the goals; only those that change."""
    words = {one.name: one.words for one in season.year.goals} if season.year else {}
    return [{"words": words.get(name, name), "loss": value} for name, value in answer.losses.items() if value != 0]
