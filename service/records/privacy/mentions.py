"""Where may somebody still be named after an erasure? Every text of a cohort is read, for the coordinator to clear."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from service.database import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.cohorts.members.redaction import Redaction
    from service.database.engine import Transaction

MOST = 200
"""Places that are told: who is named oftener has enough to clear."""

OF_ROUND, OF_JOB, OF_IMPORT, OF_WEBHOOK = "round", "job", "import", "webhook"
NOT_READ = {"fact", "link", "login", "api_key", "consent", "calendar"}
"""Tables that hold secrets, ids and moments alone."""


class Mention(NamedTuple):
    """A place that names somebody: of what, which one, and in which part of it. The text itself is not repeated."""

    what: str
    id: str
    part: str


def mentions(transaction: Transaction, cohort: str, redaction: Redaction) -> list[Mention]:
    """Read every text of a cohort, and of what belongs to none; give the places that may name one of these people."""
    found: list[Mention] = []
    for table in tables.METADATA.sorted_tables:
        if table.name in NOT_READ:
            continue
        keys = [column.name for column in table.primary_key.columns if column.name != "cohort"]
        for row in transaction.execute(_of_cohort(table, cohort)).mappings():
            name = "/".join(str(row[key]) for key in keys)
            for column in table.columns:
                if column.name not in keys:
                    parts = _texts(row[column.name], column.name)
                    found += [Mention(table.name, name, part) for part, text in parts if redaction.mentions(text)]
            if len(found) >= MOST:
                return found[:MOST]
    return found


def _of_cohort(table: sa.Table, cohort: str) -> sa.Select[Any]:
    query = sa.select(table)
    if table.name == "cohort":
        return query.where(table.c.id == cohort)
    if "cohort" in table.c:
        return query.where(sa.or_(table.c.cohort == cohort, table.c.cohort.is_(None)))
    for name, owner in ((OF_ROUND, tables.round_), (OF_JOB, tables.job), (OF_IMPORT, tables.import_)):
        if name in table.c:
            return query.where(table.c[name].in_(sa.select(owner.c.id).where(owner.c.cohort == cohort)))
    return query


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
