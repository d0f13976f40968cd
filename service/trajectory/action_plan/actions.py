"""How is a school's action plan kept, and advice asked?"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    body_document,
    is_member,
    must_match,
    number,
    or_empty,
    remarks_of,
    shaped,
    tag_of_version,
    written,
)
from service.cohorts.documents.store import PaperRow
from service.cohorts.members import store as members
from service.core.errors import conflict, invalid, not_found
from service.database.engine import Transaction
from service.database.ids import today
from service.jobs import store as jobs
from service.jobs.actions import job_of
from service.jobs.actions import shape_of as job_answer
from service.jobs.shapes import JobOut
from service.measuring import store as measurements
from service.trajectory.action_plan.shapes import ActionPlanIn, ActionPlanOut, AdviceIn, ReminderOut
from service.trajectory.label.actions import level_of, rules_row
from service.web.shapes import Page

FORMAT = "in2stem-action-plan/1"


def plan_row(transaction: Transaction, cohort: str, school: str) -> PaperRow:
    """Give a school's plan, an empty one where nobody wrote it yet."""
    empty = matcher.action_plan_to_document(matcher.ActionPlan(school=school))
    return or_empty(transaction, cohort, "action_plan", school, empty)


@action("viewer")
def list_action_plans(work: Work, cohort: str) -> Page[ActionPlanOut]:
    """Give the action plans that there are."""
    with work.reading(cohort) as transaction:
        rows = papers.listed(transaction, cohort, "action_plan")
        items = [_shape_of(row, measurements.counting(transaction, cohort, row.id)) for row in rows]
    return Page(items=items, next=None)


@action("viewer")
def list_reminders(work: Work, cohort: str, ahead: int) -> Page[ReminderOut]:
    """Give what is late, or due within so many days, the most urgent first."""
    with work.reading(cohort) as transaction:
        rows = papers.listed(transaction, cohort, "action_plan")
    plans = [matcher.action_plan_from_document(row.document) for row in rows]
    reminders = [one for plan in plans for one in matcher.plan_reminders(plan, today(), ahead)]
    items = [ReminderOut(**asdict(one)) for one in sorted(reminders, key=lambda one: (one.due, one.school))]
    return Page(items=items, next=None)


@action("viewer")
def why_no_reminders(work: Work, cohort: str) -> str:
    """Say what is known where nobody is reminded."""
    with work.reading(cohort) as transaction:
        rows = papers.listed(transaction, cohort, "action_plan")
    return matcher.no_reminder_words(matcher.action_plan_from_document(row.document) for row in rows)


@action("viewer")
def get_action_plan(work: Work, cohort: str, school: str) -> ActionPlanOut:
    """Give the action plan of a school: how far it is, and what it still lacks."""
    with work.reading() as transaction:
        is_member(work, transaction, cohort, school)
        row = plan_row(transaction, cohort, school)
        return _shape_of(row, measurements.counting(transaction, cohort, school))


@action("coordinator")
def replace_action_plan(work: Work, cohort: str, school: str, body: ActionPlanIn) -> ActionPlanOut:
    """Keep the action plan of a school in the place of the version that was read."""
    plan = _promised(matcher.action_plan_from_document(body_document(FORMAT, body, school=school)))
    with work.changing(cohort) as transaction:
        is_member(work, transaction, cohort, school)
        row = plan_row(transaction, cohort, school)
        must_match(work, row)
        _known_mentors(transaction, cohort, row, body)
        row = written(work, transaction, row, matcher.action_plan_to_document(plan), "action_plan.changed")
        return _shape_of(row, measurements.counting(transaction, cohort, school))


def tick_in(  # noqa: PLR0913, PLR0917 - a step is named by three
    work: Work, transaction: Transaction, cohort: str, school: str, step: tuple[str, str, int], done: date | None
) -> None:
    """Say when a step was done, None for not, in the transaction of an action; raises Problem 404 for none.

    A step is named by `school` and the criterion of its goal, or by `mentor` and who promised it; and its number.
    """
    work.hold(transaction, cohort)
    row, (side, where, number) = plan_row(transaction, cohort, school), step
    document = deepcopy(dict(row.document))
    goals = {one["criterion"]: one["steps"] for one in document["goals"]}
    deeds = goals.get(where, []) if side == "school" else document["commitments"].get(where, [])
    if number >= len(deeds):
        raise not_found("Deze stap")
    deeds[number]["done"] = done.isoformat() if done is not None else None
    plan = matcher.action_plan_from_document(document)
    written(work, transaction, row, matcher.action_plan_to_document(plan), "action_plan.changed")


@action("coordinator")
def ask_advice(work: Work, cohort: str, school: str, body: AdviceIn) -> JobOut:
    """Ask which shortfalls a school best takes first; its answer is an AdviceOut."""

    def effect(transaction: Transaction) -> JobOut:
        is_member(work, transaction, cohort, school)
        payload = _question(transaction, cohort, school, body)
        key = jobs.enqueue(transaction, "advise_first", cohort=cohort, target=None, payload=payload)
        work.audit(transaction, "action_plan.advice_asked", school, cohort)
        return job_answer(job_of(work, transaction, key))

    return work.once(body, JobOut, effect)


@action("coordinator")
def advice_asked(work: Work, cohort: str, school: str, job: str) -> str:
    """Give the job of an advice that was asked for a school; raises Problem 404 for what is none."""
    with work.reading() as transaction:
        is_member(work, transaction, cohort, school)
        row = jobs.find(transaction, job)
    if row is None or (row.cohort, row.kind) != (cohort, "advise_first") or row.payload["school"] != school:
        raise not_found("Dit advies")
    return row.id


def tag_of(cohort: str, plan: ActionPlanOut) -> str:
    """Give the ETag of a school's action plan."""
    return tag_of_version(plan.version, cohort, "action_plan", plan.school)


def _shape_of(row: PaperRow, measured: matcher.Measurement | None) -> ActionPlanOut:
    plan = matcher.action_plan_from_document(row.document)
    ratings = matcher.ratings_of(measured) if measured is not None else {}
    value = {name: row.document[name] for name in ("school", "goals", "commitments")}
    value |= {
        "progress": number(plan.progress),
        "findings": remarks_of(matcher.plan_findings(plan, ratings)),
        "reminders": [asdict(one) for one in matcher.plan_reminders(plan, today())],
        "asked_of_mentor": list(matcher.plan_support(plan, "mentor")),
        "asked_of_network": list(matcher.plan_support(plan, "network")),
    }
    return shaped(ActionPlanOut, row, value)


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
