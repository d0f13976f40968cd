"""What did we answer to this very request before?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from service.core.errors import conflict
from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import answered


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it left."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def find(transaction: Transaction, name: str, fingerprint: str) -> Kept | None:
    """Find an earlier answer; raises Problem 409 where the key came with another body.

    The same request sent twice at one moment waits here for the first: SQLite lets one writer in at a time.
    """
    if transaction.connection.dialect.name == "postgresql":
        transaction.execute(sa.select(sa.func.pg_advisory_xact_lock(int(name[:15], 16))))
    row = transaction.execute(sa.select(answered).where(answered.c.digest == name)).mappings().first()
    if row is None:
        return None
    if row["fingerprint"] != fingerprint:
        raise conflict("idempotency_key_reused", "Deze Idempotency-Key hoort bij een andere vraag. Neem een nieuwe.")
    return Kept(row["status"], row["headers"], row["body"])


def keep(  # noqa: PLR0913, PLR0917 - an answer and its names
    transaction: Transaction, name: str, fingerprint: str, status: int, headers: Mapping[str, str], body: bytes
) -> Kept:
    """Keep an answer in the transaction that made it."""
    values = {"digest": name, "fingerprint": fingerprint, "status": status, "headers": dict(headers), "body": body}
    transaction.execute(sa.insert(answered).values(**values, at=now()))
    return Kept(status, headers, body)


def forget_naming(transaction: Transaction, named: Callable[[Any], bool]) -> int:
    """Forget answers whose content (read from JSON) names somebody; give how many."""
    gone = []
    for row in transaction.execute(sa.select(answered.c.digest, answered.c.body)):
        value = json.loads(row.body) if row.body.startswith((b"{", b"[")) else None
        if value is not None and named(value):
            gone.append(row.digest)
    for one in gone:
        transaction.execute(sa.delete(answered).where(answered.c.digest == one))
    return len(gone)


def forget(transaction: Transaction, age: timedelta) -> None:
    """Forget answers of longer ago."""
    transaction.execute(sa.delete(answered).where(answered.c.at < now() - age))
