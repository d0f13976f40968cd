"""How is a key for a program made, read and revoked?"""

from __future__ import annotations

from service.access import keys, scope
from service.access.action import action
from service.access.work import Work
from service.core.errors import existing, invalid
from service.database.engine import Transaction
from service.database.ids import now
from service.people.shapes import KeyIn, KeyMade, KeyOut
from service.web.paging import page_of
from service.web.shapes import Page


def shape_of(row: keys.KeyRow) -> KeyOut:
    """Write a key, without what opens anything."""
    return KeyOut.from_row(row, scopes=list(row.scopes))


@action("admin")
def list_keys(work: Work, limit: int, cursor: str | None = None) -> Page[KeyOut]:
    """Give the keys, the newest first, also those that hold no more."""
    with work.reading() as transaction:
        rows = keys.list_keys(transaction, cursor, limit + 1)
    return page_of(shape_of, rows, limit, lambda row: row.id)


@action("admin")
def add_key(work: Work, body: KeyIn) -> KeyMade:
    """Make a key; its secret is in this answer alone."""
    keys.check_scopes(body.scopes, body.cohort)
    if body.expires_at is not None and body.expires_at <= now():
        raise invalid("/expires_at", "past", "Dit moment is al voorbij.")

    def effect(transaction: Transaction) -> KeyMade:
        if body.cohort is not None and scope.find(transaction, body.cohort) is None:
            raise invalid("/cohort", "unknown_cohort", "Deze cohorte bestaat niet.")
        key, secret = keys.make_key(
            transaction,
            name=body.name,
            scopes=body.scopes,
            cohort=body.cohort,
            expires_at=body.expires_at,
            trusted=body.trusted,
        )
        work.audit(transaction, "key.made", key, body.cohort, scopes=body.scopes, trusted=body.trusted)
        return KeyMade(key=shape_of(_key_of(transaction, key)), secret=secret)

    return work.once(body, KeyMade, effect, secret="secret")  # noqa: S106 - the member's name


@action("admin")
def get_key(work: Work, key: str) -> KeyOut:
    """Give a key; raises Problem 404."""
    with work.reading() as transaction:
        return shape_of(_key_of(transaction, key))


@action("admin")
def revoke_key(work: Work, key: str) -> None:
    """Revoke a key: here it opens nothing from now on, in other processes within five seconds."""
    with work.writing() as transaction:
        row = _key_of(transaction, key)
        keys.revoke_key(transaction, key)
        if row.revoked_at is None:
            work.audit(transaction, "key.revoked", key, row.cohort)
    work.process.keys.forget()


def _key_of(transaction: Transaction, key: str) -> keys.KeyRow:
    return existing(keys.find(transaction, key), "Deze sleutel")
