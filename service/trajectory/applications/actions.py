"""How does an application come in, get confirmed, and take its steps?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.core.errors import not_found
from service.core.etag import etag
from service.trajectory.applications import store as applications
from service.web.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.work import Work
    from service.database.engine import Transaction
    from service.trajectory.applications.store import ApplicationRow

CONFIRM_PAGE = "/aanmelden/bevestigen?geheim="


def application_of(work: Work, transaction: Transaction, cohort: str, key: str) -> ApplicationRow:
    """Give an application of a cohort that is the caller's; raises Problem 404."""
    work.cohort(transaction, cohort)
    row = applications.find(transaction, cohort, key)
    if row is None:
        raise not_found("Deze aanmelding")
    return row


def doubles_of(transaction: Transaction, cohort: str) -> dict[str, tuple[str, ...]]:
    """Give for every application that has them the other open ones of the same school or mentor."""
    known = [row.value for row in applications.listed(transaction, cohort)]
    return {one: group for group in matcher.double_applications(known) for one in group}


def shown(
    work: Work, transaction: Transaction, row: ApplicationRow, doubles: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Write an application, with the link that confirms it as long as nobody did."""
    one = row.value
    told = {name: row.document[name] for name in ("network", "motivation", "points", "points_reason")}
    told |= {side: _plain(row.document[side]) for side in ("school", "mentor")}
    link = None
    if row.state == "received":
        link = f"{work.settings.url}{CONFIRM_PAGE}{applications.secret_of(transaction, row.id)}"
    steps = [{"state": step.state, "at": step.at, "by": step.by, "reason": step.reason} for step in one.steps]
    return told | {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "following": list(one.following),
        "who": one.who,
        "received_at": one.received_at,
        "wording": one.consent.wording,
        "steps": steps,
        "doubles": [other for other in doubles.get(row.id, ()) if other != row.id],
        "confirm_link": link,
        "version": row.version,
        "changed_at": row.changed_at,
    }


def _plain(document: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if document is None else {name: value for name, value in document.items() if name != "format"}


def answer(work: Work, transaction: Transaction, row: ApplicationRow) -> Answer:
    """Write an application with its ETag."""
    shape = shown(work, transaction, row, doubles_of(transaction, row.cohort))
    return Answer(200, shape, {"ETag": etag(row.version, row.id)})
