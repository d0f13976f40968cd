"""Which cohorts are there, and what is the next step in one?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Problem
from service.database.ids import today
from service.rounds.run.published import has_plan, published
from service.web.call import Called
from service.web.pages.forms import Form, read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten")

FIRST_MONTH = 9

LOOKED_AT = 20
"""Among so many of the newest rounds one with a plan is looked for."""

CHAMBERS = ("Antwerpen-Waasland", "Limburg", "Mechelen-Kempen", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
"""Voka's chambers, as suggestions: any name is taken."""

LATER = (
    ("uitval", "Uitval", "Een mentor haakt af: het plan herstelt zich met zo weinig mogelijk wijzigingen."),
    ("sessies", "Lerend netwerk", "Plan de sessies van het jaar, en geef ieder een kalender om te volgen."),
    ("traject", "Traject", "Volg van elke school de nulmeting, het actieplan, de eindmeting en het label."),
    ("dossier", "Dossier", "Haal bestanden op, en lees wie wat deed."),
)
"""What a coordinator does once the first plan is public: page, name and hint."""


@routes.get("", openapi_extra=access("viewer"))
async def show_cohorts(call: Called) -> Response:
    """Show the cohorts that are this person's, the newest first, and a form for a new one."""
    return await _cohorts(call, Form(), None)


async def _cohorts(call: Called, form: Form, problem: Problem | None) -> Response:
    rows = await Inside(call).items("/v1/cohorts")
    years = [this_year() + step for step in (-1, 0, 1)]
    return page(
        call.request,
        "cohorten.html",
        status=problem.status if problem else 200,
        cohorts=sorted(rows, key=lambda one: (-one["school_year"], one["name"])),
        years=years,
        chambers=sorted(call.caller.regions) or CHAMBERS,
        form=form,
        problem=problem,
    )


def this_year() -> int:
    """Give the year in which the current school year began."""
    day = today()
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@routes.post("", openapi_extra=access("coordinator"))
async def add_cohort(call: Called) -> Response:
    """Begin a cohort."""
    form = await read_form(call.request)
    try:
        document = {"name": form["naam"], "region": form["kamer"], "school_year": form.whole("schooljaar")}
        made = await Inside(call).post("/v1/cohorts", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return await _cohorts(call, form, problem)
    return with_message(go(f"/cohorten/{made.value['id']}"), f"Cohorte «{made.value['name']}» is gemaakt.")


@routes.get("/{cohort}", openapi_extra=access("viewer"))
async def show_cohort(call: Called, cohort: Key) -> Response:
    """Show where a cohort stands, and what to do next."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row = await api.get(base)
    schools, mentors = await api.items(f"{base}/schools"), await api.items(f"{base}/mentors")
    newest = await _newest(api, base)
    public = await published(api, cohort)
    steps = _steps(len(schools), len(mentors), newest, public)
    return page(call.request, "cohorte.html", cohort=row, steps=steps, later=LATER, schools=schools, mentors=mentors)


async def _newest(api: Inside, base: str) -> Mapping[str, Any] | None:
    """Give the newest round with a plan; usually that is the very newest."""
    for limit in (1, LOOKED_AT):
        for one in (await api.get(f"{base}/rounds", limit=limit))["items"]:
            if has_plan(one):
                found: Mapping[str, Any] = one
                return found
    return None


def _steps(
    schools: int, mentors: int, newest: Mapping[str, Any] | None, public: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Say of each step whether it is done, and which one is next; `newest` is the newest round with a plan."""
    filled = schools > 0 and mentors > 0
    solved = newest is not None
    steps: list[dict[str, Any]] = [
        {"to": "gegevens", "name": "Gegevens", "done": filled, "hint": "Lees uw Excel-bestanden in."},
        {"to": "controle", "name": "Controle", "done": solved, "hint": "Zie vooraf waar plaatsen tekortkomen."},
        {"to": "ronde", "name": "Ronde", "done": solved, "hint": "Laat het beste plan zoeken en bewijzen."},
        {"to": "plan", "name": "Plan", "done": public is not None, "hint": "Kijk de koppels na, zet vast of verbied."},
        {
            "to": "publiceren",
            "name": "Publiceren",
            "done": public is not None,
            "hint": "Toon de koppels op het portaal.",
        },
    ]
    if public is not None and newest is not None and newest["repairs"] == public["id"] and newest["state"] == "draft":
        steps[3] |= {"done": False, "hint": f"Ronde {newest['number']} herstelt het gepubliceerde plan: kijk ze na."}
        steps[4] |= {"done": False, "hint": "Toon het herstelde plan op het portaal."}
    upcoming = next((one for one in steps if not one["done"]), None)
    for one in steps:
        one["next"] = one is upcoming
    return steps
