"""What became of every pair, and which schools go first in the next cohort?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.papers import (
    begin,
    body_document,
    must_match,
    names_of,
    number,
    page,
    short_key,
    told,
    written,
)
from service.errors import not_found
from service.store import papers, rounds
from service.store.database import Transaction
from service.store.papers import PaperRow
from service.wire.answers import Answer
from service.wire.members import MemberKey
from service.wire.shapes import EDITED, Key, Page
from service.wire.trajectory import LedgerOut, OutcomeIn, OutcomeOut, OutcomeSummaryOut

routes = router("/v1/cohorts/{cohort}/outcomes", "begeleiding")

FORMAT = "in2stem-outcome/1"


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


def shown(call: Call, row: PaperRow, *, in_plan: bool) -> Answer:
    """Write an outcome; why a pair stopped, in words, is for coordinators."""
    value: dict[str, Any] = {name: one for name, one in row.document.items() if name != "format"}
    if call.caller.role not in ("coordinator", "admin"):
        value["stop_note"] = ""
    return told(row, value | {"in_plan": in_plan})


@routes.get("", response_model=Page[OutcomeOut], openapi_extra=access("viewer"))
def list_outcomes(call: Called, cohort: Key) -> Response:
    """Geef wat er van elk gepubliceerd koppel werd."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        known = outcomes_of(transaction, cohort)
    return page(shown(call, row, in_plan=now).value for _, (row, now) in sorted(known.items())).response()


@routes.get("/summary", response_model=OutcomeSummaryOut, openapi_extra=access("viewer"))
def get_outcome_summary(call: Called, cohort: Key) -> Response:
    """Tel op hoe de begeleiding ging: contacten, tevredenheid, waarom koppels stopten."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        summed = matcher.outcome_summary(values_of(transaction, cohort))
    names = ("pairs", "contacts", "without_contact", "stopped", "sentence")
    means = {name: number(getattr(summed, name)) for name in ("school_satisfaction", "mentor_satisfaction")}
    return Answer(200, {name: getattr(summed, name) for name in names} | means).response()


@routes.get("/ledger", response_model=Page[LedgerOut], openapi_extra=access("viewer"))
def get_ledger(call: Called, cohort: Key) -> Response:
    """Zeg welke scholen in de volgende cohorte voorrang krijgen, hoeveel en waarom."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        entries = ledger_of(transaction, cohort)
    return page({"school": one.school, "priority": one.priority, "reason": one.reason} for one in entries).response()


def outcome_of(transaction: Transaction, cohort: str, school: str, mentor: str) -> tuple[PaperRow, bool]:
    """Give the outcome of a pair; raises Problem 404 for one that never was published."""
    found = outcomes_of(transaction, cohort).get((school, mentor))
    if found is None:
        raise not_found("Dit koppel")
    return found


@routes.get("/{school}/{mentor}", response_model=OutcomeOut, openapi_extra=access("viewer"))
def get_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey) -> Response:
    """Geef wat er van een koppel werd."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row, in_plan = outcome_of(transaction, cohort, school, mentor)
    return shown(call, row, in_plan=in_plan).response()


@routes.put("/{school}/{mentor}", response_model=OutcomeOut, responses=EDITED, openapi_extra=access("coordinator"))
def replace_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey, body: OutcomeIn) -> Response:
    """Noteer contacten, tevredenheid en waarom een koppel stopte; If-Match zegt welke versie u gelezen hebt."""
    with call.database.write() as transaction:
        begin(call, transaction, cohort)
        row, in_plan = outcome_of(transaction, cohort, school, mentor)
        must_match(call, row)
        pair = {"school": school, "mentor": mentor, "points": row.document["points"]}
        outcome = matcher.outcome_from_document(body_document(FORMAT, body, **pair))
        row = written(call, transaction, row, matcher.outcome_to_document(outcome), "outcome.changed")
        answer = shown(call, row, in_plan=in_plan)
    return answer.response()
