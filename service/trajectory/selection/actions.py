"""How are schools selected, and how do the chosen become the schools of the cohort?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    body_document,
    must_match,
    or_empty,
    shaped,
    stamp_of,
    tag_of_version,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, invalid, not_found
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.jobs import store as jobs
from service.trajectory.applications import store as applications
from service.trajectory.applications.accepting import move
from service.trajectory.applications.actions import doubles_of
from service.trajectory.outcomes.actions import ledger_of
from service.trajectory.selection.shapes import (
    ReplaceIn,
    SelectionIn,
    SelectionOut,
    SelectionPolicyIn,
    SelectionPolicyOut,
)
from service.web.shapes import Page
from service.webhooks import store as webhooks

POLICY_FORMAT = "in2stem-selection-policy/1"
OPEN = ("confirmed", "waiting", "accepted")


def _policy_row(transaction: Transaction, cohort: str) -> PaperRow:
    usual = matcher.selection_policy_to_document(matcher.SelectionPolicy())
    return or_empty(transaction, cohort, "selection_policy", ONLY, usual)


@action("viewer")
def get_selection_policy(work: Work, cohort: str) -> SelectionPolicyOut:
    """Give how schools are selected; version 0 is the product's own way."""
    with work.reading(cohort) as transaction:
        return _policy(_policy_row(transaction, cohort))


@action("coordinator")
def replace_selection_policy(work: Work, cohort: str, body: SelectionPolicyIn) -> SelectionPolicyOut:
    """Say how schools are selected, in the place of the version that was read."""
    policy = matcher.selection_policy_from_document(body_document(POLICY_FORMAT, body))
    with work.changing(cohort) as transaction:
        row = _policy_row(transaction, cohort)
        must_match(work, row)
        document = matcher.selection_policy_to_document(policy)
        return _policy(written(work, transaction, row, document, "selection.policy_changed"))


@action("coordinator")
def add_selection(work: Work, cohort: str, body: SelectionIn) -> SelectionOut:
    """Have schools selected among the confirmed applications; nobody is accepted yet."""

    def effect(transaction: Transaction) -> SelectionOut:
        work.hold(transaction, cohort)
        ledger: dict[str, int] = {}
        if body.ledger_of is not None:
            work.cohort(transaction, body.ledger_of)
            ledger = {one.school: one.priority for one in ledger_of(transaction, body.ledger_of)}
        return shape_of(transaction, _ask(work, transaction, cohort, ledger, None))

    return work.once(body, SelectionOut, effect)


@action("viewer")
def list_selections(work: Work, cohort: str) -> Page[SelectionOut]:
    """Give the selections, the newest first."""
    with work.reading(cohort) as transaction:
        items = [shape_of(transaction, row) for row in reversed(papers.listed(transaction, cohort, "selection"))]
    return Page(items=items, next=None)


@action("viewer")
def get_selection(work: Work, cohort: str, selection: str) -> SelectionOut:
    """Give a selection with the reasons; `laatste` is a name too."""
    with work.reading() as transaction:
        return shape_of(transaction, selection_of(work, transaction, cohort, selection))


@action("coordinator")
def fill_place(work: Work, cohort: str, body: ReplaceIn) -> SelectionOut:
    """Let an accepted school leave and have its place selected anew; all other chosen schools stay."""

    def effect(transaction: Transaction) -> SelectionOut:
        work.hold(transaction, cohort)
        rows = applications.listed(transaction, cohort, "school", "accepted")
        leaving = next((row for row in rows if row.document["school"]["id"] == body.school), None)
        if leaving is None:
            raise invalid("/school", "not_accepted", "Deze school is niet aanvaard na een aanmelding.")
        move(work, transaction, leaving, "withdrawn", body.reason)
        last = papers.newest(transaction, cohort, "selection")
        ledger = last.document["ledger"] if last is not None else {}
        return shape_of(transaction, _ask(work, transaction, cohort, ledger, body.school))

    return work.once(body, SelectionOut, effect)


@action("coordinator")
def accept_selection(work: Work, cohort: str, selection: str) -> SelectionOut:
    """Accept the chosen schools: they are in the cohort at once, the others wait."""

    def effect(transaction: Transaction) -> SelectionOut:
        work.hold(transaction, cohort)
        row = selection_of(work, transaction, cohort, selection)
        done = row.document["selection"]
        if done is None or not done["choices"]:
            raise conflict("no_selection", "Deze selectie heeft (nog) geen gekozen scholen.")
        if row.document["accepted_at"] is not None:
            raise conflict("already_accepted", "Deze selectie is al aanvaard.")
        _accept(work, transaction, cohort, done)
        webhooks.announce(transaction, "selection.accepted", cohort, {"selection": selection})
        document = dict(row.document) | {"accepted_at": now().isoformat(timespec="milliseconds")}
        return shape_of(transaction, written(work, transaction, row, document, "selection.accepted"))

    return work.once({"accept": selection}, SelectionOut, effect)


def tag_of_policy(cohort: str, policy: SelectionPolicyOut) -> str:
    """Give the ETag of how a cohort selects."""
    return tag_of_version(policy.version, cohort, "selection_policy")


def tag_of(cohort: str, selection: SelectionOut) -> str:
    """Give the ETag of a selection."""
    return tag_of_version(selection.version, cohort, "selection", selection.id)


def _policy(row: PaperRow) -> SelectionPolicyOut:
    return shaped(SelectionPolicyOut, row, {name: one for name, one in row.document.items() if name != "format"})


def selection_of(work: Work, transaction: Transaction, cohort: str, key: str) -> PaperRow:
    """Give a selection; `laatste` is a name too. Raises Problem 404."""
    work.cohort(transaction, cohort)
    if key == "laatste":
        row = papers.newest(transaction, cohort, "selection")
    else:
        row = papers.find(transaction, cohort, "selection", key)
    if row is None:
        raise not_found("Deze selectie")
    return row


def shape_of(transaction: Transaction, row: PaperRow) -> SelectionOut:
    """Write a selection with its reasons, or how far its computing is."""
    known = row.document
    job = jobs.find(transaction, known["job"])
    done = known["selection"] or {"status": None, "choices": [], "goals": [], "notes": [], "conflict": None}
    value = {name: done[name] for name in ("status", "goals", "notes", "conflict")}
    value["choices"] = [dict(one) | {"name": known["names"].get(one["school"], "")} for one in done["choices"]]
    value |= {name: known[name] for name in ("job", "dropped", "ledger", "accepted_at")} | {"id": row.id}
    value |= {"job_state": job.state if job else None, "failure": job.failure if job else ""}
    return SelectionOut.model_validate(value | stamp_of(row))


def _ask(work: Work, transaction: Transaction, cohort: str, ledger: Mapping[str, int], dropped: str | None) -> PaperRow:
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
    return written(work, transaction, row, document | {"accepted_at": None}, "selection.begun")


def _accept(work: Work, transaction: Transaction, cohort: str, done: Mapping[str, Any]) -> None:
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
            move(work, transaction, row, "accepted", one["reason"])
        elif row is not None and one["outcome"] == "waiting" and row.state == "confirmed":
            move(work, transaction, row, "waiting", one["reason"])
