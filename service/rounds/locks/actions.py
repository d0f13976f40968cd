"""How is a pair locked, forbidden or let go?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, invalid, not_found
from service.database.engine import Transaction
from service.rounds.given import locks_store
from service.rounds.given.round_of_rows import given_of
from service.rounds.locks.shapes import LockIn, LockOut
from service.web.paging import page_of
from service.web.shapes import Page


@action("viewer")
def list_locks(work: Work, cohort: str, limit: int | None = None, cursor: str | None = None) -> Page[LockOut]:
    """Give the agreements of a cohort, the oldest first; all of them where no limit is told."""
    with work.reading(cohort) as transaction:
        rows = locks_store.listed(transaction, cohort, cursor, None if limit is None else limit + 1)
    return page_of(LockOut.from_row, rows, len(rows) if limit is None else limit, lambda row: row.id)


@action("coordinator")
def add_lock(work: Work, cohort: str, body: LockIn) -> LockOut:
    """Lock or forbid a pair; raises Problem 409 for what can't hold beside the other agreements."""
    return work.once(body, LockOut, lambda transaction: add_in(work, transaction, cohort, body))


@action("coordinator")
def add_locks(work: Work, cohort: str, bodies: Sequence[LockIn]) -> list[LockOut]:
    """Lock or forbid pairs, all or none; give the agreements that are new. Raises Problem 409 as `add_lock` does."""

    def effect(transaction: Transaction) -> list[LockOut]:
        work.hold(transaction, cohort)
        given, made = given_of(transaction, cohort), list[LockOut]()
        there = {(row.school, row.mentor, row.kind) for row in locks_store.listed(transaction, cohort)}
        for body in bodies:
            if (body.school, body.mentor, body.kind) in there:
                continue
            lock = _checked(given, body)
            row = locks_store.add(transaction, cohort, lock, work.caller.by)
            work.audit(transaction, "lock.added", row.id, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
            given = replace(given, locks=(*given.locks, lock))
            made.append(LockOut.from_row(row))
        return made

    return work.once(list(bodies), list[LockOut], effect)


@action("coordinator")
def remove_lock(work: Work, cohort: str, lock: str) -> LockOut:
    """Let an agreement go, and give what it was."""
    with work.writing(cohort) as transaction:
        found = remove_in(work, transaction, cohort, lock)
    if found is None:
        raise not_found("Deze afspraak")
    return found


def add_in(work: Work, transaction: Transaction, cohort: str, body: LockIn) -> LockOut:
    """Add an agreement in the transaction of an action; raises Problem 409 or 422 as `add_lock` does."""
    work.hold(transaction, cohort)
    row = locks_store.add(transaction, cohort, _checked(given_of(transaction, cohort), body), work.caller.by)
    work.audit(transaction, "lock.added", row.id, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
    return LockOut.from_row(row)


def remove_in(work: Work, transaction: Transaction, cohort: str, lock: str) -> LockOut | None:
    """Let an agreement go in the transaction of an action; None where it is not there (any more)."""
    row = locks_store.find(transaction, cohort, lock)
    if row is None:
        return None
    locks_store.remove(transaction, cohort, lock)
    work.audit(transaction, "lock.removed", lock, cohort, school=row.school, mentor=row.mentor, kind=row.kind)
    return LockOut.from_row(row)


def _checked(given: matcher.Round, body: LockIn) -> matcher.Lock:
    """Give the agreement; raises Problem 422 for who is not there, 409 for what can't hold."""
    schools, mentors = ([one.id for one in side] for side in (given.schools, given.mentors))
    if body.school not in schools:
        raise invalid("/school", "unknown_school", f"Deze school is er niet. {_guess(body.school, schools)}")
    if body.mentor not in mentors:
        raise invalid("/mentor", "unknown_mentor", f"Deze mentor is er niet. {_guess(body.mentor, mentors)}")
    if body.override and body.kind == "forbidden":
        raise invalid("/override", "override_of_nothing", "Een verbod gaat tegen geen regel in. Laat «override» weg.")
    lock = matcher.Lock(**body.model_dump())
    same = [one for one in given.locks if (one.school, one.mentor, one.kind) == (lock.school, lock.mentor, lock.kind)]
    if same:
        raise conflict("already_there", "Deze afspraak is er al. Schrap ze eerst als u ze wilt wijzigen.")
    found = matcher.lock_conflict(given, lock)
    if found is not None:
        detail = " ".join((found.sentence, *found.remedies))
        raise conflict("lock_conflict", detail, conflict=matcher.conflict_to_document(found))
    return lock


def _guess(key: str, known: list[str]) -> str:
    return matcher.likely(key, known, "Kijk het nummer na.")
