"""Did anything change in a cohort since it was last looked at? One query, over the rows on which its steps depend."""

from __future__ import annotations

from typing import Any, TypeAlias

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.tables import (
    application,
    job,
    lock,
    mail,
    mentor,
    paper,
    publication,
    round_,
    rules,
    school,
    season,
    withdrawal,
)

Print: TypeAlias = tuple[Any, ...]
"""Counts and newest moments: what is added, edited or removed changes one of them."""

COHORT: sa.BindParameter[str] = sa.bindparam("cohort", type_=sa.String)
ENDED = ("done", "failed", "stopped")


def _of(table: sa.Table, *columns: sa.ColumnElement[Any]) -> sa.Subquery:
    return sa.select(sa.func.count().label("rows"), *columns).where(table.c.cohort == COHORT).subquery()


def _newest(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.max(column)


PARTS = (
    _of(school, _newest(school.c.changed_at), sa.func.sum(school.c.version)),
    _of(mentor, _newest(mentor.c.changed_at), sa.func.sum(mentor.c.version)),
    _of(lock, _newest(lock.c.created_at)),
    _of(rules, _newest(rules.c.version)),
    _of(withdrawal, _newest(withdrawal.c.at)),
    _of(paper, _newest(paper.c.changed_at), sa.func.sum(paper.c.version)),
    _of(round_, _newest(round_.c.number), sa.func.sum(round_.c.version)),
    _of(publication, _newest(publication.c.number)),
    _of(season, _newest(season.c.published_at), sa.func.sum(season.c.version)),
    sa.select(sa.func.count().label("rows")).where(job.c.cohort == COHORT, job.c.state.in_(ENDED)).subquery(),
)


def _side_by_side(parts: tuple[sa.Subquery, ...]) -> sa.FromClause:
    found: sa.FromClause = parts[0]
    for part in parts[1:]:  # each is one row
        found = found.join(part, sa.true())
    return found


TO_LOOK_AT = sa.exists().where(mail.c.cohort == COHORT, mail.c.state == "proposed")
QUERY = sa.select(TO_LOOK_AT, *[column for part in PARTS for column in part.c]).select_from(_side_by_side(PARTS))


def print_of(transaction: Transaction, cohort: str) -> tuple[bool, Print]:
    """Tell whether mails wait for a look; give what changes whenever a cohort's people, rules, rounds or years do."""
    to_look_at, *made_of = transaction.execute(QUERY, {"cohort": cohort}).one()
    return bool(to_look_at), tuple(made_of)


def applications_of(transaction: Transaction, cohort: str) -> dict[str, int]:
    """Count the applications of a cohort by how far they are."""
    query = sa.select(application.c.state, sa.func.count()).where(application.c.cohort == cohort)
    return {str(state): int(count) for state, count in transaction.execute(query.group_by(application.c.state))}
