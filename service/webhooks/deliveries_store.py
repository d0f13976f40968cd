"""What was sent to a webhook, did it arrive, and when is it tried again?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Literal

import sqlalchemy as sa

from service.access import audit_trail
from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import delivery, webhook
from service.jobs import store as jobs
from service.webhooks import store as webhooks

State = Literal["waiting", "delivered", "given_up"]

DELAYS = tuple(timedelta(seconds=one) for one in (5, 30, 300, 1800, 3 * 3600, 12 * 3600))
"""How long to wait after each failure; after the last one the message is given up."""

PAUSED_AFTER = 3
"""Messages given up one after the other, after which a webhook is paused."""

KEPT = timedelta(days=30)
"""How long one can read what was sent."""

BY = "service"
"""Who pauses a webhook that does not answer, in the trail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A message to a webhook as it is kept; `answer` is the last HTTP status, None where nothing answered."""

    id: str
    webhook: str
    event: str
    payload: Mapping[str, Any]
    state: State
    attempt: int
    next_at: datetime | None
    answer: int | None
    created_at: datetime
    reason: str = ""


def find(transaction: Transaction, key: str) -> DeliveryRow | None:
    """Find a delivery."""
    return transaction.first(sa.select(delivery).where(delivery.c.id == key), DeliveryRow)


def listed(transaction: Transaction, hook: str, before: str | None, limit: int) -> list[DeliveryRow]:
    """Give what was sent to a webhook from the newest back."""
    query = sa.select(delivery).where(delivery.c.webhook == hook).order_by(delivery.c.id.desc()).limit(limit)
    query = query.where(delivery.c.id < before) if before is not None else query
    return transaction.rows(query, DeliveryRow)


def offer_due(transaction: Transaction, moment: datetime) -> int:
    """Have tried again what is due, but for what waits for a paused webhook; gives how many."""
    heard = sa.select(webhook.c.id).where(webhook.c.paused.is_(sa.false()))
    mine = sa.or_(delivery.c.webhook.in_(heard), delivery.c.event == webhooks.TEST)
    due = sa.update(delivery).where(delivery.c.state == "waiting", delivery.c.next_at <= moment, mine)
    keys = transaction.execute(due.values(next_at=moment + webhooks.LEASE).returning(delivery.c.id)).scalars().all()
    for key in sorted(keys):
        jobs.enqueue(transaction, webhooks.KIND, target=key)
    return len(keys)


def again(transaction: Transaction, key: str) -> bool:
    """Have a message that ended sent once more, under its own id; tell whether it was one that ended."""
    ended = sa.update(delivery).where(delivery.c.id == key, delivery.c.state != "waiting")
    values = {"state": "waiting", "attempt": 0, "next_at": now() + webhooks.LEASE, "reason": ""}
    if transaction.execute(ended.values(**values)).rowcount != 1:
        return False
    jobs.enqueue(transaction, webhooks.KIND, target=key)
    return True


def record(transaction: Transaction, key: str, answer: int | None, reason: str = "") -> State | None:
    """Keep how an attempt ended, and why nothing answered; None where the delivery is not waiting any more."""
    row = find(transaction, key)
    if row is None or row.state != "waiting":
        return None
    attempt = row.attempt + 1
    state, next_at = _outcome(row.event, attempt, answer)
    statement = sa.update(delivery).where(delivery.c.id == key, delivery.c.attempt == row.attempt)
    transaction.execute(statement.values(state=state, attempt=attempt, next_at=next_at, answer=answer, reason=reason))
    if state == "given_up" and row.event != webhooks.TEST:
        _pause_if_dead(transaction, row.webhook, answer)
    return state


def _outcome(event: str, attempt: int, answer: int | None) -> tuple[State, datetime | None]:
    if answer is not None and HTTPStatus.OK <= answer < HTTPStatus.MULTIPLE_CHOICES:
        return "delivered", None
    if event == webhooks.TEST or attempt > len(DELAYS) or answer == HTTPStatus.GONE:
        return "given_up", None
    return "waiting", now() + DELAYS[attempt - 1]


def _pause_if_dead(transaction: Transaction, hook: str, answer: int | None) -> None:
    """Pause a webhook that says it is gone, or whose last messages were all given up."""
    query = sa.select(delivery.c.state).where(delivery.c.webhook == hook, delivery.c.event != webhooks.TEST)
    query = query.where(delivery.c.state != "waiting").order_by(delivery.c.id.desc()).limit(PAUSED_AFTER)
    last = transaction.execute(query).scalars().all()
    dead = answer == HTTPStatus.GONE or (len(last) == PAUSED_AFTER and set(last) == {"given_up"})
    if dead and webhooks.pause(transaction, hook):
        audit_trail.note(transaction, BY, "webhook.paused", hook, None, {"answer": answer}, "")


def forget(transaction: Transaction, moment: datetime) -> None:
    """Forget what ended long ago."""
    old = sa.and_(delivery.c.created_at < moment - KEPT, delivery.c.state != "waiting")
    transaction.execute(sa.delete(delivery).where(old))
