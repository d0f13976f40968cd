"""Which account with the organisation's provider is whose? By issuer and subject, which are never given to another."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import provider_account

LONGEST_SUBJECT = 255
"""Signs of a subject, as OpenID Connect has it."""


def person_of(transaction: Transaction, issuer: str, subject: str) -> str | None:
    """Give whose account this is, None for nobody's yet."""
    mine = sa.and_(provider_account.c.issuer == issuer, provider_account.c.subject == subject)
    return transaction.execute(sa.select(provider_account.c.person).where(mine)).scalar_one_or_none()


def has_account(transaction: Transaction, who: str, issuer: str | None = None) -> bool:
    """Tell whether a person came in once with an account, of this provider or of any."""
    query = sa.select(provider_account.c.person).where(provider_account.c.person == who)
    query = query.where(provider_account.c.issuer == issuer) if issuer is not None else query
    return transaction.execute(query).first() is not None


def bind(transaction: Transaction, who: str, issuer: str, subject: str) -> None:
    """Note that this account is a person's from now on, in the place of one with an earlier provider."""
    forget(transaction, who)
    values = {"person": who, "issuer": issuer, "subject": subject, "created_at": now()}
    transaction.execute(sa.insert(provider_account).values(**values))


def forget(transaction: Transaction, who: str) -> bool:
    """Forget a person's account: the next one with the right address is theirs. Tell whether there was one."""
    return transaction.execute(sa.delete(provider_account).where(provider_account.c.person == who)).rowcount > 0
