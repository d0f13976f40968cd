"""What will a school do this year? The form of its action plan; advice can fill an empty one."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import names_inside
from service.core.errors import Problem
from service.database.ids import today
from service.trajectory.action_plan.form import Filled, filled, goal_rows, promise_rows, typed_goals, typed_promises
from service.web.call import Called
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import REFUSED, Form, read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/traject/{school}/actieplan")

REFUSALS = (*REFUSED, HTTPStatus.PRECONDITION_REQUIRED)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows instead of the plan as it is kept: what was typed and refused, or an advice."""

    form: Form | None = None
    problem: Problem | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, Any] | None = None
    note: str = ""


@routes.get("", openapi_extra=access("coordinator"))
async def show_action_plan(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show the form with what the plan holds."""
    return await _page(call, cohort, school, Shown())


async def _page(call: Called, cohort: str, school: str, shown: Shown) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    told, problem, form = await api.tell("GET", f"{base}/action-plans/{school}"), shown.problem, shown.form
    kept = told.value
    goals = goal_rows(shown.advice["goals"] if shown.advice else kept["goals"])
    promises = promise_rows(kept["commitments"])
    measured = await api.get(f"{base}/schools/{school}/measurements/baseline")
    names = await names_inside(api, cohort)
    mentors = sorted({*names.mentors, *kept["commitments"]}, key=lambda key: by_name(names.mentor(key)))
    return page(
        call.request,
        "actieplan.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        school=await api.get(f"{base}/schools/{school}"),
        asked=await api.get("/v1/label/criteria"),
        mentors={key: names.mentor(key) for key in mentors},
        goals=typed_goals(form) if form else goals,
        promises=typed_promises(form) if form else promises,
        version=form["versie"] if form else told.version,
        stale=problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED,
        newest=told.version,
        kept=goal_rows(kept["goals"])[: len(kept["goals"])],
        may_advise=not kept["goals"] and bool(measured["submitted"]),
        shown=shown,
    )


@routes.post("", openapi_extra=access("coordinator"))
async def keep_action_plan(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Keep the plan."""
    form, api, place = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}/action-plans/{school}"
    found = Filled()
    try:
        found = filled(form, await api.get(place), today())
        await api.edit("PUT", place, found.document(), version=form["versie"])
    except Problem as problem:
        if problem.status not in REFUSALS:
            raise
        return await _page(call, cohort, school, Shown(form, problem, found.faults(problem)))
    return with_message(go(f"/cohorten/{cohort}/traject/{school}"), "Het actieplan is bewaard.")


@routes.post("/advies", openapi_extra=access("coordinator"))
async def fill_with_advice(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Fill the form with what is best taken first; nothing is kept yet."""
    form, api, place = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}/action-plans/{school}"
    if (await api.get(place))["goals"]:
        return await _page(
            call, cohort, school, Shown(note="Er is al een actieplan. Het advies vult alleen een leeg plan.")
        )
    try:
        efforts = {one["code"]: 1 for one in (await api.get("/v1/label/criteria"))["questions"]}
        told = await api.post(f"{place}/advice", {"efforts": efforts}, once=form["eenmaal"], seconds=15)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _page(call, cohort, school, Shown(problem=problem, faults=Filled().faults(problem)))
    if told.status == HTTPStatus.ACCEPTED:
        return await _page(call, cohort, school, Shown(note="Het advies is nog niet klaar. Vraag het zo opnieuw."))
    return await _page(call, cohort, school, Shown(advice=told.value))
