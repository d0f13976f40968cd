"""Which programs want to hear what happens, and what is told to them?"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import delivery, webhook
from service.jobs import store as jobs

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
    "application.expired",
    "selection.accepted",
    "measurement.submitted",
    "mentor.returned",
    "wish.made",
]
TEST = "webhook.test"
"""What is told when an admin tries a webhook; it is told once, also while the webhook is paused."""

KIND = "deliver"
LEASE = timedelta(minutes=10)
"""When a delivery is offered anew whose job was lost."""

SECRET_BYTES = 32
OLD_HOLDS = timedelta(days=7)
"""How long a renewed secret signs beside the new one, so that whoever listens can change it at ease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRow:
    """A webhook as it is kept; without a cohort it hears of all. `secret` signs what is sent, as may an old one."""

    id: str
    url: str
    secret: str
    old_secret: str
    old_until: datetime | None
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
    return transaction.first(sa.select(webhook).where(webhook.c.id == key), WebhookRow)


def listed(transaction: Transaction, before: str | None, limit: int) -> list[WebhookRow]:
    """Give webhooks from the newest back."""
    query = sa.select(webhook).order_by(webhook.c.id.desc()).limit(limit)
    query = query.where(webhook.c.id < before) if before is not None else query
    return transaction.rows(query, WebhookRow)


def add(transaction: Transaction, *, url: str, events: Sequence[str], cohort: str | None) -> WebhookRow:
    """Add a webhook with a new secret of 256 random bits."""
    values = {"id": new_id("whk"), "url": url, "secret": _new_secret(), "events": list(events), "cohort": cohort}
    statement = sa.insert(webhook).values(**values, created_at=now()).returning(webhook)
    return WebhookRow(**transaction.execute(statement).mappings().one())


def secrets_of(row: WebhookRow) -> list[str]:
    """Give the secrets that sign a message now: the newest, and one that was renewed lately."""
    both = row.old_secret and row.old_until is not None and now() < row.old_until
    return [row.secret, row.old_secret] if both else [row.secret]


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def renew_secrets(transaction: Transaction) -> list[tuple[str, str]]:
    """Give every webhook another secret; gives each address with it. One that had none is paused: nobody knows it."""
    made, until = [], now() + OLD_HOLDS
    for row in transaction.execute(sa.select(webhook).order_by(webhook.c.id)).mappings().all():
        new = _new_secret()
        old = {"old_secret": row["secret"], "old_until": until} if row["secret"] else {"paused": True}
        values = {"secret": new, "version": row["version"] + 1} | old
        transaction.execute(sa.update(webhook).where(webhook.c.id == row["id"]).values(**values))
        made.append((str(row["url"]), new))
    return made


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
