"""How does a year of sessions lie in the school year? A calendar, from which sessions and schools are moved."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import names_of
from service.database.ids import today
from service.jobs.words import BUSY
from service.network.season import calendar_actions as actions
from service.network.season.actions import get_season, list_seasons
from service.network.season.calendar_rows import months_of, summary_of
from service.network.season.session_rows import STATES, rounds_of
from service.web.call import Called
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/sessies/{season}/jaar")


@routes.get("", openapi_extra=access(actions.list_school_days))
def show_year(call: Called, cohort: Key, season: Key) -> Response:
    """Show the school year with every session on its day, what is closed, and the groups of each round."""
    with call.work.together() as work:
        row, names, found = get_cohort(work, cohort), names_of(work, cohort), get_season(work, cohort, season)
        newest = list_seasons(work, cohort, 1).items[0]
        rounds = rounds_of(found.year, found.hosts, names) if found.year else []
        days = actions.list_school_days(work, cohort, season) if rounds else ()
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
