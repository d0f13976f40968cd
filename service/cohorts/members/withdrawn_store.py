"""Which mentors dropped out of a cohort, when, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

import matcher
from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import withdrawal

Reason = Literal["job_change", "no_time", "illness", "company_left", "other"]

WORDS: dict[str, str] = {
    "job_change": "ander werk",
    "no_time": "geen tijd meer",
    "company_left": "het bedrijf doet niet meer mee",
}
"""What a plan says of a reason. Illness is nobody's business: it is told as any other reason."""

OTHERWISE = matcher.NO_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRow:
    """A mentor who dropped out, as it is kept."""

    cohort: str
    mentor: str
    reason: str
    note: str
    at: datetime
    by: str


def find(transaction: Transaction, cohort: str, mentor: str) -> WithdrawalRow | None:
    """Find the withdrawal of a mentor."""
    query = sa.select(withdrawal).where(withdrawal.c.cohort == cohort, withdrawal.c.mentor == mentor)
    return transaction.first(query, WithdrawalRow)


LISTED = sa.select(withdrawal).where(withdrawal.c.cohort == sa.bindparam("of")).order_by(withdrawal.c.mentor)


def listed(
    transaction: Transaction, cohort: str, after: str | None = None, limit: int | None = None
) -> list[WithdrawalRow]:
    """Give a cohort's withdrawals in the order of the mentors' ids."""
    query = LISTED if limit is None else LISTED.limit(limit)
    query = query.where(withdrawal.c.mentor > after) if after is not None else query
    return transaction.rows(query, WithdrawalRow, {"of": cohort})


def word_of(reason: str) -> str:
    """Give what a round says of a reason for which a mentor dropped out."""
    return WORDS.get(reason, OTHERWISE)


def add(transaction: Transaction, cohort: str, mentor: str, reason: Reason, note: str, by: str) -> WithdrawalRow:  # noqa: PLR0913, PLR0917 - a row
    """Note that a mentor dropped out. Raises IntegrityError where that was noted already."""
    row = WithdrawalRow(cohort=cohort, mentor=mentor, reason=reason, note=note, at=now(), by=by)
    transaction.add(withdrawal, row)
    return row


def remove(transaction: Transaction, cohort: str, mentor: str) -> None:
    """Forget that a mentor dropped out."""
    transaction.execute(sa.delete(withdrawal).where(withdrawal.c.cohort == cohort, withdrawal.c.mentor == mentor))
