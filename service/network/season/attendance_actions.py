"""How is it noted who comes to a session, and read?"""

from __future__ import annotations

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import not_found
from service.database.engine import Transaction
from service.network.season import attendance_store as attendances
from service.network.season import store as seasons
from service.network.season.attendance_shapes import AttendanceIn, AttendanceOut, AttendancesOut
from service.network.season.mails import forget_reminder


@action("coordinator")
def list_attendances(work: Work, cohort: str) -> AttendancesOut:
    """Give who said to come, and who not."""
    with work.reading(cohort) as transaction:
        rows = attendances.listed(transaction, cohort)
    return AttendancesOut(items=[AttendanceOut.from_row(one) for one in rows])


@action("coordinator")
def note_attendance(work: Work, cohort: str, body: AttendanceIn) -> None:
    """Note whether somebody comes; raises Problem 404 for a session to which they are not invited."""
    with work.writing() as transaction:
        note_in(work, transaction, cohort, body)


def note_in(work: Work, transaction: Transaction, cohort: str, body: AttendanceIn) -> None:
    """Note whether somebody comes in the transaction of an action."""
    work.hold(transaction, cohort)
    invited = {one.uid for one in sessions_of(transaction, cohort, body.side, body.subject)}
    if body.session not in invited:
        raise not_found("Deze sessie")
    by = work.caller.by
    attendances.put(transaction, cohort, body.session, body.side, body.subject, by, comes=body.comes)
    forget_reminder(work, transaction, cohort, body.side, body.subject, body.session)
    work.audit(transaction, "attendance.noted", body.subject, cohort, session=body.session, comes=body.comes)


def sessions_of(transaction: Transaction, cohort: str, side: str, key: str) -> list[matcher.Session]:
    """Give the sessions of the published year to which a school or mentor is invited, by day."""
    row = seasons.published(transaction, cohort)
    year = matcher.year_from_document(row.year) if row is not None and row.year is not None else None
    if year is None:
        return []
    mine = [one for one in year.sessions if key in (one.schools if side == "school" else one.mentors)]
    return sorted(mine, key=lambda one: (one.day, one.start))
