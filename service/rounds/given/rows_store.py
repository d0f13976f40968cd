"""On which rows does a cohort's round depend? All of them, read at once and as the text in which they are kept."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.json_text import written
from service.database.tables import lock, mentor, paper, rules, school, withdrawal

NONE = sa.literal("")


class LockText(NamedTuple):
    """An agreement, as its row has it."""

    school: str
    mentor: str
    kind: str
    reason: str
    override: bool


class Rows(NamedTuple):
    """What a round is made of, documents as JSON text: nothing else goes into it, so the same rows are the same round.

    Schools and mentors are in the order of their ids, agreements and measurements the oldest first; `policy` is the
    newest, None where none was chosen; `withdrawn` pairs a mentor with a reason's code.
    """

    schools: tuple[str, ...]
    mentors: tuple[str, ...]
    locks: tuple[LockText, ...]
    policy: str | None
    withdrawn: tuple[tuple[str, str], ...]
    measurements: tuple[str, ...]


def rows_of(transaction: Transaction, cohort: str) -> Rows:
    """Read the rows of a cohort that say which round it describes."""
    found: dict[str, list[sa.Row[Any]]] = {name: [] for name in Rows._fields}
    for row in transaction.execute(QUERY, {"cohort": cohort}):
        found[row.part].append(row)
    documents = {part: tuple(row.first for row in rows) for part, rows in found.items()}
    return Rows(
        schools=documents["schools"],
        mentors=documents["mentors"],
        locks=tuple(LockText(row.first, row.second, row.kind, row.text, bool(row.flag)) for row in found["locks"]),
        policy=documents["policy"][0] if documents["policy"] else None,
        withdrawn=tuple((row.first, row.second) for row in found["withdrawn"]),
        measurements=documents["measurements"],
    )


def _part(  # noqa: PLR0913 - the columns of the one query
    part: str,
    order: sa.ColumnElement[str],
    first: sa.ColumnElement[str | None],
    *where: sa.ColumnElement[bool],
    second: sa.ColumnElement[str] = NONE,
    kind: sa.ColumnElement[str] = NONE,
    text: sa.ColumnElement[str] = NONE,
    flag: sa.ColumnElement[bool] = sa.false(),  # noqa: B008 - a constant
) -> sa.Select[Any]:
    columns = (("order", order), ("first", first), ("second", second), ("kind", kind), ("text", text), ("flag", flag))
    named: list[sa.ColumnElement[Any]] = [sa.literal(part).label("part")]
    named += [column.label(name) for name, column in columns]
    return sa.select(*named).where(*where)


COHORT: sa.BindParameter[str] = sa.bindparam("cohort", type_=sa.String)
NEWEST = sa.select(sa.func.max(rules.c.version)).where(rules.c.cohort == COHORT).scalar_subquery()
PARTS = sa.union_all(
    _part("schools", school.c.id, written(school.c.document), school.c.cohort == COHORT),
    _part("mentors", mentor.c.id, written(mentor.c.document), mentor.c.cohort == COHORT),
    _part(
        "locks",
        lock.c.id,
        lock.c.school,
        lock.c.cohort == COHORT,
        second=lock.c.mentor,
        kind=lock.c.kind,
        text=lock.c.reason,
        flag=lock.c.override,
    ),
    _part("policy", NONE, written(rules.c.document), rules.c.cohort == COHORT, rules.c.version == NEWEST),
    _part(
        "withdrawn", withdrawal.c.mentor, withdrawal.c.mentor, withdrawal.c.cohort == COHORT, second=withdrawal.c.reason
    ),
    _part(
        "measurements",
        paper.c.id,
        written(paper.c.document),
        paper.c.cohort == COHORT,
        paper.c.kind == "measurement",
    ),
).subquery()
QUERY = sa.select(PARTS).order_by(PARTS.c.part, PARTS.c.order)
