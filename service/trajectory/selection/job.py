"""What of the trajectory is computed in a job? Selecting schools, sharing the jury's work, and what to take first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.access import scope
from service.cohorts.documents import store as papers
from service.cohorts.documents.store import BY_SERVICE
from service.database.engine import Transaction
from service.jobs.store import JobRow, Progress, Stop
from service.trajectory.applications import store as applications


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
    scope.touch(transaction, cohort)
    row = papers.find(transaction, cohort, "selection", str(job.target))
    if row is not None:
        papers.put(transaction, cohort, "selection", row.id, dict(row.document) | dict(result), BY_SERVICE)
