"""Who may log in, and with which keys do programs come?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from service.store.ids import digest
from service.store.schema import api_key, login, person

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

    from service.store.database import Transaction


def key_row(transaction: Transaction, secret: str) -> RowMapping | None:
    """Find a key by its secret, also one that ended."""
    return transaction.execute(sa.select(api_key).where(api_key.c.digest == digest(secret))).mappings().first()


def login_row(transaction: Transaction, secret: str) -> RowMapping | None:
    """Find the person of a login by its cookie, with `expires_at` of the login."""
    query = sa.select(person, login.c.expires_at).join(login, login.c.person == person.c.id)
    return transaction.execute(query.where(login.c.digest == digest(secret))).mappings().first()
