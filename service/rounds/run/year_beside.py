"""Does the year of sessions still follow the plan? Asked beside what changed the plan, told by a job."""

from __future__ import annotations

from service.database.engine import Transaction
from service.jobs import store as jobs
from service.rounds.run import store as rounds


def look_at_year(transaction: Transaction, cohort: str) -> None:
    """Have a published year of sessions held against the plan and the cohort of now, where there is such a year."""
    if rounds.has_public_year(transaction, cohort):
        jobs.enqueue(transaction, "look_at_year", cohort=cohort)
