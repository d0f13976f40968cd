"""Whose turn is it? Cohorts take turns, so that one with a hundred jobs does not let another wait for all of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.tables import job

COHORT = sa.func.coalesce(job.c.cohort, "")
"""What belongs to no cohort takes turns as one."""


def next_in_turn(transaction: Transaction, kinds: Collection[str]) -> str | None:
    """Give the job of these kinds that is to be done next, None where none waits.

    The cohort of which the fewest are being done goes first, then the one that was last served longest ago; of a
    cohort what was asked first.
    """
    waits = sa.select(COHORT, sa.func.min(job.c.id)).where(job.c.state == "queued", job.c.kind.in_(sorted(kinds)))
    first: dict[str, str] = {str(row[0]): str(row[1]) for row in transaction.execute(waits.group_by(COHORT))}
    if len(first) < 2:  # noqa: PLR2004 - nobody to take turns with
        return next(iter(first.values()), None)
    served = _served(transaction, first)
    return min(first.items(), key=lambda one: (*served.get(one[0], (0, False, 0.0)), one[1]))[1]


def _served(transaction: Transaction, cohorts: Collection[str]) -> dict[str, tuple[int, bool, float]]:
    """Give of each cohort how many of its jobs are being done, and whether and when the last one began."""
    doing = sa.func.count().filter(job.c.state == "running")
    of_them = sa.or_(job.c.cohort.in_(sorted(cohorts)), job.c.cohort.is_(None))
    query: Any = sa.select(COHORT, doing, sa.func.max(job.c.started_at)).where(of_them).group_by(COHORT)
    rows = transaction.execute(query)
    return {str(row[0]): (int(row[1]), row[2] is not None, row[2].timestamp() if row[2] else 0.0) for row in rows}
