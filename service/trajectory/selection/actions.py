"""How are schools selected, and how do the chosen become the schools of the cohort?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import or_empty, told, written
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, not_found
from service.database.ids import new_id
from service.jobs import store as jobs
from service.trajectory.applications import store as applications
from service.trajectory.applications.accepting import move
from service.trajectory.applications.actions import doubles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.work import Work
    from service.database.engine import Transaction
    from service.web.answers import Answer

OPEN = ("confirmed", "waiting", "accepted")


def _policy_row(transaction: Transaction, cohort: str) -> PaperRow:
    usual = matcher.selection_policy_to_document(matcher.SelectionPolicy())
    return or_empty(transaction, cohort, "selection_policy", ONLY, usual)


def _policy(row: PaperRow) -> Answer:
    return told(row, {name: value for name, value in row.document.items() if name != "format"})


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
