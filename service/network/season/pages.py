"""How is the year of the learning network planned, looked at, repaired and published?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import Names, names_inside
from service.core.errors import Problem
from service.database.ids import today
from service.jobs.words import BUSY
from service.network.season.files_actions import SVG, XLSX
from service.network.season.session_rows import goals_of, rounds_of, travel_of
from service.network.season.wishes import MOST_ROUNDS, THEMES, repair_document, season_document, typed_before, wrongs
from service.rounds.run.published import published
from service.web.call import Called
from service.web.pages.forms import Form, read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/sessies")

SHOWN = 20
FILES = {
    "sessies.xlsx": ("sessions.xlsx", XLSX),
    "jaaroverzicht.svg": ("year.svg", SVG),
    "wie-ontmoet-wie.svg": ("meetings.svg", SVG),
}
STATES = {"draft": "concept", "published": "gepubliceerd", "superseded": "vervangen"}
REFUSED = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


@routes.get("", openapi_extra=access("coordinator"))
async def show_sessions(call: Called, cohort: Key, seizoen: str = "") -> Response:
    """Show the year: what is planned, what can still be wished, and what is public."""
    return await _page(call, cohort, seizoen)


async def _page(
    call: Called, cohort: str, wanted: str = "", form: Form | None = None, problem: Problem | None = None
) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row, names = await api.get(base), await names_inside(api, cohort)
    seasons = (await api.get(f"{base}/seasons", limit=SHOWN))["items"]
    found = await api.get(f"{base}/seasons/{wanted or 'laatste'}") if wanted or seasons else None
    typed = typed_before({} if form else await _wishes(api, base, found))
    return page(
        call.request,
        "sessies.html",
        status=problem.status if problem else 200,
        cohort=row,
        names=names,
        plan=await published(api, cohort),
        seasons=seasons,
        season=found,
        busy=next((one for one in seasons if one["job_state"] in BUSY), None),
        states=STATES,
        most=MOST_ROUNDS,
        themes=THEMES,
        typed=typed | ({name: form[name] for name in form.values} if form else {}),
        host_out=form.all("gastheer_weg") if form else [],
        repairing=form is not None and form["herstelt"] != "",
        wrong={one.field: one.words for one in wrongs(problem, form or Form())},
        today=today().isoformat(),
        **await _outcome(api, found, names),
    )


async def _wishes(api: Inside, base: str, season: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Give what the first of a row of repairs was asked with."""
    while season is not None and season["repairs"]:
        season = await api.get(f"{base}/seasons/{season['repairs']}")
    return season["asked"] if season else {}


async def _outcome(api: Inside, season: Mapping[str, Any] | None, names: Names) -> dict[str, Any]:
    """Give the year as the page shows it, and the job where it is not there yet."""
    if season is None:
        return {"stage": "none", "job": None, "rounds": [], "travel": [], "goals": []}
    if season["year"] is None:
        job = await api.get(f"/v1/jobs/{season['job']}")
        return {"stage": season["job_state"], "job": job, "rounds": [], "travel": [], "goals": []}
    rounds = rounds_of(season, names)
    stage = season["year"]["status"] if rounds else "conflict"
    return {"stage": stage, "job": None, "rounds": rounds, "travel": travel_of(rounds), "goals": goals_of(season)}


@routes.post("", openapi_extra=access("coordinator"))
async def plan_sessions(call: Called, cohort: Key) -> Response:
    """Have a year planned, or repaired where a year is named."""
    form, api, base = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}/seasons"
    names = await names_inside(api, cohort)
    try:
        if form["herstelt"]:
            document = repair_document(form, names, await api.get(f"{base}/{form['herstelt']}"))
        else:
            document = season_document(form, names)
        await api.post(base, document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _page(call, cohort, form["herstelt"], form, problem)
    return go(f"/cohorten/{cohort}/sessies")


@routes.post("/{season}/stop", openapi_extra=access("coordinator"))
async def stop(call: Called, cohort: Key, season: Key) -> Response:
    """End the planning with the best year so far."""
    await Inside(call).tell("DELETE", f"/v1/cohorts/{cohort}/seasons/{season}")
    return with_message(
        go(f"/cohorten/{cohort}/sessies"), "Het plannen stopt; het beste jaar tot nu toe blijft bewaard."
    )


@routes.post("/{season}/publiceren", openapi_extra=access("coordinator"))
async def publish(call: Called, cohort: Key, season: Key) -> Response:
    """Make a year public: calendars show it at once."""
    form, here = await read_form(call.request), f"/cohorten/{cohort}/sessies"
    try:
        await Inside(call).post(f"/v1/cohorts/{cohort}/seasons/{season}/publish", once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _page(call, cohort, season, None, problem)
    return with_message(go(here), "Gepubliceerd. Wie een kalender volgt, ziet dit jaar nu; niemand krijgt een mail.")


@routes.get("/{season}/bestanden/{name}", openapi_extra=access("coordinator"))
async def get_file(call: Called, cohort: Key, season: Key, name: Key) -> Response:
    """Give the year as a workbook or drawn."""
    if name not in FILES:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", "Dit bestand bestaat niet.")
    path, kind = FILES[name]
    told = await Inside(call).ask(f"/v1/cohorts/{cohort}/seasons/{season}/{path}", 20)
    if told.status == HTTPStatus.ACCEPTED:
        detail = "Dit wordt nog gemaakt. Vraag het over een minuut opnieuw."
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", detail)
    shown = {"Content-Disposition": f'{"attachment" if kind == XLSX else "inline"}; filename="{name}"'}
    return Response(told.value, headers=shown, media_type=kind)
