"""What of the trajectory is computed in a job? Selecting schools, sharing the jury's work, and what to take first."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import matcher
from service.store import applications, cohorts, jobs, papers, trail
from service.store.papers import ONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.store.database import Transaction
    from service.store.jobs import JobRow

    Progress = Callable[[str, float | None], None]
    Stop = Callable[[], bool]

BY = "service"


def prepare_selection(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the applications of schools and the policy."""
    if papers.find(transaction, str(job.cohort), "selection", str(job.target)) is None:
        raise matcher.InvalidValueError("Deze selectie is intussen verwijderd.")
    rows = applications.listed(transaction, str(job.cohort), "school")
    policy = papers.find(transaction, str(job.cohort), "selection_policy")
    chosen = matcher.selection_policy_to_document(matcher.SelectionPolicy()) if policy is None else policy.document
    return {
        "applications": [row.document for row in rows],
        "policy": chosen,
        "ledger": job.payload["ledger"],
    }


def select(payload: Mapping[str, Any], _progress: Progress, _stop: Stop) -> dict[str, Any]:
    """Select schools, exactly and with the reasons; who is accepted already stays."""
    pool = matcher.pool_of(
        [matcher.application_from_document(one) for one in payload["applications"]],
        matcher.selection_policy_from_document(payload["policy"]),
        payload["ledger"],
    )
    names = {one.id: one.name for one in pool.candidates}
    return {"selection": matcher.selection_to_document(matcher.select_schools(pool)), "names": names}


def finish_selection(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the selection."""
    cohort = str(job.cohort)
    cohorts.touch(transaction, cohort)
    row = papers.find(transaction, cohort, "selection", str(job.target))
    if row is not None:
        papers.put(transaction, cohort, "selection", row.id, dict(row.document) | dict(result), BY)


def prepare_jury(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the schools and the jurors of the Award."""
    row = papers.find(transaction, str(job.cohort), "award")
    if row is None:
        raise matcher.InvalidValueError("Er is nog geen Award met juryleden.")
    return {"award": row.document} | dict(job.payload)


def share_jury(payload: Mapping[str, Any], _progress: Progress, _stop: Stop) -> dict[str, Any]:
    """Share the readings out among jurors without a tie."""
    award = matcher.award_from_document(payload["award"])
    names = {one: payload["names"].get(one, one) for one in award.schools}
    numbered = [replace(one, name=f"«{one.id}»") for one in award.jurors]  # what is kept names no person in its notes
    plan = matcher.assign_jury(
        names, numbered, readings=payload["readings"], most=payload["most"], seed=payload["seed"]
    )
    return matcher.jury_to_document(plan)


def finish_jury(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep who reads what."""
    cohort = str(job.cohort)
    cohorts.touch(transaction, cohort)
    papers.put(transaction, cohort, "jury", ONLY, result, BY)
    trail.note(transaction, BY, "jury.shared", cohort, cohort, {}, "")


def prepare_advice(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Give what the question holds; the transaction is not needed."""
    del transaction
    return dict(job.payload)


def advise(payload: Mapping[str, Any], _progress: Progress, _stop: Stop) -> dict[str, Any]:
    """Find what to take first, and write it as goals of an action plan too."""
    table = payload["table"]
    rules = matcher.read_rules(table, payload["source"]) if table else matcher.default_rules()
    advice = matcher.advise_first(
        payload["ratings"], payload["efforts"], payload["level"], budget=payload["budget"], rules=rules
    )
    plan = matcher.ActionPlan(school=payload["school"], goals=matcher.plan_goals(advice))
    goals = matcher.action_plan_to_document(plan)["goals"]
    return {"answer": asdict(advice) | {"goals": goals}}


def finish_advice(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the advice with the job: the asker reads it there."""
    jobs.keep_result(transaction, job.id, dict(result))
