"""Which agreements were made and deleted of late, by whom, and how is such a deed taken back?

A deed is all that one request did: locking a whole list is one, and is taken back at once. What the trail tells is
ids, so the reason that an agreement had is not known any more once it is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.access import audit_trail
from service.access.action import action
from service.access.work import Work
from service.core.errors import not_found
from service.database.engine import Transaction
from service.rounds.given import locks_store
from service.rounds.locks.actions import add_in, remove_in
from service.rounds.locks.shapes import DeedOut, LockIn, TouchedOut, UndoneOut

Held = tuple[set[str], set[tuple[str, str, str]]]

LINES = 400
"""So many lines of the trail are looked at, from the newest back."""

MOST = 5000
"""No request makes or deletes more agreements."""

KINDS = {"lock.added": True, "lock.removed": False}
AGAIN = "teruggezet nadat het geschrapt was"
"""The reason of an agreement that was made again: the trail does not keep the one of then."""


@action("coordinator")
def list_deeds(work: Work, cohort: str) -> list[DeedOut]:
    """Give what was done to the agreements of a cohort, the newest first, and what of it can be taken back."""
    with work.reading(cohort) as transaction:
        lines = audit_trail.about(transaction, cohort, tuple(KINDS), LINES)
        held = _held(transaction, cohort)
    deeds: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        deeds.setdefault(line["request"], []).append(line)
    return [_deed(request, some, held) for request, some in deeds.items()]


@action("coordinator")
def undo_deed(work: Work, cohort: str, deed: str) -> UndoneOut:
    """Take back what is left of a deed: what it made goes, what it deleted comes again.

    Raises Problem 404 where there is no such deed, or nothing left of it; 409 where an agreement can't hold any more.
    """
    with work.changing(cohort) as transaction:
        lines = audit_trail.about(transaction, cohort, tuple(KINDS), MOST, deed)
        found = _deed(deed, lines, _held(transaction, cohort))
        left = [one for one in found.touched if one.stands]
        if not left:
            raise not_found("Deze handeling")
        for one in left:
            if one.added:
                remove_in(work, transaction, cohort, one.id)
            else:
                body = LockIn(school=one.school, mentor=one.mentor, kind=one.kind, reason=AGAIN)
                add_in(work, transaction, cohort, body)
    return UndoneOut(removed=sum(one.added for one in left), made=sum(not one.added for one in left))


def _held(transaction: Transaction, cohort: str) -> Held:
    rows = locks_store.listed(transaction, cohort)
    return {row.id for row in rows}, {(row.school, row.mentor, row.kind) for row in rows}


def _deed(request: str, lines: Sequence[Mapping[str, Any]], held: Held) -> DeedOut:
    """Write a deed; of what it did stands what was not done otherwise since."""
    touched = []
    for line in reversed(lines):
        told, added = line["detail"], KINDS[line["action"]]
        pair = told["school"], told["mentor"], told["kind"]
        stands = line["target"] in held[0] if added else pair not in held[1]
        touched.append(
            TouchedOut(id=line["target"], school=pair[0], mentor=pair[1], kind=pair[2], added=added, stands=stands)
        )
    by, at = (lines[0]["actor"], lines[0]["at"]) if lines else ("", None)
    return DeedOut(id=request, by=by, at=at, touched=touched)
