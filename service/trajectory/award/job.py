"""How is the jury's work shared?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import matcher
from service.access import audit_trail, scope
from service.cohorts.documents import store as papers
from service.cohorts.documents.store import BY_SERVICE, ONLY
from service.database.engine import Transaction
from service.jobs.store import JobRow, Progress, Stop


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
    scope.touch(transaction, cohort)
    papers.put(transaction, cohort, "jury", ONLY, result, BY_SERVICE)
    audit_trail.note(transaction, BY_SERVICE, "jury.shared", cohort, cohort, {}, "")
