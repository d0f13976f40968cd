"""Who said to come to which session? By the session's uid, which stays the same when it is moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import attendance

Side = Literal["school", "mentor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """What a school or mentor said of a session."""

    cohort: str
    session: str
    side: Side
    subject: str
    comes: bool
    at: datetime
    by: str


def listed(transaction: Transaction, cohort: str) -> list[AttendanceRow]:
    """Give all that was said in a cohort, by session."""
    query = sa.select(attendance).where(attendance.c.cohort == cohort)
    query = query.order_by(attendance.c.session, attendance.c.side, attendance.c.subject)
    return transaction.rows(query, AttendanceRow)


def put(  # noqa: PLR0913, PLR0917 - a row
    transaction: Transaction, cohort: str, session: str, side: Side, subject: str, by: str, *, comes: bool
) -> None:
    """Keep an answer in the place of the one before; the cohort's row must be locked."""
    mine = {"cohort": cohort, "session": session, "side": side, "subject": subject}
    here = [attendance.c[name] == value for name, value in mine.items()]
    transaction.execute(sa.delete(attendance).where(*here))
    transaction.execute(sa.insert(attendance).values(**mine, comes=comes, at=now(), by=by))
