"""Who takes part now? Who is in the cohort, without mentors who stopped."""

from __future__ import annotations

from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.members.store import Side
from service.database.engine import Transaction


def taking_part(transaction: Transaction, cohort: str) -> set[tuple[Side, str]]:
    """Give who takes part in a cohort now, each a side and an id."""
    stopped = {one.mentor for one in withdrawn_store.listed(transaction, cohort)}
    schools: set[tuple[Side, str]] = {("school", one.id) for one in members.listed(transaction, "school", cohort)}
    mentors = [one for one in members.listed(transaction, "mentor", cohort) if one.id not in stopped]
    return schools | {("mentor", one.id) for one in mentors if one.document["status"] != "withdrawn"}
