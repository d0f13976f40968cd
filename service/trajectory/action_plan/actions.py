"""How is a school's action plan kept, and advice asked?"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.documents.actions import findings, number, or_empty, told
from service.cohorts.members import store as members
from service.core.errors import conflict, invalid
from service.database.ids import today
from service.measuring import store as measurements
from service.trajectory.label.actions import level_of, rules_row

if TYPE_CHECKING:
    from service.cohorts.documents.store import PaperRow
    from service.database.engine import Transaction
    from service.trajectory.action_plan.shapes import ActionPlanIn, AdviceIn
    from service.web.answers import Answer


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
