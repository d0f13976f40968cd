"""Which cohorts are there?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.access.scope import CohortRow
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import cohort


def listed(transaction: Transaction, regions: Sequence[str] | None, before: str | None, limit: int) -> list[CohortRow]:
    """Give cohorts from the newest back: those of some regions, or of all."""
    query = sa.select(cohort).order_by(cohort.c.id.desc()).limit(limit)
    query = query.where(cohort.c.region.in_(regions)) if regions is not None else query
    query = query.where(cohort.c.id < before) if before is not None else query
    return transaction.rows(query, CohortRow)


def kept(transaction: Transaction) -> list[str]:
    """Give the ids of the cohorts whose people may still be kept."""
    query = sa.select(cohort.c.id).where(sa.or_(cohort.c.keep_until.is_(None), cohort.c.keep_until > now()))
    return list(transaction.execute(query.order_by(cohort.c.id)).scalars())


def add(transaction: Transaction, *, name: str, region: str, school_year: int, keep_until: datetime) -> CohortRow:
    """Add a cohort."""
    values = {"name": name, "region": region, "school_year": school_year, "keep_until": keep_until}
    row = CohortRow(id=new_id("coh"), version=1, created_at=now(), **values)  # type: ignore[arg-type]
    transaction.add(cohort, row)
    return row


def change(transaction: Transaction, key: str, version: int, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Change a cohort of this very version; tell whether it was."""
    statement = sa.update(cohort).where(cohort.c.id == key, cohort.c.version == version)
    return transaction.execute(statement.values(**values, version=version + 1)).rowcount == 1


def remove(transaction: Transaction, key: str, version: int) -> bool:
    """Remove a cohort of this very version with all that belongs to it; tell whether it was."""
    statement = sa.delete(cohort).where(cohort.c.id == key, cohort.c.version == version)
    return transaction.execute(statement).rowcount == 1
