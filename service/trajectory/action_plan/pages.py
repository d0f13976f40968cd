"""What will a school do this year? The form of its action plan; advice can fill an empty one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.actions import get_member
from service.cohorts.members.kinds import SCHOOL
from service.cohorts.members.names import names_of
from service.core.addresses import path_to
from service.core.errors import Problem
from service.database.ids import today
from service.jobs.wait_for_answer import answer_of
from service.measuring.actions import get_measurements
from service.measuring.needs_actions import get_form
from service.trajectory.action_plan import actions
from service.trajectory.action_plan.form import Filled, filled, goal_rows, promise_rows, typed_goals, typed_promises
from service.trajectory.action_plan.shapes import ActionPlanIn, AdviceIn, AdviceOut
from service.trajectory.label.actions import get_readiness
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import REFUSED, ChosenKey, Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/traject/{school}/actieplan")

PATIENCE = 15
"""Seconds that a browser waits for advice."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows instead of the plan as it is kept: what was typed and refused, or an advice."""

    form: Form | None = None
    problem: Problem | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    advice: AdviceOut | None = None
    note: str = ""

    @classmethod
    def refused(cls, problem: Problem) -> Shown:
        """Show the plan as it is kept, with what was refused."""
        return cls(problem=problem, faults=Filled().faults(problem))


@routes.get("", openapi_extra=access(actions.replace_action_plan))
async def show_action_plan(call: Called, cohort: Key, school: MemberKey, advies: ChosenKey = "") -> Response:
    """Show the form with what the plan holds, or with the advice that was asked."""
    shown = await _advised(call, cohort, school, advies) if advies else Shown()
    return await run_in_threadpool(_page, call, cohort, school, shown)


def _page(call: Call, cohort: str, school: str, shown: Shown) -> Response:
    problem, form = shown.problem, shown.form
    with call.work.together() as work:
        row, about = get_cohort(work, cohort), get_member(work, cohort, SCHOOL, school)
        kept, names = actions.get_action_plan(work, cohort, school), names_of(work, cohort)
        measured, asked = get_measurements(work, cohort, school, "baseline"), get_form(work)
        ready = get_readiness(work, cohort, school) if shown.advice else None
    newest, goals = actions.tag_of(cohort, kept), goal_rows(shown.advice.goals if shown.advice else kept.goals)
    mentors = sorted({*names.mentors, *kept.commitments}, key=lambda key: by_name(names.mentor(key)))
    return page(
        call.request,
        "actieplan.html",
        status=problem.status if problem else 200,
        cohort=row,
        school=about,
        asked=asked,
        mentors={key: names.mentor(key) for key in mentors},
        goals=typed_goals(form) if form else goals,
        promises=typed_promises(form) if form else promise_rows(kept.commitments),
        version=form["versie"] if form else newest,
        stale=problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED,
        newest=newest,
        kept=kept.goals,
        lacking=ready.missing if shown.advice and ready and ready.level == shown.advice.level else [],
        may_advise=not kept.goals and bool(measured.submitted),
        shown=shown,
    )


@routes.post("", openapi_extra=access(actions.replace_action_plan))
def keep_action_plan(call: Called, cohort: Key, school: MemberKey, form: Sent) -> Response:
    """Keep the plan, or show the form with more rows for steps where that is asked (`meer`)."""
    found = Filled()
    if form["meer"]:
        return _page(call, cohort, school, Shown(form))

    def act() -> Response:
        nonlocal found
        found = filled(form, actions.get_action_plan(call.work, cohort, school), today())
        body = read_shape(ActionPlanIn, found.document())
        actions.replace_action_plan(call.sent("", form["versie"]), cohort, school, body)
        return with_message(go(path_to("/cohorten/{}/traject/{}", cohort, school)), "Het actieplan is bewaard.")

    def again(problem: Problem) -> Response:
        return _page(call, cohort, school, Shown(form, problem, found.faults(problem)))

    return or_again(act, again, HTTPStatus.PRECONDITION_REQUIRED)


@routes.post("/advies", openapi_extra=access(actions.ask_advice))
def ask_advice(call: Called, cohort: Key, school: MemberKey, form: Sent) -> Response:
    """Ask what is best taken first, and go on to the form that it fills; nothing is kept yet."""
    body = AdviceIn(efforts={one.code: 1 for one in get_form(call.work).questions}, level=None, budget=None)

    def act() -> Response:
        job = actions.ask_advice(call.sent(form["eenmaal"]), cohort, school, body)
        return go(path_to("/cohorten/{}/traject/{}/actieplan", cohort, school, query={"advies": job.id}))

    return or_again(act, lambda problem: _page(call, cohort, school, Shown.refused(problem)))


async def _advised(call: Call, cohort: str, school: str, job: str) -> Shown:
    plan = await run_in_threadpool(actions.get_action_plan, call.work, cohort, school)
    if plan.goals:
        return Shown(note="Er is al een actieplan. Het advies vult alleen een leeg plan.")
    asked = await run_in_threadpool(actions.advice_asked, call.work, cohort, school, job)
    try:
        answer = await answer_of(call.database, asked, PATIENCE)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return Shown.refused(problem)
    if answer is None:
        return Shown(note="Het advies is nog niet klaar. Laad deze bladzijde zo opnieuw.")
    return Shown(advice=AdviceOut.model_validate(answer))
