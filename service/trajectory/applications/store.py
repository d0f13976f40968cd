"""Who applied for a cohort, how far is each application, and with which secret is it confirmed?"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

import matcher
from service.database.engine import Transaction
from service.database.ids import digest, new_id, now
from service.database.installation import installation_secret, numbers_secret
from service.database.tables import application
from service.trajectory.applications.words import Kind, State
from service.webhooks import store as webhooks

RECENT = timedelta(hours=1)
"""Unconfirmed applications of so long back count when more come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """An application as it is kept; `source` is the key that sent it, empty where anybody did."""

    id: str
    cohort: str
    kind: Kind
    state: State
    document: Mapping[str, Any]
    digest: str
    version: int
    created_at: datetime
    changed_at: datetime
    changed_by: str
    source: str = ""

    @property
    def value(self) -> matcher.Application:
        """The application as the matcher knows it."""
        return matcher.application_from_document(self.document)


def secret_of(transaction: Transaction, key: str) -> str:
    """Give the secret that confirms an application: signed with the installation's own, so that it need not be kept."""
    return _secret_of(installation_secret(transaction), key)


def _secret_of(own: bytes, key: str) -> str:
    return f"{key}.{hmac.digest(own, f'confirm {key}'.encode(), 'sha256').hex()}"


def each_with_secret(transaction: Transaction) -> list[tuple[str, str]]:
    """Give the id of every application, of all cohorts, with the secret that confirms it as it is derived now."""
    keys = transaction.execute(sa.select(application.c.id).order_by(application.c.id)).scalars().all()
    own = installation_secret(transaction) if keys else b""
    return [(key, _secret_of(own, key)) for key in keys]


def follow_secret(transaction: Transaction, key: str, secret: str) -> None:
    """Have an application be confirmed with this secret alone from now on."""
    transaction.execute(sa.update(application).where(application.c.id == key).values(digest=digest(secret)))


def number_of(transaction: Transaction, cohort: str, email: str) -> str:
    """Give the number of a mentor who applies: the same for the same address, and without the address to be read."""
    signed = hmac.digest(numbers_secret(transaction), f"mentor {cohort} {email.strip().lower()}".encode(), "sha256")
    return f"A-{signed.hex()[:12].upper()}"


def add(
    transaction: Transaction, cohort: str, made: matcher.Application, by: str = "public", source: str = ""
) -> ApplicationRow:
    """Keep an application that came in; `source` is the key that sent it."""
    row = ApplicationRow(
        id=made.id,
        cohort=cohort,
        kind="school" if made.school is not None else "mentor",
        state=made.state,
        document=matcher.application_to_document(made),
        digest=digest(secret_of(transaction, made.id)),
        version=1,
        created_at=made.received_at,
        changed_at=made.received_at,
        changed_by=by,
        source=source,
    )
    transaction.add(application, row)
    return row


def new_number() -> str:
    """Make the id of an application."""
    return new_id("app")


def find(transaction: Transaction, cohort: str, key: str) -> ApplicationRow | None:
    """Find an application of a cohort."""
    query = sa.select(application).where(application.c.cohort == cohort, application.c.id == key)
    return transaction.first(query, ApplicationRow)


def by_secret(transaction: Transaction, secret: str) -> ApplicationRow | None:
    """Find the application that a secret confirms."""
    return transaction.first(sa.select(application).where(application.c.digest == digest(secret)), ApplicationRow)


def listed(  # noqa: PLR0913, PLR0917 - what to look for
    transaction: Transaction,
    cohort: str,
    kind: Kind | None = None,
    state: State | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[ApplicationRow]:
    """Give applications, the first received first."""
    query = sa.select(application).where(application.c.cohort == cohort).order_by(application.c.id).limit(limit)
    query = query.where(application.c.kind == kind) if kind is not None else query
    query = query.where(application.c.state == state) if state is not None else query
    query = query.where(application.c.id > after) if after is not None else query
    return transaction.rows(query, ApplicationRow)


def of_source(
    transaction: Transaction, cohort: str, source: str, after: str | None, limit: int
) -> list[ApplicationRow]:
    """Give the applications that a key sent, the first received first."""
    query = sa.select(application).where(application.c.cohort == cohort, application.c.source == source)
    query = query.where(application.c.id > after) if after is not None else query
    return transaction.rows(query.order_by(application.c.id).limit(limit), ApplicationRow)


def unconfirmed(transaction: Transaction, cohort: str, source: str, since: datetime) -> int:
    """Count the applications that came from a key, or from anybody (empty), since a moment and are not confirmed."""
    here = (application.c.cohort == cohort, application.c.state == "received", application.c.source == source)
    query = sa.select(sa.func.count()).select_from(application).where(*here, application.c.created_at > since)
    return int(transaction.execute(query).scalar_one())


def cohorts_waiting(transaction: Transaction) -> list[str]:
    """Give the cohorts in which an application waits for its confirmation."""
    query = sa.select(application.c.cohort).where(application.c.state == "received").distinct()
    return list(transaction.execute(query.order_by(application.c.cohort)).scalars())


def remove_unconfirmed(transaction: Transaction, cohort: str, before: datetime) -> int:
    """Remove the applications that came before a moment and that nobody confirmed, and tell of each; gives how many."""
    here = (application.c.cohort == cohort, application.c.state == "received", application.c.created_at < before)
    gone = transaction.execute(sa.delete(application).where(*here).returning(application.c.id)).scalars().all()
    for key in sorted(gone):
        webhooks.announce(transaction, "application.expired", cohort, {"application": key})
    return len(gone)


def change(transaction: Transaction, row: ApplicationRow, made: matcher.Application, by: str) -> bool:
    """Replace an application of this very version; tell whether it was."""
    here = sa.and_(application.c.id == row.id, application.c.version == row.version)
    values: dict[str, Any] = {"document": matcher.application_to_document(made), "state": made.state}
    values |= {"version": row.version + 1, "changed_at": now(), "changed_by": by}
    return transaction.execute(sa.update(application).where(here).values(**values)).rowcount == 1
