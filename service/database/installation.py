"""What does this installation know about itself? Its own secret, made at first use, from which others are derived."""

from __future__ import annotations

import hmac
import json
import secrets

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.dialects import postgresql, sqlite

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import fact

SECRET = "secret"  # noqa: S105 - the name of the row
NUMBERS = "numbers"
FORMER = "former_signers"
KEPT_APART = (SECRET, NUMBERS)
"""The facts that a copy without secrets leaves out."""


def installation_secret(transaction: Transaction) -> bytes:
    """Give the installation's secret (256 bits); the first who asks makes it, in a transaction that writes."""
    known = _fact(transaction, SECRET)
    if known is None:
        _add(transaction, SECRET, secrets.token_hex(32))
        known = _fact(transaction, SECRET)
    return bytes.fromhex(str(known))


def renew_secret(transaction: Transaction) -> None:
    """Make another secret: whatever was derived from the old one opens nothing, and signs nothing, any more.

    Who may have applied before keeps the number that the first secret gave. That a key of ours signed before is noted.
    """
    installation_secret(transaction)
    was = public_hex(transaction)
    _add(transaction, NUMBERS, str(_fact(transaction, SECRET)))
    _put(transaction, SECRET, secrets.token_hex(32))
    _put(transaction, FORMER, json.dumps(former_signers(transaction) | {was: now().isoformat()}))


def numbers_secret(transaction: Transaction) -> bytes:
    """Give what the numbers of applicants are derived from: the first secret, which opens nothing once renewed."""
    kept = _fact(transaction, NUMBERS)
    return bytes.fromhex(kept) if kept is not None else installation_secret(transaction)


def former_signers(transaction: Transaction) -> dict[str, str]:
    """Give the public keys (hex) with which this installation signed before, each with when it ended (ISO 8601)."""
    found: dict[str, str] = json.loads(_fact(transaction, FORMER) or "{}")
    return found


def _fact(transaction: Transaction, name: str) -> str | None:
    value: str | None = transaction.execute(sa.select(fact.c.value).where(fact.c.name == name)).scalar_one_or_none()
    return value


def _add(transaction: Transaction, name: str, value: str) -> None:
    """Keep a fact that is not known yet; who was first stays."""
    into = postgresql.insert if transaction.connection.dialect.name == "postgresql" else sqlite.insert
    transaction.execute(into(fact).values(name=name, value=value).on_conflict_do_nothing())


def _put(transaction: Transaction, name: str, value: str) -> None:
    _add(transaction, name, value)
    transaction.execute(sa.update(fact).where(fact.c.name == name).values(value=value))


def signing_seed(transaction: Transaction) -> bytes:
    """Give the 32 bytes of the key with which this installation signs records."""
    return hmac.digest(installation_secret(transaction), b"sign records", "sha256")


def signing_key(transaction: Transaction) -> Ed25519PrivateKey:
    """Give the key with which this installation signs."""
    return Ed25519PrivateKey.from_private_bytes(signing_seed(transaction))


def public_hex(transaction: Transaction) -> str:
    """Give the public key (hex) by which a signature of this installation is known."""
    return signing_key(transaction).public_key().public_bytes_raw().hex()
