"""What would it cost to bring a school to another group? The price first; only then is it kept, as a repair."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import names_of
from service.core.addresses import path_to
from service.core.errors import Problem
from service.database.ids import today
from service.jobs.wait_for_answer import answer_of
from service.network.questions import actions
from service.network.season import planning_actions as planning
from service.network.season.actions import get_season
from service.network.season.session_rows import rounds_of
from service.network.season.shapes import GroupMovePriceIn, SeasonIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.network.season.shapes import PinPriceOut, SeasonOut

routes = pages("/cohorten/{cohort}/sessies/{season}/verplaatsen")

WAIT, SECONDS = 15, 60
"""How long a browser waits for a price, and how long is searched for it at most: as long as for a repair."""

ALWAYS = ("repeats", "worst_travel", "total_travel")
"""Goals that are told whether they change or not."""

SHORT = {"worst_travel": "minuten rijden van wie het meest rijdt", "total_travel": "minuten rijden van allen samen"}
"""What a narrow screen calls goals with long names."""

REFUSED = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT)


@routes.get("", openapi_extra=access(actions.ask_move_price))
async def show_move(call: Called, cohort: Key, season: Key, school: str = "", naar: str = "") -> Response:
    """Show the form, and the price of the move that was chosen; nothing changes."""
    shown: dict[str, Any] = {"asked": {"school": school, "naar": naar}, "busy": None, "answer": None, "problem": None}
    if school and naar:
        try:
            body = read_shape(GroupMovePriceIn, {"school": school, "session": naar, "seconds": SECONDS})
            job = await run_in_threadpool(actions.ask_move_price, call.work, cohort, season, body)
            told = await answer_of(call.database, job.id, WAIT)
            shown |= {"busy": job} if told is None else {"answer": actions.pin_price_of(told)}
        except Problem as problem:
            if problem.status not in REFUSED:
                raise
            shown["problem"] = problem
    return await run_in_threadpool(_page, call, cohort, season, shown)


@routes.post("", openapi_extra=access(planning.add_season))
def keep_move(call: Called, cohort: Key, season: Key, form: Sent) -> Response:
    """Have the year repaired with the school fixed in that group; what comes out is a draft."""
    document = {"previous": season, "moves": [{"school": form["school"], "session": form["naar"]}]}
    try:
        planning.add_season(call.sent(form["eenmaal"]), cohort, read_shape(SeasonIn, document))
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        asked = {"school": form["school"], "naar": form["naar"]}
        return _page(call, cohort, season, {"asked": asked, "busy": None, "answer": None, "problem": problem})
    message = "Het jaar wordt hersteld met deze verplaatsing. Er is niets gepubliceerd."
    return with_message(go(path_to("/cohorten/{}/sessies", cohort)), message)


def _page(call: Call, cohort: str, season: str, shown: Mapping[str, Any]) -> Response:
    with call.work.together() as work:
        row, names, found = get_cohort(work, cohort), names_of(work, cohort), get_season(work, cohort, season)
    answer, problem = shown["answer"], shown["problem"]
    rounds = rounds_of(found.year, found.hosts, names) if found.year else []
    sessions = {one["uid"]: one for each in rounds for one in each["sessions"]}
    return page(
        call.request,
        "sessieverplaatsen.html",
        status=problem.status if problem else 200,
        cohort=row,
        names=names,
        season=found,
        rounds=[{**one, "sessions": [each for each in one["sessions"] if each["day"] >= today()]} for one in rounds],
        there=sessions.get(shown["asked"]["naar"]),
        costs=_costs(found, answer) if answer and answer.possible else [],
        **shown,
    )


def _costs(season: SeasonOut, answer: PinPriceOut) -> list[dict[str, Any]]:
    """Give what goals are and would be, in their order: what always is told, and what changes besides."""
    goals = season.year.goals if season.year else []
    return [
        {"words": SHORT.get(one.name, one.words), "now": one.value, "then": cast("int", one.value) + loss, "loss": loss}
        for one in goals  # a year counts each goal in one number
        if (loss := answer.losses.get(one.name)) is not None and (loss or one.name in ALWAYS)
    ]
