"""What will each school do, who must be reminded, and which shortfalls does it best take first?"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.jobs.wait_for_answer import LATER, told_in_time
from service.trajectory.action_plan import actions
from service.trajectory.action_plan.shapes import ActionPlanIn, ActionPlanOut, AdviceIn, AdviceOut, ReminderOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/action-plans", "actieplan")

Ahead = Annotated[int, Query(ge=0, le=366, description="Zoveel dagen vooruit.")]


@routes.get("", openapi_extra=access(actions.list_action_plans))
def list_action_plans(call: Called, cohort: Key) -> Page[ActionPlanOut]:
    """Geef de actieplannen die er zijn."""
    return actions.list_action_plans(call.work, cohort)


@routes.get("/reminders", openapi_extra=access(actions.list_reminders))
def list_reminders(call: Called, cohort: Key, ahead: Ahead = 14) -> Page[ReminderOut]:
    """Geef over alle scholen wat te laat is of binnenkort moet gebeuren, het oudste eerst."""
    return actions.list_reminders(call.work, cohort, ahead)


@routes.get("/{school}", openapi_extra=access(actions.get_action_plan))
def get_action_plan(call: Called, cohort: Key, school: MemberKey) -> ActionPlanOut:
    """Geef het actieplan van een school: hoever het staat en wat er nog aan ontbreekt."""
    return call.tagged(actions.get_action_plan(call.work, cohort, school), actions.tag_of, cohort)


@routes.put("/{school}", openapi_extra=access(actions.replace_action_plan))
def replace_action_plan(call: Called, cohort: Key, school: MemberKey, body: ActionPlanIn) -> ActionPlanOut:
    """Bewaar het actieplan van een school; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.replace_action_plan(call.work, cohort, school, body), actions.tag_of, cohort)


@routes.post("/{school}/advice", response_model=AdviceOut, responses=LATER, openapi_extra=access(actions.ask_advice))
async def ask_advice(call: Called, cohort: Key, school: MemberKey, body: AdviceIn) -> Any:  # noqa: ANN401
    """Zeg welke tekorten de school best eerst aanpakt: de grootste winst voor de kleinste inspanning."""
    job = await run_in_threadpool(actions.ask_advice, call.work, cohort, school, body)
    return await told_in_time(call, job, AdviceOut.model_validate)
