"""Which schools and mentors does a cohort have? Rows that each hold one document of the matcher."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.json_text import written
from service.database.tables import consent, lock, mentor, pair_note, school, withdrawal

Side = Literal["school", "mentor"]
TABLES: Mapping[Side, sa.Table] = {"school": school, "mentor": mentor}
AT_ONCE = 500
"""Rows of one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A school or mentor as it is kept; only a mentor has a pseudonym."""

    cohort: str
    id: str
    document: Mapping[str, Any]
    version: int
    changed_at: datetime
    changed_by: str
    pseudonym: str = ""


def find(transaction: Transaction, side: Side, cohort: str, key: str, *, hold: bool = False) -> MemberRow | None:
    """Find one school or mentor; held, nobody changes it until the end of the transaction."""
    table = TABLES[side]
    query = sa.select(table).where(table.c.cohort == cohort, table.c.id == key)
    query = query.with_for_update() if hold else query
    return transaction.first(query, MemberRow)


def held(transaction: Transaction, side: Side, cohort: str) -> list[MemberRow]:
    """Give all of them, and let nobody change one until the end of the transaction."""
    table = TABLES[side]
    query = sa.select(table).where(table.c.cohort == cohort).order_by(table.c.id).with_for_update()
    return transaction.rows(query, MemberRow)


def listed(
    transaction: Transaction, side: Side, cohort: str, after: str | None = None, limit: int | None = None
) -> list[MemberRow]:
    """Give a cohort's schools or mentors in the order of their ids."""
    table = TABLES[side]
    query = sa.select(table).where(table.c.cohort == cohort).order_by(table.c.id).limit(limit)
    query = query.where(table.c.id > after) if after is not None else query
    return transaction.rows(query, MemberRow)


def _texts(table: sa.Table) -> sa.Select[Any]:
    columns = [one if one.name != "document" else written(one).label("document") for one in table.c]
    return sa.select(*columns).where(table.c.cohort == sa.bindparam("of")).order_by(table.c.id)


TEXTS = {side: _texts(table) for side, table in TABLES.items()}


def texts(transaction: Transaction, side: Side, cohort: str) -> list[tuple[Any, ...]]:
    """Give all members of a cohort as `of_text` takes them, in the order of their ids; documents are not read yet."""
    return [tuple(row) for row in transaction.execute(TEXTS[side], {"of": cohort})]


def of_text(side: Side, values: tuple[Any, ...]) -> MemberRow:
    """Give a member of the values of its row, its document still text."""
    named = dict(zip(TABLES[side].c.keys(), values, strict=True))
    return MemberRow(**named | {"document": json.loads(named["document"])})


def count(transaction: Transaction, side: Side, cohort: str) -> int:
    """Count a cohort's schools or mentors."""
    table = TABLES[side]
    query = sa.select(sa.func.count()).select_from(table).where(table.c.cohort == cohort)
    return int(transaction.execute(query).scalar_one())


def add(transaction: Transaction, side: Side, cohort: str, documents: Sequence[Mapping[str, Any]], by: str) -> None:
    """Add schools or mentors; every mentor gets a pseudonym. Raises IntegrityError where an id is taken."""
    moment = now()
    rows = [
        {"cohort": cohort, "id": one["id"], "document": dict(one), "version": 1, "changed_at": moment, "changed_by": by}
        | ({"pseudonym": new_id("mtr")} if side == "mentor" else {})
        for one in documents
    ]
    for start in range(0, len(rows), AT_ONCE):
        transaction.execute(sa.insert(TABLES[side]).values(rows[start : start + AT_ONCE]))


def change(transaction: Transaction, side: Side, row: MemberRow, document: Mapping[str, Any], by: str) -> bool:
    """Replace the document of a row of this very version; tell whether it was."""
    table = TABLES[side]
    here = sa.and_(table.c.cohort == row.cohort, table.c.id == row.id, table.c.version == row.version)
    values = {"document": dict(document), "version": row.version + 1, "changed_at": now(), "changed_by": by}
    return transaction.execute(sa.update(table).where(here).values(**values)).rowcount == 1


def remove(transaction: Transaction, side: Side, cohort: str, keys: Sequence[str]) -> None:
    """Remove schools or mentors with their agreements and consents, and a mentor's withdrawal."""
    table, one = TABLES[side], lock.c[side]
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        transaction.execute(sa.delete(lock).where(lock.c.cohort == cohort, one.in_(some)))
        transaction.execute(sa.delete(pair_note).where(pair_note.c.cohort == cohort, pair_note.c[side].in_(some)))
        agreed = sa.and_(consent.c.cohort == cohort, consent.c.side == side, consent.c.id.in_(some))
        transaction.execute(sa.delete(consent).where(agreed))
        if side == "mentor":
            left = sa.and_(withdrawal.c.cohort == cohort, withdrawal.c.mentor.in_(some))
            transaction.execute(sa.delete(withdrawal).where(left))
        transaction.execute(sa.delete(table).where(table.c.cohort == cohort, table.c.id.in_(some)))


def replace(transaction: Transaction, side: Side, cohort: str, documents: Sequence[Mapping[str, Any]], by: str) -> None:
    """Make these the only ones: what stays the same is not touched, and a mentor keeps the pseudonym."""
    known = {row.id: row for row in held(transaction, side, cohort)}
    wanted = {str(one["id"]): one for one in documents}
    remove(transaction, side, cohort, [key for key in known if key not in wanted])
    for key, document in wanted.items():
        if key in known and known[key].document != document:
            change(transaction, side, known[key], document, by)
    add(transaction, side, cohort, [one for key, one in wanted.items() if key not in known], by)
