"""What will each school do, who must be reminded, and which shortfalls does it best take first?"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import access
from service.api.asking import accepted, answered
from service.api.label import level_of, rules_row
from service.api.papers import (
    begin,
    body_document,
    findings,
    is_member,
    must_match,
    number,
    or_empty,
    page,
    told,
    written,
)
from service.errors import conflict, invalid
from service.store import jobs, measurements, members, papers
from service.store.database import Transaction
from service.store.ids import today
from service.store.papers import PaperRow
from service.wire.action_plans import ActionPlanIn, ActionPlanOut, AdviceIn, AdviceOut, ReminderOut
from service.wire.answers import Answer
from service.wire.members import MemberKey
from service.wire.rounds import JobOut
from service.wire.shapes import EDITED, Key, Page

routes = router("/v1/cohorts/{cohort}/action-plans", "actieplan")

FORMAT = "in2stem-action-plan/1"
Ahead = Annotated[int, Query(ge=0, le=366, description="Zoveel dagen vooruit.")]


def plan_row(transaction: Transaction, cohort: str, school: str) -> PaperRow:
    """Give a school's plan, an empty one where nobody wrote it yet."""
    empty = matcher.action_plan_to_document(matcher.ActionPlan(school=school))
    return or_empty(transaction, cohort, "action_plan", school, empty)


def _shown(row: PaperRow, measured: matcher.Measurement | None) -> Answer:
    plan = matcher.action_plan_from_document(row.document)
    ratings = matcher.ratings_of(measured) if measured is not None else {}
    value = {name: row.document[name] for name in ("school", "goals", "commitments")}
    value |= {
        "progress": number(plan.progress),
        "findings": findings(matcher.plan_findings(plan, ratings)),
        "reminders": [asdict(one) for one in matcher.plan_reminders(plan, today())],
        "asked_of_mentor": list(matcher.plan_support(plan, "mentor")),
        "asked_of_network": list(matcher.plan_support(plan, "network")),
    }
    return told(row, value)


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
        is_member(call, transaction, cohort, school)
        row = plan_row(transaction, cohort, school)
        measured = measurements.counting(transaction, cohort, school)
    return _shown(row, measured).response()


@routes.put("/{school}", response_model=ActionPlanOut, responses=EDITED, openapi_extra=access("coordinator"))
def replace_action_plan(call: Called, cohort: Key, school: MemberKey, body: ActionPlanIn) -> Response:
    """Bewaar het actieplan van een school; If-Match zegt welke versie u gelezen hebt."""
    plan = _promised(matcher.action_plan_from_document(body_document(FORMAT, body, school=school)))
    with call.database.write() as transaction:
        begin(call, transaction, cohort)
        is_member(call, transaction, cohort, school)
        row = plan_row(transaction, cohort, school)
        must_match(call, row)
        _known_mentors(transaction, cohort, row, body)
        document = matcher.action_plan_to_document(plan)
        row = written(call, transaction, row, document, "action_plan.changed")
        measured = measurements.counting(transaction, cohort, school)
    return _shown(row, measured).response()


def _promised(plan: matcher.ActionPlan) -> matcher.ActionPlan:
    """Let every promise be its mentor's, by number: what is kept holds no name that nobody would find to erase."""
    kept = {mentor: tuple(replace(deed, owner=mentor) for deed in deeds) for mentor, deeds in plan.commitments.items()}
    return replace(plan, commitments=kept)


def _known_mentors(transaction: Transaction, cohort: str, row: PaperRow, body: ActionPlanIn) -> None:
    """Refuse a promise of a mentor whom the cohort does not have; those who left keep theirs."""
    for mentor in body.commitments:
        kept = mentor in row.document["commitments"]
        if not kept and members.find(transaction, "mentor", cohort, mentor) is None:
            raise invalid(f"/commitments/{mentor}", "unknown_mentor", "Deze mentor is niet van deze cohorte.")


@routes.post(
    "/{school}/advice",
    response_model=AdviceOut,
    responses={202: {"model": JobOut, "description": "Nog bezig: vraag het zo opnieuw."}},
    openapi_extra=access("coordinator"),
)
async def ask_advice(call: Called, cohort: Key, school: MemberKey, body: AdviceIn) -> Response:
    """Zeg welke tekorten de school best eerst aanpakt: de grootste winst voor de kleinste inspanning."""

    def effect(transaction: Transaction) -> Answer:
        is_member(call, transaction, cohort, school)
        payload = _question(transaction, cohort, school, body)
        key = jobs.enqueue(transaction, "advise_first", cohort=cohort, target=None, payload=payload)
        call.audit(transaction, "action_plan.advice_asked", school, cohort)
        job = jobs.find(transaction, key)
        assert job is not None  # noqa: S101 - added above
        return accepted(job)

    waiting = await run_in_threadpool(call.once, body, effect)
    return await answered(call, waiting, lambda found: Answer(200, found))


def _question(transaction: Transaction, cohort: str, school: str, body: AdviceIn) -> dict[str, Any]:
    measured = measurements.counting(transaction, cohort, school)
    if measured is None:
        raise conflict("not_measured", "Deze school diende nog geen meting in. Advies rekent op haar cijfers.")
    level = body.level or matcher.next_level(level_of(transaction, cohort, school))
    if level is None:
        raise conflict("highest_level", "Deze school heeft het hoogste niveau al.")
    rules = rules_row(transaction, cohort).document
    asked = {"school": school, "level": level, "budget": body.budget, "efforts": body.efforts}
    return asked | {"ratings": matcher.ratings_of(measured), "table": rules["table"], "source": rules["source"]}
