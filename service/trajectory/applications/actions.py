"""How does an application come in, get confirmed, and take its steps?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import existing, invalid
from service.core.etag import etag
from service.database.engine import Transaction
from service.trajectory.applications import store as applications
from service.trajectory.applications.accepting import changed, move
from service.trajectory.applications.mails import confirm_link
from service.trajectory.applications.shapes import ApplicationOut, MoveIn, PointsIn, StepOut
from service.trajectory.applications.store import ApplicationRow
from service.trajectory.applications.words import Kind, State
from service.web.paging import page_of
from service.web.shapes import Page


def application_of(work: Work, transaction: Transaction, cohort: str, key: str) -> ApplicationRow:
    """Give an application of a cohort that is the caller's; raises Problem 404."""
    work.cohort(transaction, cohort)
    return existing(applications.find(transaction, cohort, key), "Deze aanmelding")


def doubles_of(transaction: Transaction, cohort: str) -> dict[str, tuple[str, ...]]:
    """Give for every application that has them the other open ones of the same school or mentor."""
    known = [row.value for row in applications.listed(transaction, cohort)]
    return {one: group for group in matcher.double_applications(known) for one in group}


def shape_of(
    work: Work, transaction: Transaction, row: ApplicationRow, doubles: Mapping[str, tuple[str, ...]]
) -> ApplicationOut:
    """Write an application, with the link that confirms it as long as nobody did."""
    one = row.value
    link = None
    if row.state == "received":
        link = confirm_link(work, transaction, row)
    return ApplicationOut.from_row(
        row,
        **{name: row.document[name] for name in ("network", "motivation", "points", "points_reason")},
        school=_plain(row.document["school"]),
        mentor=_plain(row.document["mentor"]),
        following=list(one.following),
        who=one.who,
        received_at=one.received_at,
        wording=one.consent.wording,
        steps=[StepOut.from_row(step) for step in one.steps],
        doubles=[other for other in doubles.get(row.id, ()) if other != row.id],
        confirm_link=link,
    )


def _plain(document: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if document is None else {name: value for name, value in document.items() if name != "format"}


@action("coordinator")
def list_applications(  # noqa: PLR0913, PLR0917 - what to look for
    work: Work,
    cohort: str,
    kind: Kind | None = None,
    state: State | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[ApplicationOut]:
    """Give applications, the oldest first, all of them where no limit is told; that they were read is noted."""
    with work.noting(cohort) as transaction:
        most = None if limit is None else limit + 1
        rows = applications.listed(transaction, cohort, kind, state, cursor, most)
        doubles = doubles_of(transaction, cohort)
        told = page_of(
            lambda row: shape_of(work, transaction, row, doubles),
            rows,
            len(rows) if limit is None else limit,
            lambda row: row.id,
        )
        work.audit(transaction, "applications.read", cohort, cohort, count=len(told.items))
    return told


@action("coordinator")
def get_application(work: Work, cohort: str, application: str) -> ApplicationOut:
    """Give an application; that it was read is noted."""
    with work.noting() as transaction:
        row = application_of(work, transaction, cohort, application)
        work.audit(transaction, "application.read", row.id, cohort)
        return shape_of(work, transaction, row, doubles_of(transaction, cohort))


@action("coordinator")
def move_application(work: Work, cohort: str, application: str, body: MoveIn) -> ApplicationOut:
    """Take a step with an application; who is accepted is in the cohort at once."""

    def effect(transaction: Transaction) -> ApplicationOut:
        work.hold(transaction, cohort)
        row = application_of(work, transaction, cohort, application)
        moved = move(work, transaction, row, body.state, body.reason)
        return shape_of(work, transaction, moved, doubles_of(transaction, cohort))

    return work.once(body, ApplicationOut, effect)


@action("coordinator")
def give_points(work: Work, cohort: str, application: str, body: PointsIn) -> ApplicationOut:
    """Give an application of the version that was read priority points for the selection, with the reason."""
    with work.writing() as transaction:
        row = application_of(work, transaction, cohort, application)
        work.must_match(row.version, row.id)
        if body.points and not body.reason:
            raise invalid("/reason", "missing", "Zeg waarom deze aanmelding voorrang krijgt.")
        made = replace(row.value, points=body.points, points_reason=body.reason)
        kept = changed(work, transaction, row, made, "application.points")
        return shape_of(work, transaction, kept, doubles_of(transaction, cohort))


def tag_of(application: ApplicationOut) -> str:
    """Give the ETag of an application."""
    return etag(application.version, application.id)
