"""What would it cost to bring a school to another group, or a session to another day or host? The price first."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import names_of
from service.core.addresses import path_to
from service.core.errors import Problem
from service.database.ids import today
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import answer_of
from service.network.questions import actions
from service.network.questions.shapes import GroupMovePriceIn, PinPriceOut, ShiftPriceIn
from service.network.questions.shift_rows import day_rows, host_rows, moment_of
from service.network.season import planning_actions as planning
from service.network.season.actions import get_season
from service.network.season.calendar_actions import list_shift_choices
from service.network.season.change_rows import change_rows
from service.network.season.session_rows import rounds_of
from service.network.season.shapes import SeasonIn, SeasonOut
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/sessies/{season}/verplaatsen")

WAIT, SECONDS = 15, 20
"""How long a browser waits for a price, and how long is searched at most, for the price and for the repair alike."""

ALWAYS = ("repeats", "worst_travel", "total_travel")
"""Goals that are told whether they change or not."""

SHORT = {"worst_travel": "minuten rijden van wie het meest rijdt", "total_travel": "minuten rijden van allen samen"}
"""What a narrow screen calls goals with long names."""

REFUSED = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT)


FIELDS = ("school", "naar", "sessie", "moment", "gastheer")
"""What a move is asked with: a school and the session it goes to; or a session with a moment, a host or both."""


@routes.get("", openapi_extra=access(actions.ask_move_price))
async def show_move(  # noqa: PLR0913, PLR0917 - the fields of the forms
    call: Called,
    cohort: Key,
    season: Key,
    school: str = "",
    naar: str = "",
    sessie: str = "",
    moment: str = "",
    gastheer: str = "",
) -> Response:
    """Show the forms, and the price of the move that was chosen; nothing changes."""
    asked = dict(zip(FIELDS, (school, naar, sessie, moment, gastheer), strict=True))
    shown: dict[str, Any] = {"busy": None, "answer": None, "problem": None}
    try:
        job = await run_in_threadpool(_ask, call, cohort, season, asked)
        if job is not None:
            told = await answer_of(call.database, job.id, WAIT)
            shown |= {"busy": job} if told is None else {"answer": PinPriceOut.model_validate(told)}
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        shown["problem"] = problem
    return await run_in_threadpool(_page, call, cohort, season, asked, shown)


def _ask(call: Call, cohort: str, season: str, asked: Mapping[str, str]) -> JobOut | None:
    """Ask what a move costs; None where none was chosen yet."""
    limit = {"seconds": SECONDS}
    if asked["sessie"] and (asked["moment"] or asked["gastheer"]):
        shift = read_shape(ShiftPriceIn, _shift(asked) | limit)
        return actions.ask_shift_price(call.work, cohort, season, shift)
    if asked["school"] and asked["naar"]:
        move = read_shape(GroupMovePriceIn, _move(asked) | limit)
        return actions.ask_move_price(call.work, cohort, season, move)
    return None


def _move(asked: Mapping[str, str] | Form) -> dict[str, str]:
    return {"school": asked["school"], "session": asked["naar"]}


def _shift(asked: Mapping[str, str] | Form) -> dict[str, str]:
    host = {"host": asked["gastheer"]} if asked["gastheer"] else {}
    return {"session": asked["sessie"]} | moment_of(asked["moment"]) | host


@routes.post("", openapi_extra=access(planning.add_season))
def keep_move(call: Called, cohort: Key, season: Key, form: Sent) -> Response:
    """Have the year repaired with the move fixed; what comes out is a draft."""
    wanted = {"shifts": [_shift(form)]} if form["sessie"] else {"moves": [_move(form)]}

    def act() -> Response:
        body = read_shape(SeasonIn, {"previous": season, "seconds": SECONDS, **wanted})
        planning.add_season(call.sent(form["eenmaal"]), cohort, body)
        message = "Het jaar wordt hersteld met deze verplaatsing. Er is niets gepubliceerd."
        return with_message(go(path_to("/cohorten/{}/sessies", cohort)), message)

    def again(problem: Problem) -> Response:
        asked = {name: form[name] for name in FIELDS}
        return _page(call, cohort, season, asked, {"busy": None, "answer": None, "problem": problem})

    return or_again(act, again)


def _page(call: Call, cohort: str, season: str, asked: Mapping[str, str], shown: Mapping[str, Any]) -> Response:
    with call.work.together() as work:
        row, names, found = get_cohort(work, cohort), names_of(work, cohort), get_season(work, cohort, season)
        rounds = rounds_of(found.year, found.hosts, names) if found.year else []
        sessions = {one["uid"]: one for each in rounds for one in each["sessions"]}
        here = sessions.get(asked["sessie"])
        choices = None
        if here is not None and here["day"] >= today():
            days, hosts = list_shift_choices(work, cohort, season, here["uid"])
            choices = {"days": day_rows(days, here, asked["moment"]), "hosts": host_rows(hosts, asked["gastheer"])}
    answer, problem = shown["answer"], shown["problem"]
    return page(
        call.request,
        "sessieverplaatsen.html",
        status=problem.status if problem else 200,
        cohort=row,
        names=names,
        season=found,
        rounds=[{**one, "sessions": [each for each in one["sessions"] if each["day"] >= today()]} for one in rounds],
        asked=asked,
        there=sessions.get(asked["naar"]),
        here=here,
        choices=choices,
        again=call.request.url.path + "?" + urlencode({name: value for name, value in asked.items() if value}),
        costs=_costs(found, answer) if answer and answer.possible else [],
        changes=change_rows(answer.changes, found.hosts, names) if answer else [],
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
