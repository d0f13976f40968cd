"""What if a mentor went to another school? Choose and place, with the price and who moves before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.members.names import Names
from service.core.addresses import path_to
from service.rounds.plan.choices import Asked
from service.rounds.plan.plan_snapshot import SeenPlan, see_plan
from service.rounds.plan.trial import trial_of
from service.rounds.questions.actions import ask_pair
from service.web.call import Called
from service.web.pages.forms import ChosenKey
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/verzet")


@routes.get("", openapi_extra=access(ask_pair))
async def show_move(call: Called, cohort: Key, chosen: Asked, mentor: ChosenKey = "", naar: ChosenKey = "") -> Response:
    """Choose a mentor and a school, and see what it costs to have that mentor there."""
    seen = await run_in_threadpool(see_plan, call.work, cohort, chosen.ronde)
    if not isinstance(seen, SeenPlan):
        return await run_in_threadpool(page, call.request, "plan.html", cohort=seen, round=None)
    names = seen.names
    mentor, naar = mentor if mentor in names.mentors else "", naar if naar in names.schools else ""
    trial = None
    if mentor and naar:
        trial = await trial_of(call.work, cohort, seen.round.id, (naar, mentor), names)
    told = _told(seen, mentor) | {"cohort": seen.cohort, "round": seen.round, "chosen": chosen}
    told |= {"trial": trial, "mentor": mentor, "to": naar, "reason": _reason(seen.rows, mentor, names)}
    told |= {"override": False, "problem": None, "tail": chosen.tail()}
    told |= {
        "again": path_to("/cohorten/{}/verzet", cohort) + chosen.tail(mentor=mentor, naar=naar),
        "place": names.school(naar),
    }
    return await run_in_threadpool(page, call.request, "verzet.html", **told)


def _told(seen: SeenPlan, mentor: str) -> dict[str, Any]:
    """Give who can be chosen: mentors with where they are now, schools with who is there."""
    at: dict[str, list[str]] = {}
    has: dict[str, list[str]] = {}
    for row in seen.rows:
        if row["mentor"]:
            at.setdefault(row["mentor"], []).append(row["school_name"])
            has.setdefault(row["school"], []).append(row["mentor_name"])
    return {
        "mentors": [(key, name, at.get(key, [])) for key, name in seen.names.listed_mentors()],
        "schools": [(key, one.name, has.get(key, [])) for key, one in seen.names.listed_schools()],
        "at": at.get(mentor, []),
        "name": seen.names.mentor(mentor) if mentor else "",
    }


def _reason(rows: Any, mentor: str, names: Names) -> str:  # noqa: ANN401 - the rows of a plan
    """Propose why the pair is kept: from where the mentor was moved."""
    found: list[Mapping[str, Any]] = [row for row in rows if row["mentor"] == mentor]
    return f"verzet; in dit plan bij {names.school(found[0]['school'])}" if found else "verzet door de coördinator"
