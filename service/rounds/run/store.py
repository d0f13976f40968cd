"""Which matching rounds were run, on what, and what came out?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

import matcher
from service.core.content_cache import Newest
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.json_text import Written, written
from service.database.tables import job, round_, season

Publicity = Literal["draft", "approved", "published", "superseded"]

DOCUMENTS = ("given", "plan", "findings")
LIGHT = [
    *(one for one in round_.c if one.name not in DOCUMENTS),
    round_.c.plan["status"].as_string().label("plan_status"),
]
"""What a list of rounds needs; the documents are large."""


WHOLE = [written(one).label(one.name) if one.name in DOCUMENTS else one for one in round_.c]
FIND = sa.select(*WHOLE).where(round_.c.id == sa.bindparam("key"), round_.c.cohort == sa.bindparam("of"))
SOLVED = ("proven", "feasible")
"""What a plan's status says where there is one."""

IDS = sa.select(round_.c.id).where(round_.c.cohort == sa.bindparam("of")).order_by(round_.c.id.desc()).limit(1)
NEWEST = sa.select(IDS.scalar_subquery(), IDS.where(round_.c.plan["status"].as_string().in_(SOLVED)).scalar_subquery())
READ = Newest(64)
"""The documents of the rounds that were looked at last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """A round as it is kept.

    `given` and `plan` are the matcher's documents, empty in lists; `plan_status` is what a listed plan says of itself.
    `previous` is the round whose published plan it repairs.
    """

    id: str
    cohort: str
    number: int
    job: str | None
    state: Publicity
    inputs_hash: str
    previous: str | None
    version: int
    created_at: datetime
    created_by: str
    given: Mapping[str, Any] | None = None
    plan: Mapping[str, Any] | None = None
    findings: Mapping[str, Any] | None = None
    plan_status: str | None = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs (school, mentor) of its plan, in the plan's order; none where the plan was not read."""
        return [(one["school"], one["mentor"]) for one in self.plan["pairs"]] if self.plan is not None else []


def add(  # noqa: PLR0913 - a round's members, all by name
    transaction: Transaction,
    cohort: str,
    *,
    given: Mapping[str, Any],
    inputs_hash: str,
    previous: str | None,
    by: str,
) -> RoundRow:
    """Add a round that is still to be solved. The cohort's row must be locked, so that numbers follow on."""
    last = sa.select(sa.func.coalesce(sa.func.max(round_.c.number), 0)).where(round_.c.cohort == cohort)
    number = int(transaction.execute(last).scalar_one()) + 1
    values = {"id": new_id("rnd"), "cohort": cohort, "number": number, "state": "draft", "inputs_hash": inputs_hash}
    more = {"given": dict(given), "previous": previous, "created_at": now(), "created_by": by, "version": 1}
    transaction.execute(sa.insert(round_).values(**values, **more))
    return RoundRow(**values, **more, job=None)  # type: ignore[arg-type]


def set_job(transaction: Transaction, key: str, solving: str) -> None:
    """Say which job solves a round."""
    transaction.execute(sa.update(round_).where(round_.c.id == key).values(job=solving))


def find(transaction: Transaction, cohort: str, key: str) -> RoundRow | None:
    """Find a round of a cohort, with its documents."""
    return _first(transaction, FIND, {"key": key, "of": cohort})


def number_of(transaction: Transaction, key: str) -> int:
    """Give the number of a round, 0 for one that is not there."""
    return int(transaction.execute(sa.select(round_.c.number).where(round_.c.id == key)).scalar() or 0)


def by_id(transaction: Transaction, key: str) -> RoundRow | None:
    """Find a round of whatever cohort, with its documents."""
    return _first(transaction, sa.select(*WHOLE).where(round_.c.id == key))


def _first(transaction: Transaction, query: sa.Select[Any], values: Mapping[str, Any] | None = None) -> RoundRow | None:
    """Give the first round with its documents: read of their text, or known of it."""
    row = transaction.execute(query, values).mappings().first()
    if row is None:
        return None
    documents = {}
    for name in DOCUMENTS:
        documents[name] = READ.of((row["id"], name), row[name], lambda text: None if text is None else json.loads(text))
    return RoundRow(**{**row, **documents})


def texts(transaction: Transaction, key: str) -> tuple[str, str | None] | None:
    """Give what was given to a round and its plan as JSON, for a child to read; None where there is no such round."""
    query = sa.select(written(round_.c.given), written(round_.c.plan)).where(round_.c.id == key)
    row = transaction.execute(query).first()
    return None if row is None else (str(row[0]), row[1])


def kept_texts(transaction: Transaction, key: str) -> tuple[str, str | None]:
    """Give the texts of a round that must be there; raises InvalidValueError where it was removed meanwhile."""
    found = texts(transaction, key)
    if found is None:
        raise matcher.InvalidValueError("Deze ronde is intussen verwijderd.")
    return found


def listed(transaction: Transaction, cohort: str, before: str | None, limit: int) -> list[RoundRow]:
    """Give a cohort's rounds from the newest back, without their documents."""
    query = sa.select(*LIGHT).where(round_.c.cohort == cohort).order_by(round_.c.id.desc()).limit(limit)
    query = query.where(round_.c.id < before) if before is not None else query
    return transaction.rows(query, RoundRow)


def newest(transaction: Transaction, cohort: str) -> tuple[str | None, str | None]:
    """Give the id of a cohort's newest round, and of the newest that has a plan."""
    row = transaction.execute(NEWEST, {"of": cohort}).one()
    return row[0], row[1]


def being_solved(transaction: Transaction, cohort: str) -> RoundRow | None:
    """Find a round of this cohort that is being solved now."""
    query = sa.select(*LIGHT).join(job, job.c.id == round_.c.job)
    query = query.where(round_.c.cohort == cohort, job.c.state.in_(("queued", "running"))).limit(1)
    return transaction.first(query, RoundRow)


def of_state(transaction: Transaction, cohort: str, state: Publicity) -> RoundRow | None:
    """Find the newest round of a cohort in a state, such as the published one."""
    query = sa.select(*WHOLE).where(round_.c.cohort == cohort, round_.c.state == state)
    return _first(transaction, query.order_by(round_.c.number.desc()).limit(1))


def has_public_year(transaction: Transaction, cohort: str) -> bool:
    """Tell whether a year of sessions was published in a cohort: it invites the mentors of a plan."""
    query = sa.select(season.c.id).where(season.c.cohort == cohort, season.c.published_at.is_not(None)).limit(1)
    return transaction.execute(query).first() is not None


def keep_plan(transaction: Transaction, key: str, plan: Written) -> None:
    """Keep what came out of a round."""
    transaction.execute(sa.update(round_).where(round_.c.id == key).values(plan=plan))


def keep_findings(transaction: Transaction, key: str, findings: Written) -> None:
    """Keep what follows from a round's plan."""
    transaction.execute(sa.update(round_).where(round_.c.id == key).values(findings=findings))


def set_state(transaction: Transaction, key: str, version: int, state: Publicity) -> bool:
    """Move a round of this very version to another state; tell whether it was."""
    statement = sa.update(round_).where(round_.c.id == key, round_.c.version == version)
    return transaction.execute(statement.values(state=state, version=version + 1)).rowcount == 1


def plans_of_state(transaction: Transaction, cohort: str, state: Publicity) -> list[Mapping[str, Any]]:
    """Give the plans of a cohort's rounds in a state, the oldest first."""
    query = sa.select(round_.c.plan).where(round_.c.cohort == cohort, round_.c.state == state)
    return [plan for plan in transaction.execute(query.order_by(round_.c.number)).scalars() if plan is not None]
