"""What became of every pair, and which schools go first in the next cohort?"""

from __future__ import annotations

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.documents.actions import (
    begin,
    body_document,
    must_match,
    number,
    page,
    written,
)
from service.trajectory.outcomes.actions import ledger_of, outcome_of, outcomes_of, shown, values_of
from service.trajectory.outcomes.shapes import LedgerOut, OutcomeIn, OutcomeOut, OutcomeSummaryOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/outcomes", "begeleiding")

FORMAT = "in2stem-outcome/1"


@routes.get("", response_model=Page[OutcomeOut], openapi_extra=access("viewer"))
def list_outcomes(call: Called, cohort: Key) -> Response:
    """Geef wat er van elk gepubliceerd koppel werd."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        known = outcomes_of(transaction, cohort)
    return page(shown(call.work, row, in_plan=now).value for _, (row, now) in sorted(known.items())).response()


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


@routes.get("/{school}/{mentor}", response_model=OutcomeOut, openapi_extra=access("viewer"))
def get_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey) -> Response:
    """Geef wat er van een koppel werd."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row, in_plan = outcome_of(transaction, cohort, school, mentor)
    return shown(call.work, row, in_plan=in_plan).response()


@routes.put("/{school}/{mentor}", response_model=OutcomeOut, responses=EDITED, openapi_extra=access("coordinator"))
def replace_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey, body: OutcomeIn) -> Response:
    """Noteer contacten, tevredenheid en waarom een koppel stopte; If-Match zegt welke versie u gelezen hebt."""
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        row, in_plan = outcome_of(transaction, cohort, school, mentor)
        must_match(call.work, row)
        pair = {"school": school, "mentor": mentor, "points": row.document["points"]}
        outcome = matcher.outcome_from_document(body_document(FORMAT, body, **pair))
        row = written(call.work, transaction, row, matcher.outcome_to_document(outcome), "outcome.changed")
        answer = shown(call.work, row, in_plan=in_plan)
    return answer.response()
