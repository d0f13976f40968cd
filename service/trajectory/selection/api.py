"""Which schools are selected, why, and how do the chosen become the cohort's schools?"""

from __future__ import annotations

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import begin, body_document, must_match, page, written
from service.core.errors import conflict, invalid
from service.database.engine import Transaction
from service.database.ids import now
from service.trajectory.applications import store as applications
from service.trajectory.applications.accepting import move
from service.trajectory.outcomes.actions import ledger_of
from service.trajectory.selection.actions import _accept, _ask, _policy, _policy_row, selection_of, shown
from service.trajectory.selection.shapes import (
    ReplaceIn,
    SelectionIn,
    SelectionOut,
    SelectionPolicyIn,
    SelectionPolicyOut,
)
from service.web.answers import Answer, to_json
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key, Page

routes = router("/v1/cohorts/{cohort}/selection", "selectie")

POLICY_FORMAT = "in2stem-selection-policy/1"


@routes.get("/policy", response_model=SelectionPolicyOut, openapi_extra=access("viewer"))
def get_selection_policy(call: Called, cohort: Key) -> Response:
    """Geef hoe er geselecteerd wordt: plaatsen, grenzen, volgorde van de doelen."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row = _policy_row(transaction, cohort)
    return _policy(row).response()


@routes.put("/policy", response_model=SelectionPolicyOut, responses=EDITED, openapi_extra=access("coordinator"))
def replace_selection_policy(call: Called, cohort: Key, body: SelectionPolicyIn) -> Response:
    """Stel in hoe er geselecteerd wordt; If-Match zegt welke versie u gelezen hebt."""
    policy = matcher.selection_policy_from_document(body_document(POLICY_FORMAT, body))
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        row = _policy_row(transaction, cohort)
        must_match(call.work, row)
        document = matcher.selection_policy_to_document(policy)
        row = written(call.work, transaction, row, document, "selection.policy_changed")
    return _policy(row).response()


@routes.post("", response_model=SelectionOut, status_code=202, openapi_extra=access("coordinator"))
def add_selection(call: Called, cohort: Key, body: SelectionIn) -> Response:
    """Kies scholen uit de bevestigde aanmeldingen, exact en met redenen. Er wordt nog niets aanvaard."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        ledger: dict[str, int] = {}
        if body.ledger_of is not None:
            call.cohort(transaction, body.ledger_of)
            ledger = {one.school: one.priority for one in ledger_of(transaction, body.ledger_of)}
        return shown(transaction, _ask(call.work, transaction, cohort, ledger, None), 202)

    return call.once(body, effect)


@routes.get("", response_model=Page[SelectionOut], openapi_extra=access("viewer"))
def list_selections(call: Called, cohort: Key) -> Response:
    """Geef de selecties, de nieuwste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        items = [shown(transaction, row).value for row in reversed(papers.listed(transaction, cohort, "selection"))]
    return page(items).response()


@routes.post("/replace", response_model=SelectionOut, status_code=202, openapi_extra=access("coordinator"))
def fill_place(call: Called, cohort: Key, body: ReplaceIn) -> Response:
    """Laat een school weggaan en selecteer haar plaats opnieuw; alle andere gekozen scholen blijven."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        rows = applications.listed(transaction, cohort, "school", "accepted")
        leaving = next((row for row in rows if row.document["school"]["id"] == body.school), None)
        if leaving is None:
            raise invalid("/school", "not_accepted", "Deze school is niet aanvaard na een aanmelding.")
        move(call.work, transaction, leaving, "withdrawn", body.reason)
        last = papers.newest(transaction, cohort, "selection")
        ledger = last.document["ledger"] if last is not None else {}
        return shown(transaction, _ask(call.work, transaction, cohort, ledger, body.school), 202)

    return call.once(body, effect)


@routes.get("/{selection}", response_model=SelectionOut, openapi_extra=access("viewer"))
def get_selection(call: Called, cohort: Key, selection: Key) -> Response:
    """Geef een selectie met de redenen; `laatste` is ook een naam."""
    with call.database.read() as transaction:
        answer = shown(transaction, selection_of(call.work, transaction, cohort, selection))
    return answer.response()


@routes.post("/{selection}/accept", response_model=SelectionOut, openapi_extra=access("coordinator"))
def accept_selection(call: Called, cohort: Key, selection: Key) -> Response:
    """Aanvaard de gekozen scholen: ze staan meteen in de cohorte. De andere komen op de wachtlijst."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        row = selection_of(call.work, transaction, cohort, selection)
        done = row.document["selection"]
        if done is None or not done["choices"]:
            raise conflict("no_selection", "Deze selectie heeft (nog) geen gekozen scholen.")
        if row.document["accepted_at"] is not None:
            raise conflict("already_accepted", "Deze selectie is al aanvaard.")
        _accept(call.work, transaction, cohort, done)
        moment = now().isoformat(timespec="milliseconds")
        document = dict(row.document) | {"accepted_at": moment}
        return shown(transaction, written(call.work, transaction, row, document, "selection.accepted"))

    return call.once(to_json({"accept": selection}), effect)
