"""How far are the applications that a key sent itself? Their state and the link that confirms them, nothing else."""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.core.errors import not_found
from service.database.engine import Transaction
from service.trajectory.applications import store as applications
from service.trajectory.applications.mails import confirm_link
from service.trajectory.applications.rules import rules_of
from service.trajectory.applications.shapes import OwnApplicationOut
from service.trajectory.applications.store import ApplicationRow
from service.web.paging import page_of
from service.web.shapes import Page


@action("applications")
def list_own_applications(work: Work, cohort: str, limit: int, cursor: str | None = None) -> Page[OwnApplicationOut]:
    """Give the applications that the caller's key sent, the oldest first."""
    with work.reading(cohort) as transaction:
        rows = applications.of_source(transaction, cohort, work.caller.id, cursor, limit + 1)
        return page_of(lambda row: _shape_of(work, transaction, row), rows, limit, lambda row: row.id)


@action("applications")
def get_own_application(work: Work, cohort: str, application: str) -> OwnApplicationOut:
    """Give one application that the caller's key sent; raises Problem 404 for another's."""
    with work.reading(cohort) as transaction:
        row = applications.find(transaction, cohort, application)
        if row is None or row.source != work.caller.id:
            raise not_found("Deze aanmelding")
        return _shape_of(work, transaction, row)


def _shape_of(work: Work, transaction: Transaction, row: ApplicationRow) -> OwnApplicationOut:
    waits = row.state == "received"
    return OwnApplicationOut.from_row(
        row,
        received_at=row.created_at,
        confirm_link=confirm_link(work, transaction, row) if waits else None,
        confirm_before=row.created_at + rules_of(transaction, row.cohort).link_holds if waits else None,
    )
