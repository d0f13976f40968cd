"""How is the year of the learning network planned, looked at, repaired and published?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.file_names import file_name
from service.cohorts.members.names import Names, names_of
from service.core.addresses import path_to, saved_as
from service.core.errors import Problem
from service.database.ids import today
from service.jobs.actions import get_job
from service.jobs.wait_for_answer import answer_of
from service.jobs.words import BUSY
from service.network.season import calendar_actions
from service.network.season import planning_actions as planning
from service.network.season.actions import get_season, list_seasons
from service.network.season.attendance_actions import list_attendances
from service.network.season.calendar_rows import months_of, summary_of
from service.network.season.change_rows import change_rows, left_hosts, outdated_rows
from service.network.season.files_actions import Drawing, ask_drawing, ask_workbook
from service.network.season.season_book import with_book
from service.network.season.session_rows import STATES, attendance_rows, goals_of, rounds_of, travel_of
from service.network.season.shapes import SeasonIn, SeasonOut
from service.network.season.wishes import MOST_ROUNDS, THEMES, repair_document, season_document, typed_before, wrongs
from service.rounds.run.published import published_round
from service.web.answers import SVG, book_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import ChosenKey, Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/sessies")
year = pages("/cohorten/{cohort}/sessies/{season}/jaar")

SHOWN = 20
PATIENCE = 20
"""Seconds that a browser waits for a workbook or a drawing."""

DRAWINGS: dict[str, Drawing] = {"jaaroverzicht.svg": "year_view", "wie-ontmoet-wie.svg": "meetings"}


@routes.get("", openapi_extra=access(planning.add_season))
def show_sessions(call: Called, cohort: Key, seizoen: ChosenKey = "") -> Response:
    """Show the year: what is planned, what can still be wished, and what is public."""
    return _page(call, cohort, seizoen)


def _page(
    call: Call, cohort: str, wanted: str = "", form: Form | None = None, problem: Problem | None = None
) -> Response:
    with call.work.together() as work:
        row, names, plan = get_cohort(work, cohort), names_of(work, cohort), published_round(work, cohort)
        seasons = list_seasons(work, cohort, SHOWN).items
        found = get_season(work, cohort, wanted or seasons[0].id) if wanted or seasons else None
        typed = typed_before(_wishes(work, cohort, found))
        said = attendance_rows(list_attendances(work, cohort).items, names)
        outcome = _outcome(work, found, names) | _beside(work, cohort, seasons, found, names)
    return page(
        call.request,
        "sessies.html",
        status=problem.status if problem else 200,
        cohort=row,
        names=names,
        said=said,
        plan=plan,
        seasons=seasons,
        season=found,
        busy=next((one for one in seasons if one.job_state in BUSY), None),
        states=STATES,
        most=MOST_ROUNDS,
        themes=THEMES,
        typed=typed,
        repairing=form is not None and form["herstelt"] != "",
        wrong={one.field: one.words for one in wrongs(problem, form or Form())},
        today=today(),
        **outcome,
    )


def _wishes(work: Work, cohort: str, season: SeasonOut | None) -> Mapping[str, Any]:
    """Give what the first of a row of repairs was asked with."""
    while season is not None and season.repairs:
        season = get_season(work, cohort, season.repairs)
    return season.asked if season else {}


def _outcome(work: Work, season: SeasonOut | None, names: Names) -> dict[str, Any]:
    """Give the year as the page shows it, and the job where it is not there yet."""
    nothing: dict[str, Any] = {"stage": "none", "job": None, "rounds": [], "travel": [], "goals": []}
    if season is None:
        return nothing
    if season.year is None:
        return nothing | {"stage": season.job_state, "job": get_job(work, season.job) if season.job else None}
    rounds = rounds_of(season.year, season.hosts, names)
    stage = season.year.status if rounds else "conflict"
    values = {"stage": stage, "rounds": rounds, "travel": travel_of(rounds), "goals": goals_of(season.year)}
    return nothing | values


def _beside(
    work: Work, cohort: str, seasons: Sequence[SeasonOut], season: SeasonOut | None, names: Names
) -> dict[str, Any]:
    """Give what a year changes in the published one, whom it invites wrongly, and whether what is public does."""
    public = next((one.id for one in seasons if one.state == "published"), None)
    if season is None:
        nothing: dict[str, Any] = dict.fromkeys(("changes", "outdated", "newcomers", "left_hosts"), ())
        return nothing | {"public": public, "public_outdated": 0}
    elsewhere = get_season(work, cohort, public) if public is not None and public != season.id else None
    outdated = outdated_rows(season.outdated, season.hosts, names)
    return {
        "changes": change_rows(season.changes, season.hosts, names),
        "outdated": outdated,
        "newcomers": [names.school(one) for one in season.newcomers],
        "left_hosts": left_hosts(outdated),
        "public": public,
        "public_outdated": len(elsewhere.outdated) if elsewhere else 0,
    }


@routes.post("", openapi_extra=access(planning.add_season))
def plan_sessions(call: Called, cohort: Key, form: Sent) -> Response:
    """Have a year planned, or repaired where a year is named."""
    before = form["herstelt"] and form.key("herstelt")
    names = names_of(call.work, cohort)

    def act() -> Response:
        if before:
            document = repair_document(form, names, get_season(call.work, cohort, before))
        else:
            document = with_book(season_document(form, names), form)
        planning.add_season(call.sent(form["eenmaal"]), cohort, read_shape(SeasonIn, document))
        return go(path_to("/cohorten/{}/sessies", cohort))

    return or_again(act, lambda problem: _page(call, cohort, before, form, problem))


@routes.post("/{season}/stop", openapi_extra=access(planning.stop_season))
def stop(call: Called, cohort: Key, season: Key) -> Response:
    """End the planning with the best year so far."""
    planning.stop_season(call.work, cohort, season)
    message = "Het plannen stopt; het beste jaar tot nu toe blijft bewaard."
    return with_message(go(path_to("/cohorten/{}/sessies", cohort)), message)


@routes.post("/{season}/publiceren", openapi_extra=access(planning.publish_season))
def publish(call: Called, cohort: Key, season: Key, form: Sent) -> Response:
    """Make a year public: calendars show it at once."""

    def act() -> Response:
        planning.publish_season(call.sent(form["eenmaal"]), cohort, season)
        message = "Gepubliceerd. Wie een kalender volgt, ziet dit jaar nu; niemand krijgt een mail."
        return with_message(go(path_to("/cohorten/{}/sessies", cohort)), message)

    return or_again(act, lambda problem: _page(call, cohort, season, None, problem))


@routes.get("/{season}/bestanden/sessies.xlsx", openapi_extra=access(ask_workbook))
async def get_workbook(call: Called, cohort: Key, season: Key) -> Response:
    """Give the year as a workbook."""
    job = await run_in_threadpool(ask_workbook, call.work, cohort, season)
    name = await run_in_threadpool(file_name, call.work, cohort, "sessies.xlsx")
    return book_answer(_ready(await answer_of(call.database, job.id, PATIENCE)), name)


@routes.get("/{season}/bestanden/{name}", openapi_extra=access(ask_drawing))
async def get_drawing(call: Called, cohort: Key, season: Key, name: Key) -> Response:
    """Give the year drawn."""
    if name not in DRAWINGS:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", "Dit bestand bestaat niet.")
    job = await run_in_threadpool(ask_drawing, call.work, cohort, season, DRAWINGS[name])
    drawn = _ready(await answer_of(call.database, job.id, PATIENCE))
    return Response(drawn, headers={"Content-Disposition": saved_as(name, shown=True)}, media_type=SVG)


def _ready(answer: str | None) -> str:
    if answer is None:
        detail = "Dit wordt nog gemaakt. Vraag het over een minuut opnieuw."
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", detail, headers={"Retry-After": "10"})
    return answer


@year.get("", openapi_extra=access(calendar_actions.list_school_days))
def show_year(call: Called, cohort: Key, season: Key) -> Response:
    """Show the school year with every session on its day, what is closed, and the groups of each round."""
    with call.work.together() as work:
        row, names, found = get_cohort(work, cohort), names_of(work, cohort), get_season(work, cohort, season)
        newest = list_seasons(work, cohort, 1).items[0]
        rounds = rounds_of(found.year, found.hosts, names) if found.year else []
        days = calendar_actions.list_school_days(work, cohort, season) if rounds else ()
    months = months_of(days, rounds, names, today())
    return page(
        call.request,
        "sessiejaar.html",
        cohort=row,
        names=names,
        season=found,
        newest=newest,
        busy=newest.job_state in BUSY,
        state=STATES[found.state],
        rounds=rounds,
        months=months,
        summary=summary_of(rounds, today()),
        today=today(),
    )
