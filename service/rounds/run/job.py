"""How is a round solved and studied? First the plan; then what follows from it: drop-outs and suggestions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import matcher
from service.database.engine import Transaction
from service.database.json_text import Written, serialize
from service.jobs import store as jobs
from service.jobs.store import JobRow, Progress, Stop
from service.rounds.run import store as rounds
from service.webhooks import store as webhooks


def prepare_solve(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the round, as text."""
    return {"given": rounds.kept_texts(transaction, str(job.target))[0]}


def solve(payload: Mapping[str, Any], progress: Progress, stop: Stop) -> dict[str, Any]:
    """Find the plan and check it without the solver."""
    given = matcher.round_from_document(json.loads(payload["given"]))
    verdicts = matcher.judge(given)
    plan = matcher.assign(given, verdicts, progress=progress, stop=stop)
    if plan.status in ("proven", "feasible"):
        faults = matcher.check_plan(given, verdicts, plan)
        if faults:
            raise AssertionError(f"het plan kwam niet door de controle: {faults[0]}")
    return {"status": plan.status, "plan": serialize(matcher.plan_to_document(plan))}


def finish_solve(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the plan; have it studied where there is one."""
    rounds.keep_plan(transaction, str(job.target), Written(result["plan"]))
    values = {"round": job.target, "status": result["status"]}
    webhooks.announce(transaction, "round.finished", str(job.cohort), values)
    if result["status"] in ("proven", "feasible"):
        jobs.enqueue(transaction, "study_round", cohort=job.cohort, target=job.target, parent=job.id)
