"""Which cohorts are there, and what is the next step in one?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.cohort import actions
from service.cohorts.cohort.shapes import CohortIn
from service.cohorts.members.actions import count_members
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.core.errors import Problem
from service.database.ids import today
from service.network.season.actions import outdated_sessions
from service.rounds.run.published import newest_with_plan, published_round
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import counted
from service.web.pages.forms import Form, Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from service.rounds.run.shapes import RoundOut

routes = pages("/cohorten")

FIRST_MONTH = 9

MOST_SHOWN = 1000
"""So many cohorts stand on the page that lists them."""

LATER = (
    ("uitval", "Uitval", "Een mentor haakt af: het plan herstelt zich met zo weinig mogelijk wijzigingen."),
    ("sessies", "Lerend netwerk", "Plan de sessies van het jaar, en geef ieder een kalender om te volgen."),
    ("traject", "Traject", "Volg van elke school de nulmeting, het actieplan, de eindmeting en het label."),
    ("dossier", "Dossier", "Haal bestanden op, en lees wie wat deed."),
)
"""What a coordinator does once the first plan is public: page, name and hint."""


@routes.get("", openapi_extra=access(actions.list_cohorts))
def show_cohorts(call: Called) -> Response:
    """Show the cohorts that are this person's, the newest first, and a form for a new one."""
    return _cohorts(call, Form(), None)


def _cohorts(call: Call, form: Form, problem: Problem | None) -> Response:
    rows = actions.list_cohorts(call.work, MOST_SHOWN).items
    years = [this_year() + step for step in (-1, 0, 1)]
    return page(
        call.request,
        "cohorten.html",
        cohorts=sorted(rows, key=lambda one: (-one.school_year, one.name)),
        years=years,
        chambers=sorted(call.caller.regions) or matcher.regions(),
        form=form,
        problem=problem,
    )


def this_year() -> int:
    """Give the year in which the current school year began."""
    day = today()
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@routes.post("", openapi_extra=access(actions.add_cohort))
def add_cohort(call: Called, form: Sent) -> Response:
    """Begin a cohort."""
    try:
        document = {"name": form["naam"], "region": form["kamer"], "school_year": form.whole("schooljaar")}
        made = actions.add_cohort(call.sent(form["eenmaal"]), read_shape(CohortIn, document))
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return _cohorts(call, form, problem)
    return with_message(go(f"/cohorten/{made.id}"), f"Cohorte «{made.name}» is gemaakt.")


@routes.get("/{cohort}", openapi_extra=access(actions.get_cohort))
def show_cohort(call: Called, cohort: Key) -> Response:
    """Show where a cohort stands, and what to do next."""
    with call.work.together() as work:
        row = actions.get_cohort(work, cohort)
        schools, mentors = count_members(work, cohort, SCHOOL), count_members(work, cohort, MENTOR)
        newest, public = newest_with_plan(work, cohort), published_round(work, cohort)
        outdated = outdated_sessions(work, cohort)
    steps = _steps(schools, mentors, newest, public)
    return page(
        call.request, "cohorte.html", cohort=row, steps=steps, later=_later(outdated), schools=schools, mentors=mentors
    )


def _later(outdated: int) -> list[tuple[str, str, str]]:
    """Give what comes after the first plan; sessions that invite the wrong people are told first."""
    if not outdated:
        return list(LATER)
    count = counted(outdated, "komende sessie nodigt", "komende sessies nodigen")
    hint = f"{count} niet meer de juiste mensen uit. Bekijk en herstel het jaar."
    return [(to, name, hint if to == "sessies" else words) for to, name, words in LATER]


def _steps(schools: int, mentors: int, newest: RoundOut | None, public: RoundOut | None) -> list[dict[str, Any]]:
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
    if public is not None and newest is not None and newest.repairs == public.id and newest.state == "draft":
        steps[3] |= {"done": False, "hint": f"Ronde {newest.number} herstelt het gepubliceerde plan: kijk ze na."}
        steps[4] |= {"done": False, "hint": "Toon het herstelde plan op het portaal."}
    upcoming = next((one for one in steps if not one["done"]), None)
    for one in steps:
        one["next"] = one is upcoming
    return steps
