"""What will each school do, who must be reminded, and which shortfalls does it best take first?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.permissions import access
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    begin,
    body_document,
    is_member,
    must_match,
    page,
    written,
)
from service.database.engine import Transaction
from service.database.ids import today
from service.jobs import store as jobs
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import accepted, answered
from service.measuring import store as measurements
from service.trajectory.action_plan.actions import _known_mentors, _promised, _question, _shown, plan_row
from service.trajectory.action_plan.shapes import ActionPlanIn, ActionPlanOut, AdviceIn, AdviceOut, ReminderOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/action-plans", "actieplan")

FORMAT = "in2stem-action-plan/1"
Ahead = Annotated[int, Query(ge=0, le=366, description="Zoveel dagen vooruit.")]


@routes.get("", response_model=Page[ActionPlanOut], openapi_extra=access("viewer"))
def list_action_plans(call: Called, cohort: Key) -> Response:
    """Geef de actieplannen die er zijn."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = papers.listed(transaction, cohort, "action_plan")
        items = [_shown(row, measurements.counting(transaction, cohort, row.id)).value for row in rows]
    return page(items).response()


@routes.get("/reminders", response_model=Page[ReminderOut], openapi_extra=access("viewer"))
def list_reminders(call: Called, cohort: Key, ahead: Ahead = 14) -> Response:
    """Geef over alle scholen wat te laat is of binnenkort moet gebeuren, het oudste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = papers.listed(transaction, cohort, "action_plan")
    plans = [matcher.action_plan_from_document(row.document) for row in rows]
    found = [one for plan in plans for one in matcher.plan_reminders(plan, today(), ahead)]
    return page(asdict(one) for one in sorted(found, key=lambda one: (one.due, one.school))).response()


@routes.get("/{school}", response_model=ActionPlanOut, openapi_extra=access("viewer"))
def get_action_plan(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef het actieplan van een school: hoever het staat en wat er nog aan ontbreekt."""
    with call.database.read() as transaction:
        is_member(call.work, transaction, cohort, school)
        row = plan_row(transaction, cohort, school)
        measured = measurements.counting(transaction, cohort, school)
    return _shown(row, measured).response()


@routes.put("/{school}", response_model=ActionPlanOut, responses=EDITED, openapi_extra=access("coordinator"))
def replace_action_plan(call: Called, cohort: Key, school: MemberKey, body: ActionPlanIn) -> Response:
    """Bewaar het actieplan van een school; If-Match zegt welke versie u gelezen hebt."""
    plan = _promised(matcher.action_plan_from_document(body_document(FORMAT, body, school=school)))
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        is_member(call.work, transaction, cohort, school)
        row = plan_row(transaction, cohort, school)
        must_match(call.work, row)
        _known_mentors(transaction, cohort, row, body)
        document = matcher.action_plan_to_document(plan)
        row = written(call.work, transaction, row, document, "action_plan.changed")
        measured = measurements.counting(transaction, cohort, school)
    return _shown(row, measured).response()


@routes.post(
    "/{school}/advice",
    response_model=AdviceOut,
    responses={202: {"model": JobOut, "description": "Nog bezig: vraag het zo opnieuw."}},
    openapi_extra=access("coordinator"),
)
async def ask_advice(call: Called, cohort: Key, school: MemberKey, body: AdviceIn) -> Response:
    """Zeg welke tekorten de school best eerst aanpakt: de grootste winst voor de kleinste inspanning."""

    def effect(transaction: Transaction) -> Answer:
        is_member(call.work, transaction, cohort, school)
        payload = _question(transaction, cohort, school, body)
        key = jobs.enqueue(transaction, "advise_first", cohort=cohort, target=None, payload=payload)
        call.audit(transaction, "action_plan.advice_asked", school, cohort)
        job = jobs.find(transaction, key)
        assert job is not None  # noqa: S101 - added above
        return accepted(job)

    waiting = await run_in_threadpool(call.once, body, effect)
    return await answered(call, waiting, lambda found: Answer(200, found))
