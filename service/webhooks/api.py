"""Which programs are told what happens? Admins add webhooks, try them, pause them, and see what arrived."""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import path_to
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page
from service.webhooks import actions
from service.webhooks.shapes import DeliveryOut, WebhookChange, WebhookIn, WebhookMade, WebhookOut

routes = router("/v1/webhooks", "webhooks")


@routes.get("", openapi_extra=access(actions.list_webhooks))
def list_webhooks(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Page[WebhookOut]:
    """Geef de webhooks, de nieuwste eerst."""
    return actions.list_webhooks(call.work, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_webhook))
def add_webhook(call: Called, body: WebhookIn) -> WebhookMade:
    """Voeg een webhook toe. Het antwoord toont één keer het geheim waarmee elk bericht ondertekend wordt."""
    made = actions.add_webhook(call.work, body)
    call.tell(etag=actions.tag_of(made.webhook), location=path_to("/v1/webhooks/{}", made.webhook.id))
    return made


@routes.get("/{webhook}", openapi_extra=access(actions.get_webhook))
def get_webhook(call: Called, webhook: Key) -> WebhookOut:
    """Geef één webhook, zonder het geheim."""
    return call.tagged(actions.get_webhook(call.work, webhook), actions.tag_of)


@routes.patch("/{webhook}", openapi_extra=access(actions.change_webhook))
def change_webhook(call: Called, webhook: Key, body: WebhookChange) -> WebhookOut:
    """Wijzig een webhook, leg hem stil of laat hem weer horen; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.change_webhook(call.work, webhook, body), actions.tag_of)


@routes.delete("/{webhook}", status_code=204, openapi_extra=access(actions.remove_webhook))
def remove_webhook(call: Called, webhook: Key) -> None:
    """Verwijder een webhook; wat nog wachtte, wordt niet meer verstuurd."""
    actions.remove_webhook(call.work, webhook)


@routes.post("/{webhook}/test", status_code=202, openapi_extra=access(actions.try_webhook))
def test_webhook(call: Called, webhook: Key) -> DeliveryOut:
    """Stuur één proefbericht, ook als de webhook stilligt; in de lijst van berichten ziet u of het aankwam."""
    made = actions.try_webhook(call.work, webhook)
    call.tell(location=path_to("/v1/webhooks/{}/deliveries", webhook))
    return made


@routes.get("/{webhook}/deliveries", openapi_extra=access(actions.list_deliveries))
def list_deliveries(call: Called, webhook: Key, limit: Limit = 50, cursor: Cursor = None) -> Page[DeliveryOut]:
    """Geef wat er naar een webhook gestuurd is en wordt, het nieuwste eerst; dertig dagen lang."""
    return actions.list_deliveries(call.work, webhook, limit, cursor)
