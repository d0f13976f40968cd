"""Which notes about pairs are kept?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import pair_note


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A note as it is kept."""

    cohort: str
    school: str
    mentor: str
    status: str
    note: str
    version: int
    changed_at: datetime
    changed_by: str


LISTED = (
    sa.select(pair_note)
    .where(pair_note.c.cohort == sa.bindparam("of"))
    .order_by(pair_note.c.school, pair_note.c.mentor)
)


def listed(transaction: Transaction, cohort: str, **about: str) -> list[NoteRow]:
    """Give the notes of a cohort, those about a school or mentor where one is told."""
    query = LISTED.where(*(pair_note.c[side] == key for side, key in about.items())) if about else LISTED
    return transaction.rows(query, NoteRow, {"of": cohort})


def _pair(cohort: str, school: str, mentor: str) -> sa.ColumnElement[bool]:
    return sa.and_(pair_note.c.cohort == cohort, pair_note.c.school == school, pair_note.c.mentor == mentor)


def find(transaction: Transaction, cohort: str, school: str, mentor: str) -> NoteRow | None:
    """Find the note about a pair."""
    return transaction.first(sa.select(pair_note).where(_pair(cohort, school, mentor)), NoteRow)


def keep(transaction: Transaction, row: NoteRow | None, pair: tuple[str, str, str], by: str, **said: str) -> None:
    """Note something about a pair (cohort, school, mentor), in the place of what was noted before.

    Raises IntegrityError where somebody noted something meanwhile.
    """
    values: dict[str, Any] = {**said, "changed_at": now(), "changed_by": by}
    if row is None:
        names = dict(zip(("cohort", "school", "mentor"), pair, strict=True))
        transaction.execute(sa.insert(pair_note).values(**names, **values, version=1))
    else:
        transaction.execute(sa.update(pair_note).where(_pair(*pair)).values(**values, version=row.version + 1))


def remove(transaction: Transaction, cohort: str, school: str, mentor: str) -> None:
    """Note nothing about a pair any more."""
    transaction.execute(sa.delete(pair_note).where(_pair(cohort, school, mentor)))
