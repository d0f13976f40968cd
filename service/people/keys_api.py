"""With which keys do programs come? Admins make and revoke them; a secret is shown once."""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import path_to
from service.people import keys_actions as actions
from service.people.shapes import KeyIn, KeyMade, KeyOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/keys", "sleutels")


@routes.get("", openapi_extra=access(actions.list_keys))
def list_keys(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Page[KeyOut]:
    """Geef de sleutels, de nieuwste eerst, ook die niet meer gelden."""
    return actions.list_keys(call.work, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_key))
def add_key(call: Called, body: KeyIn) -> KeyMade:
    """Maak een sleutel. Het antwoord toont één keer haar geheim; daarna kent niemand het nog."""
    made = actions.add_key(call.work, body)
    call.tell(location=path_to("/v1/keys/{}", made.key.id))
    return made


@routes.get("/{key}", openapi_extra=access(actions.get_key))
def get_key(call: Called, key: Key) -> KeyOut:
    """Geef één sleutel, zonder haar geheim."""
    return actions.get_key(call.work, key)


@routes.delete("/{key}", status_code=204, openapi_extra=access(actions.revoke_key))
def revoke_key(call: Called, key: Key) -> None:
    """Trek een sleutel in. Ze opent meteen niets meer; bij andere processen binnen de vijf seconden."""
    actions.revoke_key(call.work, key)
