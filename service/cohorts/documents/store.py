"""What was written of a cohort's year: selections, measurements, action plans, levels, the Award, outcomes?

A paper is a document of the matcher with a version; its kind and id say what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import paper

Kind = Literal[
    "reading",
    "selection_policy",
    "selection",
    "measurement",
    "measurement_days",
    "action_plan",
    "level",
    "label_application",
    "practices",
    "readiness_rules",
    "award",
    "jury",
    "award_record",
    "outcome",
    "mail_texts",
    "portal",
    "application_rules",
]

BY_SERVICE = "service"
"""Who writes what is computed in a job."""

ONLY = "enige"
"""The id of a paper of which a cohort has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper as it is kept; version 0 is one that nobody wrote yet."""

    cohort: str
    kind: Kind
    id: str
    document: Mapping[str, Any]
    version: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""

    @property
    def key(self) -> tuple[str, Kind, str]:
        """Which paper this is: its ETag is made of its version and this."""
        return self.cohort, self.kind, self.id


def find(transaction: Transaction, cohort: str, kind: Kind, key: str = ONLY) -> PaperRow | None:
    """Find a paper."""
    here = sa.and_(paper.c.cohort == cohort, paper.c.kind == kind, paper.c.id == key)
    return transaction.first(sa.select(paper).where(here), PaperRow)


def listed(transaction: Transaction, cohort: str, kind: Kind) -> list[PaperRow]:
    """Give all papers of a kind, in the order of their ids."""
    query = sa.select(paper).where(paper.c.cohort == cohort, paper.c.kind == kind).order_by(paper.c.id)
    return transaction.rows(query, PaperRow)


def newest(transaction: Transaction, cohort: str, kind: Kind) -> PaperRow | None:
    """Find the newest paper of a kind whose ids sort by time."""
    query = sa.select(paper).where(paper.c.cohort == cohort, paper.c.kind == kind).order_by(paper.c.id.desc())
    return transaction.first(query.limit(1), PaperRow)


def put(  # noqa: PLR0913, PLR0917 - a row
    transaction: Transaction, cohort: str, kind: Kind, key: str, document: Mapping[str, Any], by: str
) -> PaperRow:
    """Write a paper in the place of what was there. Raises IntegrityError where somebody wrote it first.

    The cohort's row must be locked, or the version that was read still be the one that is there.
    """
    known = find(transaction, cohort, kind, key)
    version = 1 if known is None else known.version + 1
    row = PaperRow(
        cohort=cohort, kind=kind, id=key, document=dict(document), version=version, changed_at=now(), changed_by=by
    )
    values = {name: getattr(row, name) for name in PaperRow.__slots__}
    if known is None:
        transaction.execute(sa.insert(paper).values(**values))
        return row
    here = sa.and_(paper.c.cohort == cohort, paper.c.kind == kind, paper.c.id == key)
    transaction.execute(sa.update(paper).where(here).values(**values))
    return row


def remove(transaction: Transaction, cohort: str, kind: Kind, key: str = ONLY) -> None:
    """Remove a paper."""
    here = sa.and_(paper.c.cohort == cohort, paper.c.kind == kind, paper.c.id == key)
    transaction.execute(sa.delete(paper).where(here))
