"""Which programs are told what happens? Admins add webhooks, try them, pause them, and see what arrived."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.errors import stale
from service.core.etag import etag
from service.database.engine import Transaction
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page
from service.webhooks import deliveries_store
from service.webhooks import store as webhooks
from service.webhooks.actions import _check_cohort, _check_url, sent_shape, shape_of, webhook_of
from service.webhooks.shapes import DeliveryOut, WebhookChange, WebhookIn, WebhookMade, WebhookOut

routes = router("/v1/webhooks", "webhooks")


@routes.get("", response_model=Page[WebhookOut], openapi_extra=access("admin"))
def list_webhooks(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de webhooks, de nieuwste eerst."""
    with call.database.read() as transaction:
        rows = webhooks.listed(transaction, cursor, limit + 1)
    items = [shape_of(row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": items[-1].id if len(rows) > limit else None}).response()


@routes.post("", response_model=WebhookMade, status_code=201, openapi_extra=access("admin"))
def add_webhook(call: Called, body: WebhookIn) -> Response:
    """Voeg een webhook toe. Het antwoord toont één keer het geheim waarmee elk bericht ondertekend wordt."""
    _check_url(call.work, body.url)

    def effect(transaction: Transaction) -> Answer:
        _check_cohort(transaction, body.cohort)
        row = webhooks.add(transaction, url=body.url, events=body.events, cohort=body.cohort)
        call.audit(transaction, "webhook.added", row.id, body.cohort, events=body.events)
        headers = {"Location": f"/v1/webhooks/{row.id}", "ETag": etag(row.version, row.id)}
        return Answer(201, WebhookMade(webhook=shape_of(row), secret=row.secret), headers)

    return call.once(body, effect, secret="secret")  # noqa: S106 - the member's name


@routes.get("/{webhook}", response_model=WebhookOut, openapi_extra=access("admin"))
def get_webhook(call: Called, webhook: Key) -> Response:
    """Geef één webhook, zonder het geheim."""
    with call.database.read() as transaction:
        row = webhook_of(transaction, webhook)
    return Answer(200, shape_of(row), {"ETag": etag(row.version, row.id)}).response()


@routes.patch("/{webhook}", response_model=WebhookOut, openapi_extra=access("admin"))
def change_webhook(call: Called, webhook: Key, body: WebhookChange) -> Response:
    """Wijzig een webhook, leg hem stil of laat hem weer horen; If-Match zegt welke versie u gelezen hebt."""
    values = body.model_dump(exclude_unset=True)
    if "url" in values:
        _check_url(call.work, body.url)
    with call.database.write() as transaction:
        row = webhook_of(transaction, webhook)
        call.must_match(row.version, row.id)
        _check_cohort(transaction, body.cohort)
        if not webhooks.change(transaction, webhook, row.version, **values):
            raise stale()
        call.audit(transaction, "webhook.changed", webhook, row.cohort, fields=sorted(values))
        changed = webhook_of(transaction, webhook)
    return Answer(200, shape_of(changed), {"ETag": etag(changed.version, changed.id)}).response()


@routes.delete("/{webhook}", status_code=204, openapi_extra=access("admin"))
def remove_webhook(call: Called, webhook: Key) -> Response:
    """Verwijder een webhook; wat nog wachtte, wordt niet meer verstuurd."""
    with call.database.write() as transaction:
        row = webhook_of(transaction, webhook)
        webhooks.remove(transaction, webhook)
        call.audit(transaction, "webhook.removed", webhook, row.cohort)
    return Answer(204).response()


@routes.post("/{webhook}/test", response_model=DeliveryOut, status_code=202, openapi_extra=access("admin"))
def test_webhook(call: Called, webhook: Key) -> Response:
    """Stuur één proefbericht, ook als de webhook stilligt; in de lijst van berichten ziet u of het aankwam."""

    def effect(transaction: Transaction) -> Answer:
        row = webhook_of(transaction, webhook)
        made = webhooks.send(transaction, row.id, webhooks.TEST, {"webhook": row.id})
        call.audit(transaction, "webhook.tested", row.id, row.cohort)
        found = deliveries_store.find(transaction, made)
        assert found is not None  # noqa: S101 - added above
        return Answer(202, sent_shape(found), {"Location": f"/v1/webhooks/{row.id}/deliveries"})

    return call.once({"test": webhook}, effect)


@routes.get("/{webhook}/deliveries", response_model=Page[DeliveryOut], openapi_extra=access("admin"))
def list_deliveries(call: Called, webhook: Key, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef wat er naar een webhook gestuurd is en wordt, het nieuwste eerst; dertig dagen lang."""
    with call.database.read() as transaction:
        webhook_of(transaction, webhook)
        rows = deliveries_store.listed(transaction, webhook, cursor, limit + 1)
    items = [sent_shape(row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": items[-1].id if len(rows) > limit else None}).response()
