"""Which views of a plan are kept?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import saved_view

EVERYBODY = ""
"""The owner of a view that everybody of a cohort sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """A view as it is kept."""

    id: str
    cohort: str
    owner: str
    name: str
    query: str
    created_at: datetime
    created_by: str


LISTED = (
    sa.select(saved_view)
    .where(
        saved_view.c.cohort == sa.bindparam("of"),
        sa.or_(saved_view.c.owner == sa.bindparam("by"), saved_view.c.owner == EVERYBODY),
    )
    .order_by(saved_view.c.id)
)


def listed(transaction: Transaction, cohort: str, owner: str) -> list[ViewRow]:
    """Give the views of somebody and those of everybody, the oldest first."""
    return transaction.rows(LISTED, ViewRow, {"of": cohort, "by": owner})


def keep(transaction: Transaction, cohort: str, owner: str, name: str, query: str, by: str) -> str:  # noqa: PLR0913, PLR0917 - its columns
    """Keep a view, in the place of the one that its owner has under this name; gives its id."""
    old = sa.and_(saved_view.c.cohort == cohort, saved_view.c.owner == owner, saved_view.c.name == name)
    transaction.execute(sa.delete(saved_view).where(old))
    values = {"id": new_id("vew"), "cohort": cohort, "owner": owner, "name": name, "query": query}
    transaction.execute(sa.insert(saved_view).values(**values, created_at=now(), created_by=by))
    return str(values["id"])


def remove(transaction: Transaction, cohort: str, key: str) -> None:
    """Remove a view."""
    transaction.execute(sa.delete(saved_view).where(saved_view.c.cohort == cohort, saved_view.c.id == key))
