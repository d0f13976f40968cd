"""Which programs want to hear what happens, and what is told to them?"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from service.database.ids import new_id, now
from service.database.tables import delivery, webhook
from service.jobs import store as jobs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from service.database.engine import Transaction

Event = Literal[
    "round.finished",
    "plan.published",
    "mentor.withdrawn",
    "sessions.published",
    "sessions.outdated",
    "application.received",
    "application.confirmed",
    "proposal.accepted",
    "proposal.declined",
    "application.accepted",
    "application.waiting",
    "application.refused",
    "selection.accepted",
    "measurement.submitted",
    "mentor.returned",
]
TEST = "webhook.test"
"""What is told when an admin tries a webhook; it is told once, also while the webhook is paused."""

KIND = "deliver"
LEASE = timedelta(minutes=10)
"""When a delivery is offered anew whose job was lost."""

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRow:
    """A webhook as it is kept; without a cohort it hears of all. `secret` signs what is sent."""

    id: str
    url: str
    secret: str
    events: Sequence[str]
    cohort: str | None
    paused: bool
    version: int
    created_at: datetime


def announce(transaction: Transaction, event: Event, cohort: str, data: Mapping[str, Any]) -> None:
    """Tell every webhook that wants to hear it what happened in a cohort, once this transaction is written.

    `data` holds ids and numbers, never names; the cohort is added.
    """
    mine = sa.or_(webhook.c.cohort.is_(None), webhook.c.cohort == cohort)
    query = sa.select(webhook).where(mine, webhook.c.paused.is_(sa.false())).order_by(webhook.c.id)
    for row in transaction.execute(query).mappings().all():
        if event in row["events"]:
            send(transaction, row["id"], event, {"cohort": cohort, **data})


def send(transaction: Transaction, key: str, event: str, data: Mapping[str, Any]) -> str:
    """Have a message sent to one webhook; gives the id of the delivery, which is the message's own."""
    made, moment = new_id("msg"), now()
    at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    payload = {"type": event, "timestamp": at, "data": dict(data)}
    values = {"id": made, "webhook": key, "event": event, "payload": payload, "state": "waiting", "attempt": 0}
    transaction.execute(sa.insert(delivery).values(**values, next_at=moment + LEASE, created_at=moment))
    jobs.enqueue(transaction, KIND, target=made)
    return made


def find(transaction: Transaction, key: str) -> WebhookRow | None:
    """Find a webhook."""
    row = transaction.execute(sa.select(webhook).where(webhook.c.id == key)).mappings().first()
    return None if row is None else WebhookRow(**row)


def listed(transaction: Transaction, before: str | None, limit: int) -> list[WebhookRow]:
    """Give webhooks from the newest back."""
    query = sa.select(webhook).order_by(webhook.c.id.desc()).limit(limit)
    query = query.where(webhook.c.id < before) if before is not None else query
    return [WebhookRow(**row) for row in transaction.execute(query).mappings()]


def add(transaction: Transaction, *, url: str, events: Sequence[str], cohort: str | None) -> WebhookRow:
    """Add a webhook with a new secret of 256 random bits."""
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")
    values = {"id": new_id("whk"), "url": url, "secret": secret, "events": list(events), "cohort": cohort}
    statement = sa.insert(webhook).values(**values, created_at=now()).returning(webhook)
    return WebhookRow(**transaction.execute(statement).mappings().one())


def change(transaction: Transaction, key: str, version: int, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Change a webhook of this very version; tell whether it was."""
    statement = sa.update(webhook).where(webhook.c.id == key, webhook.c.version == version)
    return transaction.execute(statement.values(**values, version=version + 1)).rowcount == 1


def pause(transaction: Transaction, key: str) -> bool:
    """Send a webhook nothing more until an admin resumes it; tell whether that is new."""
    statement = sa.update(webhook).where(webhook.c.id == key, webhook.c.paused.is_(sa.false()))
    return transaction.execute(statement.values(paused=True, version=webhook.c.version + 1)).rowcount == 1


def remove(transaction: Transaction, key: str) -> None:
    """Remove a webhook with what was and would be sent to it."""
    transaction.execute(sa.delete(webhook).where(webhook.c.id == key))
