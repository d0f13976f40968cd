"""How is the outcome of a pair noted, and what follows for the next cohort?"""

from __future__ import annotations

from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    body_document,
    must_match,
    names_of,
    number,
    shaped,
    short_key,
    tag_of_version,
    written,
)
from service.cohorts.documents.store import PaperRow
from service.core.errors import conflict, existing, invalid
from service.database.engine import Transaction
from service.database.ids import today
from service.rounds.run import store as rounds
from service.trajectory.outcomes.shapes import ContactShape, LedgerOut, OutcomeIn, OutcomeOut, OutcomeSummaryOut
from service.web.shapes import Page

FORMAT = "in2stem-outcome/1"
MOST_CONTACTS = 200


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


def _shape_of(work: Work, row: PaperRow, *, in_plan: bool) -> OutcomeOut:
    """Write an outcome; why a pair stopped, in words, is for coordinators."""
    value: dict[str, Any] = {name: one for name, one in row.document.items() if name != "format"}
    if not work.is_trusted:
        value["stop_note"] = ""
    return shaped(OutcomeOut, row, value | {"in_plan": in_plan})


@action("viewer")
def list_outcomes(work: Work, cohort: str) -> Page[OutcomeOut]:
    """Give what became of each pair that is or was published."""
    with work.reading(cohort) as transaction:
        known = outcomes_of(transaction, cohort)
    return Page(items=[_shape_of(work, row, in_plan=now) for _, (row, now) in sorted(known.items())], next=None)


@action("viewer")
def get_outcome_summary(work: Work, cohort: str) -> OutcomeSummaryOut:
    """Give how the mentoring went, added up: contacts, satisfaction, why pairs stopped."""
    with work.reading(cohort) as transaction:
        summed = matcher.outcome_summary(values_of(transaction, cohort))
    return OutcomeSummaryOut(
        pairs=summed.pairs,
        contacts=summed.contacts,
        without_contact=summed.without_contact,
        stopped=dict(summed.stopped),
        sentence=summed.sentence,
        school_satisfaction=number(summed.school_satisfaction),
        mentor_satisfaction=number(summed.mentor_satisfaction),
    )


@action("viewer")
def get_ledger(work: Work, cohort: str) -> Page[LedgerOut]:
    """Give which schools go first in the next cohort, by how much and why."""
    with work.reading(cohort) as transaction:
        entries = ledger_of(transaction, cohort)
    items = [LedgerOut(school=one.school, priority=one.priority, reason=one.reason) for one in entries]
    return Page(items=items, next=None)


@action("viewer")
def get_outcome(work: Work, cohort: str, school: str, mentor: str) -> OutcomeOut:
    """Give what became of a pair."""
    with work.reading(cohort) as transaction:
        row, in_plan = outcome_of(transaction, cohort, school, mentor)
    return _shape_of(work, row, in_plan=in_plan)


@action("coordinator")
def replace_outcome(work: Work, cohort: str, school: str, mentor: str, body: OutcomeIn) -> OutcomeOut:
    """Note contacts, satisfaction and why a pair stopped, in the place of the version that was read."""
    with work.changing(cohort) as transaction:
        row, in_plan = outcome_of(transaction, cohort, school, mentor)
        must_match(work, row)
        pair = {"school": school, "mentor": mentor, "points": row.document["points"]}
        outcome = matcher.outcome_from_document(body_document(FORMAT, body, **pair))
        row = written(work, transaction, row, matcher.outcome_to_document(outcome), "outcome.changed")
    return _shape_of(work, row, in_plan=in_plan)


def add_contact_in(  # noqa: PLR0913, PLR0917 - a pair and its contact
    work: Work, transaction: Transaction, cohort: str, school: str, mentor: str, contact: ContactShape
) -> None:
    """Add a contact of a pair in the transaction of an action; raises Problem 422 for a day that is still to come."""
    if contact.day > today():
        raise invalid("/day", "day_to_come", "Deze dag moet nog komen. Noteer een contact pas als het er was.")
    work.hold(transaction, cohort)
    row, _ = outcome_of(transaction, cohort, school, mentor)
    if len(row.document["contacts"]) >= MOST_CONTACTS:
        raise conflict("too_many_contacts", f"Er staan al {MOST_CONTACTS} contacten. Meer kan niet.")
    _changed(work, transaction, row, contacts=[*row.document["contacts"], contact.model_dump(mode="json")])


def rate_in(  # noqa: PLR0913, PLR0917 - a pair, and who says it
    work: Work, transaction: Transaction, cohort: str, school: str, mentor: str, side: str, satisfaction: int
) -> None:
    """Keep how satisfied one side of a pair is, in the transaction of an action; the other's word stays."""
    work.hold(transaction, cohort)
    row, _ = outcome_of(transaction, cohort, school, mentor)
    _changed(work, transaction, row, **{f"{side}_satisfaction": satisfaction})


def _changed(work: Work, transaction: Transaction, row: PaperRow, **members: Any) -> None:  # noqa: ANN401 - JSON
    """Write an outcome with some members changed; the matcher refuses what can't be."""
    outcome = matcher.outcome_from_document({**row.document, **members})
    written(work, transaction, row, matcher.outcome_to_document(outcome), "outcome.changed")


def tag_of(cohort: str, outcome: OutcomeOut) -> str:
    """Give the ETag of what became of a pair."""
    return tag_of_version(outcome.version, cohort, "outcome", short_key(outcome.school, outcome.mentor))


def outcome_of(transaction: Transaction, cohort: str, school: str, mentor: str) -> tuple[PaperRow, bool]:
    """Give the outcome of a pair; raises Problem 404 for one that never was published."""
    return existing(outcomes_of(transaction, cohort).get((school, mentor)), "Dit koppel")
