"""What did schools and mentors ask on their own page, and what did a coordinator decide?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from service.access.participants import Side
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import wish
from service.participants.shapes import WishKind

WishState = Literal["open", "accepted", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """What somebody asked: `document` holds the fields to change, as the API has them."""

    id: str
    cohort: str
    side: Side
    subject: str
    kind: WishKind
    document: Mapping[str, Any]
    note: str
    state: WishState
    answer: str
    created_at: datetime
    decided_at: datetime | None
    decided_by: str


def listed(
    transaction: Transaction, cohort: str, side: Side | None = None, subject: str | None = None
) -> list[WishRow]:
    """Give what was asked in a cohort, or by one school or mentor of it, the newest first."""
    query = sa.select(wish).where(wish.c.cohort == cohort)
    query = query.where(wish.c.side == side) if side is not None else query
    query = query.where(wish.c.subject == subject) if subject is not None else query
    return transaction.rows(query.order_by(wish.c.id.desc()), WishRow)


def any_open(transaction: Transaction, cohort: str) -> bool:
    """Tell whether something that was asked in a cohort waits for a coordinator."""
    here = sa.and_(wish.c.cohort == cohort, wish.c.state == "open")
    return bool(transaction.execute(sa.select(sa.exists().where(here))).scalar_one())


def find(transaction: Transaction, cohort: str, key: str) -> WishRow | None:
    """Find one wish of a cohort."""
    return transaction.first(sa.select(wish).where(wish.c.cohort == cohort, wish.c.id == key), WishRow)


def add(  # noqa: PLR0913, PLR0917 - a row
    transaction: Transaction,
    cohort: str,
    side: Side,
    subject: str,
    kind: WishKind,
    document: Mapping[str, Any],
    note: str,
) -> WishRow:
    """Keep what is asked, in the place of what the same one asked of the same kind and is still open."""
    mine = [wish.c.cohort == cohort, wish.c.side == side, wish.c.subject == subject]
    transaction.execute(sa.delete(wish).where(*mine, wish.c.kind == kind, wish.c.state == "open"))
    values = {"id": new_id("wsh"), "cohort": cohort, "side": side, "subject": subject, "kind": kind, "note": note}
    more = {"document": dict(document), "state": "open", "created_at": now()}
    statement = sa.insert(wish).values(**values, **more).returning(wish)
    return WishRow(**transaction.execute(statement).mappings().one())


def decide(transaction: Transaction, row: WishRow, state: WishState, answer: str, by: str) -> None:
    """Keep what was decided."""
    values = {"state": state, "answer": answer, "decided_at": now(), "decided_by": by}
    transaction.execute(sa.update(wish).where(wish.c.id == row.id).values(**values))


def remove(transaction: Transaction, row: WishRow) -> None:
    """Take a wish away."""
    transaction.execute(sa.delete(wish).where(wish.c.id == row.id))


def forget(transaction: Transaction, cohort: str, side: Side, subject: str | None) -> int:
    """Forget all that one school or mentor asked, or all of a side; give how many there were."""
    here = [wish.c.cohort == cohort, wish.c.side == side, *([wish.c.subject == subject] if subject is not None else [])]
    return int(transaction.execute(sa.delete(wish).where(*here)).rowcount)
