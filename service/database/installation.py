"""What does this installation know about itself? Its own secret, made at first use, from which others are derived."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.dialects import postgresql, sqlite

from service.database.engine import Transaction
from service.database.tables import fact

if TYPE_CHECKING:
    from service.database.engine import Transaction

SECRET = "secret"  # noqa: S105 - the name of the row


def installation_secret(transaction: Transaction) -> bytes:
    """Give the installation's secret (256 bits); the first who asks makes it, in a transaction that writes."""
    query = sa.select(fact.c.value).where(fact.c.name == SECRET)
    known = transaction.execute(query).scalar_one_or_none()
    if known is None:
        into = postgresql.insert if transaction.connection.dialect.name == "postgresql" else sqlite.insert
        made = into(fact).values(name=SECRET, value=secrets.token_hex(32)).on_conflict_do_nothing()
        transaction.execute(made)
        known = transaction.execute(query).scalar_one()
    return bytes.fromhex(known)


def signing_seed(transaction: Transaction) -> bytes:
    """Give the 32 bytes of the key with which this installation signs records."""
    return hmac.digest(installation_secret(transaction), b"sign records", "sha256")


def signing_key(transaction: Transaction) -> Ed25519PrivateKey:
    """Give the key with which this installation signs."""
    return Ed25519PrivateKey.from_private_bytes(signing_seed(transaction))
