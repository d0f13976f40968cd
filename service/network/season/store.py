"""Which years of sessions were planned for a cohort, and which one is published?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import job, season

LIGHT = [one for one in season.c if one.name not in ("season", "year")]
"""What a list of seasons needs; the documents are large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRow:
    """A season as it is kept: `season` and `year` are the matcher's documents, empty in lists."""

    id: str
    cohort: str
    round: str
    job: str | None
    published_at: datetime | None
    version: int
    created_at: datetime
    created_by: str
    season: Mapping[str, Any] | None = None
    year: Mapping[str, Any] | None = None


def add(transaction: Transaction, cohort: str, *, of_round: str, document: Mapping[str, Any], by: str) -> str:
    """Add a season that is still to be planned; gives its id."""
    key = new_id("ssn")
    values = {"id": key, "cohort": cohort, "round": of_round, "season": dict(document), "version": 1}
    transaction.execute(sa.insert(season).values(**values, created_at=now(), created_by=by))
    return key


def set_job(transaction: Transaction, key: str, planning: str) -> None:
    """Say which job plans a season."""
    transaction.execute(sa.update(season).where(season.c.id == key).values(job=planning))


def find(transaction: Transaction, cohort: str, key: str) -> SeasonRow | None:
    """Find a season of a cohort, with its documents."""
    return transaction.first(sa.select(season).where(season.c.id == key, season.c.cohort == cohort), SeasonRow)


def by_id(transaction: Transaction, key: str) -> SeasonRow | None:
    """Find a season of whatever cohort, for a job that knows its id."""
    return transaction.first(sa.select(season).where(season.c.id == key), SeasonRow)


def listed(transaction: Transaction, cohort: str, before: str | None, limit: int) -> list[SeasonRow]:
    """Give a cohort's seasons from the newest back, without their documents."""
    query = sa.select(*LIGHT).where(season.c.cohort == cohort).order_by(season.c.id.desc()).limit(limit)
    query = query.where(season.c.id < before) if before is not None else query
    return transaction.rows(query, SeasonRow)


def published(transaction: Transaction, cohort: str) -> SeasonRow | None:
    """Find the season that is public now: the one published last."""
    query = sa.select(season).where(season.c.cohort == cohort, season.c.published_at.is_not(None))
    return transaction.first(query.order_by(season.c.published_at.desc()).limit(1), SeasonRow)


def being_planned(transaction: Transaction, cohort: str) -> SeasonRow | None:
    """Find a season of this cohort that is being planned now."""
    query = sa.select(*LIGHT).join(job, job.c.id == season.c.job)
    query = query.where(season.c.cohort == cohort, job.c.state.in_(("queued", "running"))).limit(1)
    return transaction.first(query, SeasonRow)


def keep_year(transaction: Transaction, key: str, year: Mapping[str, Any]) -> None:
    """Keep what came out of a season."""
    transaction.execute(sa.update(season).where(season.c.id == key).values(year=dict(year)))


def publish(transaction: Transaction, key: str) -> None:
    """Make a season the public one; the cohort's row must be locked."""
    values = {"published_at": now(), "version": season.c.version + 1}
    transaction.execute(sa.update(season).where(season.c.id == key).values(**values))
