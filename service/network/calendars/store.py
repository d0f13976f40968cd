"""Who follows the sessions in a calendar of their own, and behind which secret address?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import digest, now
from service.database.installation import installation_secret
from service.database.secret_addresses import put_behind, secret_by
from service.database.tables import calendar

Side = Literal["school", "mentor", "host", "all"]
WHOLE = ""
"""The subject of the calendar with all sessions of a cohort."""

PREFIX = "kal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """A calendar that can be followed: of a school, of a mentor, of a place that receives, or of all."""

    cohort: str
    side: Side
    subject: str
    created_at: datetime


KEPT = [calendar.c[name] for name in CalendarRow.__slots__]


def secret_of(transaction: Transaction, row: CalendarRow) -> str:
    """Give the secret of a calendar's address: signed with the installation's own, so that it need not be kept."""
    return _secret_of(installation_secret(transaction), row)


def _secret_of(own: bytes, row: CalendarRow) -> str:
    return secret_by(own, "calendar", PREFIX, row)


def listed(transaction: Transaction, cohort: str) -> list[CalendarRow]:
    """Give the calendars of a cohort that can be followed."""
    query = sa.select(*KEPT).where(calendar.c.cohort == cohort).order_by(calendar.c.side, calendar.c.subject)
    return transaction.rows(query, CalendarRow)


def each_with_secret(transaction: Transaction) -> list[tuple[CalendarRow, str]]:
    """Give the calendars of all cohorts, each with its secret as it is derived now."""
    query = sa.select(*KEPT).order_by(calendar.c.cohort, calendar.c.side, calendar.c.subject)
    rows = transaction.rows(query, CalendarRow)
    own = installation_secret(transaction) if rows else b""
    return [(row, _secret_of(own, row)) for row in rows]


def follow_secret(transaction: Transaction, row: CalendarRow, secret: str) -> None:
    """Have a calendar be found behind this secret alone from now on."""
    put_behind(transaction, calendar, row, secret)


def open_all(transaction: Transaction, cohort: str, wanted: Iterable[tuple[Side, str]]) -> list[CalendarRow]:
    """Open the calendars that can't be followed yet; those that can keep their address. Gives what was opened."""
    known = {(one.side, one.subject) for one in listed(transaction, cohort)}
    moment = now()
    made = []
    for side, subject in dict.fromkeys(wanted):
        if (side, subject) not in known:
            row = CalendarRow(cohort=cohort, side=side, subject=subject, created_at=moment)
            transaction.add(calendar, row, digest=digest(secret_of(transaction, row)))
            made.append(row)
    return made


def close(transaction: Transaction, cohort: str, side: str, subject: str | None) -> int:
    """Have the address of a calendar, or of all of a side, lead nowhere from now on; give how many there were."""
    here = [calendar.c.cohort == cohort, calendar.c.side == side]
    here += [calendar.c.subject == subject] if subject is not None else []
    return int(transaction.execute(sa.delete(calendar).where(*here)).rowcount)


def by_secret(transaction: Transaction, secret: str) -> CalendarRow | None:
    """Find the calendar behind an address."""
    return transaction.first(sa.select(*KEPT).where(calendar.c.digest == digest(secret)), CalendarRow)
