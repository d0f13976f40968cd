"""How does a message reach a webhook? Signed as Standard Webhooks asks, by the worker itself, tried again later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from standardwebhooks import Webhook

import matcher
from service.core.settings import Settings
from service.database.engine import Transaction
from service.database.ids import now
from service.jobs import store as jobs
from service.jobs.store import JobRow
from service.web.answers import to_json
from service.webhooks import deliveries_store
from service.webhooks import store as webhooks
from service.webhooks.outbound import post

log = structlog.get_logger("in2stem.jobs")

AGENT = "in2stem-webhooks/1"


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather a message and where it goes."""
    row = deliveries_store.find(transaction, str(job.target))
    hook = webhooks.find(transaction, row.webhook) if row is not None else None
    if row is None or hook is None or row.state != "waiting":
        raise matcher.InvalidValueError("Dit bericht moet niet meer verstuurd worden.")
    return {"id": row.id, "url": hook.url, "secrets": webhooks.secrets_of(hook), "payload": row.payload}


def run(payload: Mapping[str, Any], settings: Settings, _is_ours: Callable[[], bool]) -> dict[str, Any]:
    """Send it; whatever comes of that is a result."""
    body = to_json(payload["payload"])
    headers = signed(payload["id"], payload["secrets"], body)
    allowed = settings.allow_private_webhooks
    sent = post(payload["url"], headers, body, allow_private=allowed, hosts=settings.webhook_hosts)
    return {"answer": sent.answer, "trouble": sent.trouble}


def signed(key: str, secrets: Sequence[str], body: bytes) -> dict[str, str]:
    """Give the headers of a message: each attempt bears the same id, its own moment, and a signature over both.

    After a secret was renewed there are two signatures for a while: one that fits is enough.
    """
    moment = now()
    signature = " ".join(Webhook(one).sign(key, moment, body.decode("utf-8")) for one in secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": key,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
    }


def finish(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep how it ended; what failed is tried again later, by another job."""
    state = deliveries_store.record(transaction, str(job.target), result["answer"], result["trouble"])
    jobs.keep_result(transaction, job.id, dict(result))
    if state is not None:
        log.info("webhook", delivery=job.target, state=state, answer=result["answer"], trouble=result["trouble"])
