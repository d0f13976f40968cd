"""Which agreements hold in a cohort: pairs that must be in the plan, and pairs that may not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

import matcher
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import lock


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRow:
    """An agreement as it is kept."""

    id: str
    cohort: str
    school: str
    mentor: str
    kind: str
    reason: str
    override: bool
    created_at: datetime
    created_by: str

    @property
    def value(self) -> matcher.Lock:
        """The agreement as the matcher knows it."""
        return matcher.Lock(self.school, self.mentor, self.kind, self.reason, self.override)  # type: ignore[arg-type]


def find(transaction: Transaction, cohort: str, key: str) -> LockRow | None:
    """Find one agreement of a cohort."""
    return transaction.first(sa.select(lock).where(lock.c.cohort == cohort, lock.c.id == key), LockRow)


LISTED = sa.select(lock).where(lock.c.cohort == sa.bindparam("of")).order_by(lock.c.id)


def listed(transaction: Transaction, cohort: str, after: str | None = None, limit: int | None = None) -> list[LockRow]:
    """Give a cohort's agreements, the oldest first."""
    query = LISTED if limit is None else LISTED.limit(limit)
    query = query.where(lock.c.id > after) if after is not None else query
    return transaction.rows(query, LockRow, {"of": cohort})


def add(transaction: Transaction, cohort: str, one: matcher.Lock, by: str) -> LockRow:
    """Add an agreement. Raises IntegrityError where the pair has one of its kind."""
    values = {"school": one.school, "mentor": one.mentor, "kind": one.kind, "reason": one.reason}
    more = {"override": one.override, "created_at": now(), "created_by": by}
    statement = sa.insert(lock).values(id=new_id("lck"), cohort=cohort, **values, **more).returning(lock)
    return LockRow(**transaction.execute(statement).mappings().one())


def remove(transaction: Transaction, cohort: str, key: str) -> None:
    """Remove an agreement."""
    transaction.execute(sa.delete(lock).where(lock.c.cohort == cohort, lock.c.id == key))


def replace(transaction: Transaction, cohort: str, locks: Sequence[matcher.Lock], by: str) -> None:
    """Make these the only agreements; those that stay the same are not touched."""
    known = {row.value: row for row in listed(transaction, cohort)}
    for value, row in known.items():
        if value not in locks:
            remove(transaction, cohort, row.id)
    for one in locks:
        if one not in known:
            add(transaction, cohort, one, by)
