"""Which cohort is meant, and may this caller see it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.tables import cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRow:
    """A cohort as it is kept."""

    id: str
    name: str
    region: str
    school_year: int
    keep_until: datetime | None
    version: int
    created_at: datetime
    archived_at: datetime | None = None


FIND = sa.select(cohort).where(cohort.c.id == sa.bindparam("key"))


def find(transaction: Transaction, key: str) -> CohortRow | None:
    """Find a cohort by its id."""
    return transaction.first(FIND, CohortRow, {"key": key})


def touch(transaction: Transaction, key: str) -> None:
    """Lock a cohort's row until the end of the transaction, so that what depends on all its rows holds."""
    transaction.execute(sa.update(cohort).where(cohort.c.id == key).values(version=cohort.c.version))
