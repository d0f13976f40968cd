"""How is a webhook added, changed, tried and removed?"""

from __future__ import annotations

from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, existing, invalid, not_found, stale
from service.core.etag import etag
from service.database.engine import Transaction
from service.web.paging import page_of
from service.web.shapes import Page
from service.webhooks import deliveries_store
from service.webhooks import store as webhooks
from service.webhooks.addresses import url_fault
from service.webhooks.shapes import DeliveryOut, WebhookChange, WebhookIn, WebhookMade, WebhookOut


def tag_of(webhook: WebhookOut) -> str:
    """Give the ETag of a webhook."""
    return etag(webhook.version, webhook.id)


def shape_of(row: webhooks.WebhookRow) -> WebhookOut:
    """Write a webhook, without its secret."""
    return WebhookOut.from_row(row, events=list(row.events))


@action("admin")
def list_webhooks(work: Work, limit: int, cursor: str | None = None) -> Page[WebhookOut]:
    """Give the webhooks, the newest first."""
    with work.reading() as transaction:
        rows = webhooks.listed(transaction, cursor, limit + 1)
    return page_of(shape_of, rows, limit, lambda row: row.id)


@action("admin")
def add_webhook(work: Work, body: WebhookIn) -> WebhookMade:
    """Add a webhook; its secret is in this answer alone."""
    _check_url(work, body.url)

    def effect(transaction: Transaction) -> WebhookMade:
        _check_cohort(transaction, body.cohort)
        row = webhooks.add(transaction, url=body.url, events=body.events, cohort=body.cohort)
        work.audit(transaction, "webhook.added", row.id, body.cohort, events=body.events)
        return WebhookMade(webhook=shape_of(row), secret=row.secret)

    return work.once(body, WebhookMade, effect, secret="secret")  # noqa: S106 - the member's name


@action("admin")
def get_webhook(work: Work, webhook: str) -> WebhookOut:
    """Give a webhook; raises Problem 404."""
    with work.reading() as transaction:
        return shape_of(_webhook_of(transaction, webhook))


@action("admin")
def change_webhook(work: Work, webhook: str, body: WebhookChange) -> WebhookOut:
    """Change a webhook of the version that was read."""
    values = body.model_dump(exclude_unset=True)
    if "url" in values:
        _check_url(work, body.url)
    with work.writing() as transaction:
        row = _webhook_of(transaction, webhook)
        work.must_match(row.version, row.id)
        _check_cohort(transaction, body.cohort)
        if not webhooks.change(transaction, webhook, row.version, **values):
            raise stale()
        work.audit(transaction, "webhook.changed", webhook, row.cohort, fields=sorted(values))
        return shape_of(_webhook_of(transaction, webhook))


@action("admin")
def remove_webhook(work: Work, webhook: str) -> None:
    """Remove a webhook, with what was and would be sent to it."""
    with work.writing() as transaction:
        row = _webhook_of(transaction, webhook)
        webhooks.remove(transaction, webhook)
        work.audit(transaction, "webhook.removed", webhook, row.cohort)


@action("admin")
def try_webhook(work: Work, webhook: str) -> DeliveryOut:
    """Send one message to try a webhook, also where it is paused."""

    def effect(transaction: Transaction) -> DeliveryOut:
        row = _webhook_of(transaction, webhook)
        made = webhooks.send(transaction, row.id, webhooks.TEST, {"webhook": row.id})
        work.audit(transaction, "webhook.tested", row.id, row.cohort)
        found = deliveries_store.find(transaction, made)
        assert found is not None  # noqa: S101 - added above
        return _sent(found)

    return work.once({"test": webhook}, DeliveryOut, effect)


@action("admin")
def send_again(work: Work, webhook: str, delivery: str) -> DeliveryOut:
    """Send a message once more that arrived or was given up, under its own id.

    Raises Problem 404, and 409 for one that is still waiting.
    """
    with work.writing() as transaction:
        row = _webhook_of(transaction, webhook)
        found = existing(deliveries_store.find(transaction, delivery), "Dit bericht")
        if found.webhook != row.id:
            raise not_found("Dit bericht")
        if not deliveries_store.again(transaction, delivery):
            raise conflict("still_waiting", "Dit bericht wordt al verstuurd.")
        work.audit(transaction, "webhook.sent_again", row.id, row.cohort, delivery=delivery)
        return _sent(existing(deliveries_store.find(transaction, delivery), "Dit bericht"))


@action("admin")
def list_deliveries(work: Work, webhook: str, limit: int, cursor: str | None = None) -> Page[DeliveryOut]:
    """Give what was and will be sent to a webhook, the newest first."""
    with work.reading() as transaction:
        _webhook_of(transaction, webhook)
        rows = deliveries_store.listed(transaction, webhook, cursor, limit + 1)
    return page_of(_sent, rows, limit, lambda row: row.id)


def _sent(row: deliveries_store.DeliveryRow) -> DeliveryOut:
    return DeliveryOut.from_row(row, payload=dict(row.payload))


def _webhook_of(transaction: Transaction, key: str) -> webhooks.WebhookRow:
    return existing(webhooks.find(transaction, key), "Deze webhook")


def _check_url(work: Work, url: str) -> None:
    settings = work.settings
    fault = url_fault(url, allow_private=settings.allow_private_webhooks, hosts=settings.webhook_hosts)
    if fault is not None:
        raise invalid("/url", "bad_url", fault)


def _check_cohort(transaction: Transaction, cohort: str | None) -> None:
    if cohort is not None and scope.find(transaction, cohort) is None:
        raise invalid("/cohort", "unknown_cohort", "Deze cohorte bestaat niet.")
