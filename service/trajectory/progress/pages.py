"""Where does each school of a cohort stand in its year: measurements, action plan, label, Award?"""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.core.addresses import path_to
from service.core.errors import if_there
from service.measuring.needs_actions import get_cohort_needs, get_days, list_measurements
from service.measuring.reminder_actions import remind_schools
from service.measuring.shapes import Moment
from service.measuring.words import MOMENTS
from service.trajectory.action_plan.actions import list_action_plans, list_reminders, why_no_reminders
from service.trajectory.applications.actions import list_applications
from service.trajectory.applications.words import STATES
from service.trajectory.award.actions import get_award, get_decision
from service.trajectory.label.actions import list_readiness
from service.trajectory.progress import actions
from service.trajectory.progress.shapes import CohortProgressOut
from service.trajectory.progress.words import LEVELS
from service.web.answers import SVG
from service.web.call import Called
from service.web.pages.dutch_format import counted
from service.web.pages.forms import Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/traject")

AHEAD = 14
"""So many days ahead it is told what is due."""


@routes.get("", openapi_extra=access(actions.get_cohort_progress))
def show_trajectory(call: Called, cohort: Key) -> Response:
    """Show all schools with how far each is, and the cohort together."""
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        progress = actions.get_cohort_progress(work, cohort)
        values: dict[str, Any] = {
            "rows": _rows(work, cohort, names, progress),
            "needs": get_cohort_needs(work, cohort),
            "days": get_days(work, cohort),
            "reminders": list_reminders(work, cohort, AHEAD).items,
            "no_reminders": why_no_reminders(work, cohort),
            "award": if_there(lambda: get_award(work, cohort), HTTPStatus.NOT_FOUND),
            "decision": if_there(lambda: get_decision(work, cohort), HTTPStatus.NOT_FOUND),
            "applications": _applications(work, cohort) if work.is_trusted else {},
        }
    return page(
        call.request,
        "traject.html",
        cohort=row,
        names=names,
        progress=progress,
        states=STATES,
        levels=LEVELS,
        **values,
    )


def _rows(work: Work, cohort: str, names: Names, progress: CohortProgressOut) -> list[dict[str, Any]]:
    """Give each school with its measurements, level, readiness, plan and gain, in order of names."""
    lines = [one for one in list_measurements(work, cohort).items if one.counts or one.state == "draft"]
    measured = {(one.school, one.moment): one for one in sorted(lines, key=lambda one: one.counts)}
    ready = {one.school: one for one in list_readiness(work, cohort).items}
    plans = {one.school: one for one in list_action_plans(work, cohort).items}
    gains = {one.school: one.gain for one in progress.schools}
    return [
        {
            "key": key,
            "name": one.name,
            "baseline": measured.get((key, "baseline")),
            "final": measured.get((key, "final")),
            "plan": plans.get(key),
            "ready": ready.get(key),
            "gain": gains.get(key),
        }
        for key, one in names.listed_schools()
    ]


def _applications(work: Work, cohort: str) -> dict[str, int]:
    """Count the applications by how far they are."""
    found = Counter(str(one.state) for one in list_applications(work, cohort).items)
    return {state: found[state] for state in STATES if state in found}


@routes.post("/herinner", openapi_extra=access(remind_schools))
def remind(call: Called, cohort: Key, form: Sent) -> Response:
    """Put reminders of a measurement in the outbox."""
    moment: Moment = "final" if form["meting"] == "final" else "baseline"
    made = remind_schools(call.sent(form["eenmaal"]), cohort, moment)
    count = len(made.schools)
    words = f"{counted(count, 'herinnering staat', 'herinneringen staan')} klaar bij Berichten. Nog niets is verstuurd."
    if not count:
        words = f"Elke school diende haar {MOMENTS[moment].lower()} al in."
    return with_message(go(path_to("/cohorten/{}/traject", cohort)), words)


@routes.get("/vooruitgang.svg", openapi_extra=access(actions.draw_cohort_progress))
def get_chart(call: Called, cohort: Key) -> Response:
    """Give the cohort's baseline and final measurement, drawn."""
    return Response(actions.draw_cohort_progress(call.work, cohort), media_type=SVG)
