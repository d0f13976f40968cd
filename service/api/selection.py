"""Which schools are selected, why, and how do the chosen become the cohort's schools?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.accepting import move
from service.api.applications import doubles_of
from service.api.outcomes import ledger_of
from service.api.papers import begin, body_document, must_match, or_empty, page, told, written
from service.errors import conflict, invalid, not_found
from service.store import applications, jobs, papers
from service.store.database import Transaction
from service.store.ids import new_id, now
from service.store.papers import ONLY, PaperRow
from service.wire.answers import Answer, to_json
from service.wire.shapes import EDITED, Key, Page
from service.wire.trajectory import ReplaceIn, SelectionIn, SelectionOut, SelectionPolicyIn, SelectionPolicyOut

routes = router("/v1/cohorts/{cohort}/selection", "selectie")

POLICY_FORMAT = "in2stem-selection-policy/1"
OPEN = ("confirmed", "waiting", "accepted")


def _policy_row(transaction: Transaction, cohort: str) -> PaperRow:
    usual = matcher.selection_policy_to_document(matcher.SelectionPolicy())
    return or_empty(transaction, cohort, "selection_policy", ONLY, usual)


def _policy(row: PaperRow) -> Answer:
    return told(row, {name: value for name, value in row.document.items() if name != "format"})


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
        begin(call, transaction, cohort)
        row = _policy_row(transaction, cohort)
        must_match(call, row)
        document = matcher.selection_policy_to_document(policy)
        row = written(call, transaction, row, document, "selection.policy_changed")
    return _policy(row).response()


def selection_of(call: Call, transaction: Transaction, cohort: str, key: str) -> PaperRow:
    """Give a selection; `laatste` is a name too. Raises Problem 404."""
    call.cohort(transaction, cohort)
    if key == "laatste":
        row = papers.newest(transaction, cohort, "selection")
    else:
        row = papers.find(transaction, cohort, "selection", key)
    if row is None:
        raise not_found("Deze selectie")
    return row


def shown(transaction: Transaction, row: PaperRow, status: int = 200) -> Answer:
    """Write a selection with its reasons, or how far its computing is."""
    known = row.document
    job = jobs.find(transaction, known["job"])
    done = known["selection"] or {"status": None, "choices": [], "goals": [], "notes": [], "conflict": None}
    value = {name: done[name] for name in ("status", "goals", "notes", "conflict")}
    value["choices"] = [dict(one) | {"name": known["names"].get(one["school"], "")} for one in done["choices"]]
    value |= {name: known[name] for name in ("job", "dropped", "ledger", "accepted_at")} | {"id": row.id}
    value |= {"job_state": job.state if job else None, "failure": job.failure if job else ""}
    return told(row, value, status, Location=f"/v1/cohorts/{row.cohort}/selection/{row.id}")


def _ask(call: Call, transaction: Transaction, cohort: str, ledger: Mapping[str, int], dropped: str | None) -> PaperRow:
    """Have schools selected; raises Problem 409 where there is nobody, or somebody twice."""
    open_ones = [row for row in applications.listed(transaction, cohort, "school") if row.state in OPEN]
    if not open_ones:
        raise conflict("nothing_to_do", "Er zijn nog geen bevestigde aanmeldingen van scholen.")
    twice = {one: group for one, group in doubles_of(transaction, cohort).items() if one in {r.id for r in open_ones}}
    known = {row.id: row.state for row in applications.listed(transaction, cohort)}
    for group in twice.values():
        both = [one for one in group if known[one] in OPEN]
        if len(both) > 1:
            detail = "Een school meldde zich meer dan één keer aan. Weiger eerst de dubbele aanmelding."
            raise conflict("doubles", detail, applications=both)
    key = new_id("sel")
    payload = {"ledger": dict(ledger)}
    job = jobs.enqueue(transaction, "select_schools", cohort=cohort, target=key, payload=payload)
    document = {"selection": None, "names": {}, "job": job, "ledger": dict(ledger), "dropped": dropped}
    row = PaperRow(cohort=cohort, kind="selection", id=key, document={})
    return written(call, transaction, row, document | {"accepted_at": None}, "selection.begun")


@routes.post("", response_model=SelectionOut, status_code=202, openapi_extra=access("coordinator"))
def add_selection(call: Called, cohort: Key, body: SelectionIn) -> Response:
    """Kies scholen uit de bevestigde aanmeldingen, exact en met redenen. Er wordt nog niets aanvaard."""

    def effect(transaction: Transaction) -> Answer:
        begin(call, transaction, cohort)
        ledger: dict[str, int] = {}
        if body.ledger_of is not None:
            call.cohort(transaction, body.ledger_of)
            ledger = {one.school: one.priority for one in ledger_of(transaction, body.ledger_of)}
        return shown(transaction, _ask(call, transaction, cohort, ledger, None), 202)

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
        begin(call, transaction, cohort)
        rows = applications.listed(transaction, cohort, "school", "accepted")
        leaving = next((row for row in rows if row.document["school"]["id"] == body.school), None)
        if leaving is None:
            raise invalid("/school", "not_accepted", "Deze school is niet aanvaard na een aanmelding.")
        move(call, transaction, leaving, "withdrawn", body.reason)
        last = papers.newest(transaction, cohort, "selection")
        ledger = last.document["ledger"] if last is not None else {}
        return shown(transaction, _ask(call, transaction, cohort, ledger, body.school), 202)

    return call.once(body, effect)


@routes.get("/{selection}", response_model=SelectionOut, openapi_extra=access("viewer"))
def get_selection(call: Called, cohort: Key, selection: Key) -> Response:
    """Geef een selectie met de redenen; `laatste` is ook een naam."""
    with call.database.read() as transaction:
        answer = shown(transaction, selection_of(call, transaction, cohort, selection))
    return answer.response()


@routes.post("/{selection}/accept", response_model=SelectionOut, openapi_extra=access("coordinator"))
def accept_selection(call: Called, cohort: Key, selection: Key) -> Response:
    """Aanvaard de gekozen scholen: ze staan meteen in de cohorte. De andere komen op de wachtlijst."""

    def effect(transaction: Transaction) -> Answer:
        begin(call, transaction, cohort)
        row = selection_of(call, transaction, cohort, selection)
        done = row.document["selection"]
        if done is None or not done["choices"]:
            raise conflict("no_selection", "Deze selectie heeft (nog) geen gekozen scholen.")
        if row.document["accepted_at"] is not None:
            raise conflict("already_accepted", "Deze selectie is al aanvaard.")
        _accept(call, transaction, cohort, done)
        moment = now().isoformat(timespec="milliseconds")
        document = dict(row.document) | {"accepted_at": moment}
        return shown(transaction, written(call, transaction, row, document, "selection.accepted"))

    return call.once(to_json({"accept": selection}), effect)


def _accept(call: Call, transaction: Transaction, cohort: str, done: Mapping[str, Any]) -> None:
    """Move every application to what the selection says; raises Problem 409 where one is no longer open."""
    rows = {
        row.document["school"]["id"]: row
        for row in applications.listed(transaction, cohort, "school")
        if row.state in OPEN
    }
    chosen = {one["school"] for one in done["choices"] if one["outcome"] == "chosen"}
    since = sorted(school for school, row in rows.items() if row.state == "accepted" and school not in chosen)
    if since:
        detail = "Sinds deze selectie werd een andere school aanvaard; samen waren het er te veel. Selecteer opnieuw."
        raise conflict("selection_stale", detail, schools=since)
    lost = sorted(chosen - set(rows))
    if lost:
        detail = "Sinds deze selectie viel een gekozen school weg. Selecteer opnieuw."
        raise conflict("selection_stale", detail, schools=lost)
    for one in done["choices"]:
        row = rows.get(one["school"])
        if row is not None and one["outcome"] == "chosen" and row.state != "accepted":
            move(call, transaction, row, "accepted", one["reason"])
        elif row is not None and one["outcome"] == "waiting" and row.state == "confirmed":
            move(call, transaction, row, "waiting", one["reason"])
