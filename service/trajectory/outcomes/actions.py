"""How is the outcome of a pair noted, and what follows for the next cohort?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import names_of, short_key, told
from service.cohorts.documents.store import PaperRow
from service.core.errors import not_found
from service.rounds.run import store as rounds

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.web.answers import Answer


def outcomes_of(transaction: Transaction, cohort: str) -> dict[tuple[str, str], tuple[PaperRow, bool]]:
    """Give every pair that is or was published with what is known of it, and whether it is in the plan now."""
    found: dict[tuple[str, str], tuple[PaperRow, bool]] = {}
    kept = {row.id: row for row in papers.listed(transaction, cohort, "outcome")}
    for state in ("superseded", "published"):
        for one in rounds.plans_of_state(transaction, cohort, state):
            for started in matcher.start_outcomes(matcher.plan_from_document(one)):
                key = short_key(started.school, started.mentor)
                document = matcher.outcome_to_document(started)
                row = kept.get(key) or PaperRow(cohort=cohort, kind="outcome", id=key, document=document)
                found[started.school, started.mentor] = row, state == "published"
    for row in kept.values():
        found.setdefault((row.document["school"], row.document["mentor"]), (row, False))
    return found


def values_of(transaction: Transaction, cohort: str) -> list[matcher.MentoringOutcome]:
    """Give the outcomes of a cohort as the matcher knows them."""
    return [matcher.outcome_from_document(row.document) for row, _ in outcomes_of(transaction, cohort).values()]


def ledger_of(transaction: Transaction, cohort: str) -> tuple[matcher.LedgerEntry, ...]:
    """Give the priority of every school of a cohort in the next one; nothing before anything is published."""
    known = outcomes_of(transaction, cohort)
    values = [matcher.outcome_from_document(row.document) for row, _ in known.values()]
    planned = {pair for pair, (_, in_plan) in known.items() if in_plan}
    return matcher.fairness_ledger(values, names_of(transaction, cohort), planned=planned or None) if known else ()


def shown(work: Work, row: PaperRow, *, in_plan: bool) -> Answer:
    """Write an outcome; why a pair stopped, in words, is for coordinators."""
    value: dict[str, Any] = {name: one for name, one in row.document.items() if name != "format"}
    if work.caller.role not in ("coordinator", "admin"):
        value["stop_note"] = ""
    return told(row, value | {"in_plan": in_plan})


def outcome_of(transaction: Transaction, cohort: str, school: str, mentor: str) -> tuple[PaperRow, bool]:
    """Give the outcome of a pair; raises Problem 404 for one that never was published."""
    found = outcomes_of(transaction, cohort).get((school, mentor))
    if found is None:
        raise not_found("Dit koppel")
    return found
