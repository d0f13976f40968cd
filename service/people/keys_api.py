"""With which keys do programs come? Admins make and revoke them; a secret is shown once."""

from __future__ import annotations

from fastapi import Response

from service.access import keys, scope
from service.access.permissions import access
from service.core.errors import invalid, not_found
from service.database.engine import Transaction
from service.database.ids import now
from service.people.shapes import KeyIn, KeyMade, KeyOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/keys", "sleutels")


def shape_of(row: keys.KeyRow) -> KeyOut:
    """Write a key."""
    return KeyOut(
        id=row.id,
        name=row.name,
        scopes=list(row.scopes),
        cohort=row.cohort,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


def key_of(transaction: Transaction, key: str) -> keys.KeyRow:
    """Give a key; raises Problem 404."""
    row = keys.find(transaction, key)
    if row is None:
        raise not_found("Deze sleutel")
    return row


@routes.get("", response_model=Page[KeyOut], openapi_extra=access("admin"))
def list_keys(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de sleutels, de nieuwste eerst, ook die niet meer gelden."""
    with call.database.read() as transaction:
        rows = keys.list_keys(transaction, cursor, limit + 1)
    items = [shape_of(row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": items[-1].id if len(rows) > limit else None}).response()


@routes.post("", response_model=KeyMade, status_code=201, openapi_extra=access("admin"))
def add_key(call: Called, body: KeyIn) -> Response:
    """Maak een sleutel. Het antwoord toont één keer haar geheim; daarna kent niemand het nog."""
    keys.check_scopes(body.scopes, body.cohort)
    if body.expires_at is not None and body.expires_at <= now():
        raise invalid("/expires_at", "past", "Dit moment is al voorbij.")

    def effect(transaction: Transaction) -> Answer:
        if body.cohort is not None and scope.find(transaction, body.cohort) is None:
            raise invalid("/cohort", "unknown_cohort", "Deze cohorte bestaat niet.")
        key, secret = keys.make_key(
            transaction, name=body.name, scopes=body.scopes, cohort=body.cohort, expires_at=body.expires_at
        )
        call.audit(transaction, "key.made", key, body.cohort, scopes=body.scopes)
        shape = KeyMade(key=shape_of(key_of(transaction, key)), secret=secret)
        return Answer(201, shape, {"Location": f"/v1/keys/{key}"})

    return call.once(body, effect, secret="secret")  # noqa: S106 - the member's name


@routes.get("/{key}", response_model=KeyOut, openapi_extra=access("admin"))
def get_key(call: Called, key: Key) -> Response:
    """Geef één sleutel, zonder haar geheim."""
    with call.database.read() as transaction:
        row = key_of(transaction, key)
    return Answer(200, shape_of(row)).response()


@routes.delete("/{key}", status_code=204, openapi_extra=access("admin"))
def revoke_key(call: Called, key: Key) -> Response:
    """Trek een sleutel in. Ze opent meteen niets meer; bij andere processen binnen de vijf seconden."""
    with call.database.write() as transaction:
        row = key_of(transaction, key)
        keys.revoke_key(transaction, key)
        if row.revoked_at is None:
            call.audit(transaction, "key.revoked", key, row.cohort)
    call.keys_changed()
    return Answer(204).response()
