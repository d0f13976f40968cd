"""Where may somebody still be named after an erasure? Every text is read, for a coordinator to clear."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import sqlalchemy as sa

from service.cohorts.members.left_words import Mention
from service.cohorts.members.redaction import Redaction
from service.database import tables
from service.database.engine import Transaction

MOST = 200
"""Places that are told: who is named oftener has enough to clear."""

OWNERS = (("round", tables.round_), ("job", tables.job), ("import", tables.import_))
"""By which column a row belongs to a row of another table, that belongs to a cohort."""

NOT_READ = {"fact", "link", "login", "half_login", "second_factor", "recovery_code", "calendar"}
"""Tables that hold secrets, ids, moments and words of our own alone."""


def mentions(transaction: Transaction, cohort: str, redaction: Redaction) -> list[Mention]:
    """Read every text of a cohort, and of what belongs to none; give the places that may name one of these people."""
    return _read(transaction, redaction, lambda table: _of_cohort(table, cohort, and_none=True))


def mentions_anywhere(transaction: Transaction, redaction: Redaction) -> dict[str, list[Mention]]:
    """Give the places of the whole installation that may name them, cohort by cohort; those of none under ""."""
    keys = transaction.execute(sa.select(tables.cohort.c.id).order_by(tables.cohort.c.id)).scalars().all()
    found = {"": _read(transaction, redaction, _of_none)}
    for key in keys:
        found[key] = _read(transaction, redaction, partial(_of_cohort, cohort=key))
    return {key: places for key, places in found.items() if places}


def _read(
    transaction: Transaction, redaction: Redaction, query: Callable[[sa.Table], sa.Select[Any] | None]
) -> list[Mention]:
    found: list[Mention] = []
    for table in tables.METADATA.sorted_tables:
        asked = query(table)
        if table.name in NOT_READ or asked is None:
            continue
        keys = [column.name for column in table.primary_key.columns if column.name != "cohort"]
        for row in transaction.execute(asked).mappings():
            name = "/".join(str(row[key]) for key in keys)
            for column in table.columns:
                if column.name not in keys:
                    parts = _texts(row[column.name], column.name)
                    found += [Mention(table.name, name, part) for part, text in parts if redaction.mentions(text)]
            if len(found) >= MOST:
                return found[:MOST]
    return found


def _of_cohort(table: sa.Table, cohort: str, *, and_none: bool = False) -> sa.Select[Any] | None:
    """Ask for what a table holds of a cohort, and perhaps of none; None where it holds nothing of any cohort."""
    query = sa.select(table)
    if table.name == "cohort":
        return query.where(table.c.id == cohort)
    if "cohort" in table.c:
        of_none = table.c.cohort.is_(None) if and_none else sa.false()
        return query.where(sa.or_(table.c.cohort == cohort, of_none))
    for name, owner in OWNERS:
        if name in table.c:
            mine = table.c[name].in_(sa.select(owner.c.id).where(owner.c.cohort == cohort))
            return query.where(sa.or_(mine, _ownerless(table, name, owner)) if and_none else mine)
    return query if and_none else None


def _of_none(table: sa.Table) -> sa.Select[Any] | None:
    """Ask for what a table holds of no cohort."""
    query = sa.select(table)
    if table.name == "cohort":
        return None
    if "cohort" in table.c:
        return query.where(table.c.cohort.is_(None))
    owned = next(((name, owner) for name, owner in OWNERS if name in table.c), None)
    return query if owned is None else query.where(_ownerless(table, *owned))


def _ownerless(table: sa.Table, name: str, owner: sa.Table) -> sa.ColumnElement[bool]:
    return table.c[name].in_(sa.select(owner.c.id).where(owner.c.cohort.is_(None)))


def _texts(value: Any, part: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any column
    """Give the texts of a value, each with the path to it."""
    if isinstance(value, bytes):
        text = value.decode("utf-8", "replace")
        value = json.loads(text) if text.startswith(("{", "[")) else text
    if isinstance(value, str):
        yield part, value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, part)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield f"{part}.{name}", str(name)
            yield from _texts(one, f"{part}.{name}")
