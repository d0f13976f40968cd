"""Who did what, and when? The audit trail: ids, never names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import audit

Line = tuple[str, str, str | None, "Mapping[str, Any]"]
"""What was done, to what, in which cohort, and with which details."""


def note(  # noqa: PLR0913, PLR0917 - the members of one line of the trail
    transaction: Transaction,
    actor: str,
    action: str,
    target: str,
    cohort: str | None,
    detail: Mapping[str, Any],
    request: str,
) -> None:
    """Add a line to the trail."""
    note_all(transaction, actor, [(action, target, cohort, detail)], request)


def note_all(transaction: Transaction, actor: str, lines: Sequence[Line], request: str) -> None:
    """Add lines to the trail at once, in this order."""
    moment = now()
    rows = [
        {"actor": actor, "action": action, "target": target, "cohort": cohort}
        | {"id": new_id("aud"), "at": moment, "detail": dict(detail), "request": request}
        for action, target, cohort, detail in lines
    ]
    transaction.connection.execute(sa.insert(audit), rows)


def has(transaction: Transaction, action: str, target: str) -> bool:
    """Tell whether something was ever done to somebody or something."""
    done = sa.select(audit.c.id).where(audit.c.action == action, audit.c.target == target)
    return transaction.execute(done.limit(1)).first() is not None


def details(transaction: Transaction, action: str, target: str) -> list[Mapping[str, Any]]:
    """Give the details of every time that something was done to somebody or something."""
    done = sa.select(audit.c.detail).where(audit.c.action == action, audit.c.target == target)
    return list(transaction.execute(done).scalars())


def lines(transaction: Transaction, cohort: str | None, before: str | None, limit: int) -> Sequence[Mapping[str, Any]]:
    """Give lines from the newest back, those of one cohort or of all."""
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    query = query.where(audit.c.cohort == cohort) if cohort is not None else query
    query = query.where(audit.c.id < before) if before is not None else query
    return transaction.rows(query, dict)


def about(
    transaction: Transaction, cohort: str, actions: Sequence[str], limit: int, request: str = ""
) -> Sequence[Mapping[str, Any]]:
    """Give the newest lines of a cohort about some actions, those of one request where one is told."""
    query = sa.select(audit).where(audit.c.cohort == cohort, audit.c.action.in_(actions))
    query = query.where(audit.c.request == request) if request else query
    return transaction.rows(query.order_by(audit.c.id.desc()).limit(limit), dict)
