"""What changed between two plans, and why?"""

from __future__ import annotations

from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import names_of
from service.core.errors import Problem, not_found
from service.dropout.repair_choices import PATIENCE
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import answer_of
from service.rounds.questions.actions import ask_comparison
from service.rounds.questions.shapes import ComparisonOut
from service.rounds.run.actions import get_round, list_rounds
from service.rounds.run.published import has_plan
from service.web.call import Called
from service.web.pages.forms import ChosenKey
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")

OFFERED = 50
"""So many rounds back can be compared."""


@routes.get("/vergelijken", openapi_extra=access(ask_comparison))
async def show_comparison(call: Called, cohort: Key, van: ChosenKey = "", naar: ChosenKey = "") -> Response:
    """Show who moves between two rounds; usually the published one and the newest."""
    seen = await run_in_threadpool(_seen, call.work, cohort, van, naar)
    told, busy = await _told(call.work, cohort, seen["old"], seen["new"])
    ids = (seen["old"], seen["new"]) if told or busy else ()
    totals = {key: await run_in_threadpool(_totals, call.work, cohort, key) for key in ids}
    return page(call.request, "vergelijken.html", told=told, busy=busy, totals=totals, **seen)


def _seen(work: Work, cohort: str, old: str, new: str) -> dict[str, Any]:
    """Read the rounds that can be compared, and give which two are."""
    with work.together() as together:
        row, names = get_cohort(together, cohort), names_of(together, cohort)
        rounds = [one for one in list_rounds(together, cohort, OFFERED).items if has_plan(one)]
    known = {one.id: one for one in rounds}
    if {old, new} - {"", *known}:
        raise not_found("Een van deze rondes")
    new = new if new in known else next(iter(known), "")
    repairs = known[new].repairs if new else None
    usual = repairs if repairs in known else next((one for one in known if one != new), "")
    return {"cohort": row, "names": names, "rounds": rounds, "old": old if old in known else usual, "new": new}


async def _told(work: Work, cohort: str, old: str, new: str) -> tuple[ComparisonOut | None, JobOut | None]:
    """Have two rounds compared: what changed, or the job that works it out; neither where one has no plan."""
    if not old or not new or old == new:
        return None, None
    try:
        job, ids = await run_in_threadpool(ask_comparison, work, cohort, new, old)
    except Problem as problem:
        if problem.code != "no_plan":
            raise
        return None, None
    answer = await answer_of(work.database, job.id, PATIENCE)
    return (None, job) if answer is None else (ComparisonOut.model_validate(ids | answer), None)


def _totals(work: Work, cohort: str, key: str) -> dict[str, Any]:
    plan = get_round(work, cohort, key).plan
    values: dict[str, Any] = {goal.name: goal.value for goal in plan.goals} if plan else {}
    filled = values.get("places_filled", 0)
    return values | {"places": sum(filled) if isinstance(filled, list) else filled}
