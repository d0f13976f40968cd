"""Behind which secret does a row have its address? It is signed with the installation's own, so that it is not kept."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import digest


class Addressed(Protocol):
    """A row of a table with an address for each subject of a side of a cohort; the table keeps the secret's digest."""

    @property
    def cohort(self) -> str:
        """The cohort's id."""

    @property
    def side(self) -> str:
        """What kind of subject it is."""

    @property
    def subject(self) -> str:
        """Its number or id."""

    @property
    def created_at(self) -> datetime:
        """When the address was made: one that was closed and opened again is another."""


def secret_by(own: bytes, kind: str, prefix: str, row: Addressed) -> str:
    """Derive the secret of a row's address from the installation's `own`; `kind` keeps those of two tables apart."""
    said = f"{kind}\n{row.cohort}\n{row.side}\n{row.subject}\n{row.created_at.isoformat()}"
    signed = hmac.digest(own, said.encode(), "sha256")
    return f"{prefix}_{base64.urlsafe_b64encode(signed).rstrip(b'=').decode()}"


def put_behind(transaction: Transaction, table: sa.Table, row: Addressed, secret: str) -> None:
    """Have a row be found behind this secret alone from now on."""
    here = [table.c[name] == getattr(row, name) for name in ("cohort", "side", "subject")]
    transaction.execute(sa.update(table).where(*here).values(digest=digest(secret)))
