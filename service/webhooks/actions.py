"""How is a webhook added, changed, tried and removed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.access import scope
from service.core.errors import invalid, not_found
from service.webhooks import deliveries_store
from service.webhooks import store as webhooks
from service.webhooks.addresses import url_fault
from service.webhooks.shapes import DeliveryOut, WebhookOut

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction


def shape_of(row: webhooks.WebhookRow) -> WebhookOut:
    """Write a webhook, without its secret."""
    values = {name: getattr(row, name) for name in WebhookOut.model_fields}
    return WebhookOut(**values | {"events": list(row.events)})


def sent_shape(row: deliveries_store.DeliveryRow) -> DeliveryOut:
    """Write a delivery."""
    values = {name: getattr(row, name) for name in DeliveryOut.model_fields}
    return DeliveryOut(**values | {"payload": dict(row.payload)})


def webhook_of(transaction: Transaction, key: str) -> webhooks.WebhookRow:
    """Give a webhook; raises Problem 404."""
    row = webhooks.find(transaction, key)
    if row is None:
        raise not_found("Deze webhook")
    return row


def _check_url(work: Work, url: str) -> None:
    fault = url_fault(url, allow_private=work.settings.allow_private_webhooks)
    if fault is not None:
        raise invalid("/url", "bad_url", fault)


def _check_cohort(transaction: Transaction, cohort: str | None) -> None:
    if cohort is not None and scope.find(transaction, cohort) is None:
        raise invalid("/cohort", "unknown_cohort", "Deze cohorte bestaat niet.")
