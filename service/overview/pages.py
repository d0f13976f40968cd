"""Which cohorts are there, and what is the next step in one?"""

from __future__ import annotations

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.cohort import actions
from service.cohorts.cohort.shapes import CohortIn
from service.core.addresses import path_to
from service.core.errors import Problem
from service.database.ids import today
from service.overview.actions import facts_of
from service.overview.figures import figures_of
from service.overview.steps import desk_of, later_of, steps_of
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent, or_again
from service.web.pages.navigation import FOR_VIEWERS, GROUPS, STANDS
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten")

FIRST_MONTH = 9

MOST_SHOWN = 1000
"""So many cohorts stand on the page that lists them."""


@routes.get("", openapi_extra=access(actions.list_cohorts))
def show_cohorts(call: Called) -> Response:
    """Show the cohorts that are this person's, the newest first, and a form for a new one."""
    return _cohorts(call, None)


def _cohorts(call: Call, problem: Problem | None) -> Response:
    rows = actions.list_cohorts(call.work, MOST_SHOWN).items
    rows.sort(key=lambda one: (-one.school_year, one.name))
    years = [this_year() + step for step in (-1, 0, 1)]
    return page(
        call.request,
        "cohorten.html",
        cohorts=[one for one in rows if one.archived_at is None],
        put_away=[one for one in rows if one.archived_at is not None],
        years=years,
        chambers=sorted(call.caller.regions) or matcher.regions(),
        groups=GROUPS,
        problem=problem,
    )


def this_year() -> int:
    """Give the year in which the current school year began."""
    day = today()
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@routes.post("", openapi_extra=access(actions.add_cohort))
def add_cohort(call: Called, form: Sent) -> Response:
    """Begin a cohort."""

    def act() -> Response:
        document = {"name": form["naam"], "region": form["kamer"], "school_year": form.whole("schooljaar")}
        made = actions.add_cohort(call.sent(form["eenmaal"]), read_shape(CohortIn, document))
        return with_message(go(path_to("/cohorten/{}", made.id)), f"Cohorte «{made.name}» is gemaakt.")

    return or_again(act, lambda problem: _cohorts(call, problem))


@routes.get("/{cohort}", openapi_extra=access(actions.get_cohort))
def show_cohort(call: Called, cohort: Key) -> Response:
    """Show where a cohort stands in figures, and what to do next."""
    with call.work.together() as work:
        row, facts = actions.get_cohort(work, cohort), facts_of(work, cohort)
        figures = figures_of(work, cohort, facts)
    steps, may = steps_of(facts), call.work.caller.role != "viewer"
    return page(
        call.request,
        "cohorte.html",
        cohort=row,
        facts=facts,
        figures=figures,
        steps=[one for one in steps if may or one.to in FOR_VIEWERS],
        upcoming=next((one for one in steps if one.next and may), None),
        later=[one for one in later_of(facts) if may or one[0] in FOR_VIEWERS],
        desk=[one for one in desk_of(facts) if may or one[0] in FOR_VIEWERS],
        marks=STANDS,
    )
