"""How is the advice worked out, which shortfalls a school best takes first?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import matcher
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.jobs.store import JobRow, Progress, Stop


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
