"""Who may log in, and what may they see?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

import matcher
from service.access.keys import check_regions, key_row, list_keys, make_key, revoke_key
from service.access.logins import end_logins, login_row, make_link
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import person, provider_account, saved_view

__all__ = ["add_person", "key_row", "list_keys", "list_people", "login_row", "make_key", "make_link", "revoke_key"]

PersonRole = Literal["viewer", "coordinator", "admin"]
ROLES: tuple[PersonRole, ...] = ("viewer", "coordinator", "admin")
"""What people can be, from little to much."""

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person as kept; `password` is an Argon2id hash, empty until chosen."""

    id: str
    email: str
    name: str
    role: PersonRole
    regions: Sequence[str]
    password: str
    blocked: bool
    version: int
    created_at: datetime


def is_email(text: str) -> bool:
    """Tell whether a text looks like an address."""
    plain = text.strip()
    return EMAIL.fullmatch(plain) is not None and len(plain) <= LONGEST_EMAIL


def plain_email(email: str) -> str:
    """Give an address as it is kept: without spaces around it, in small letters. Raises InvalidValueError."""
    plain = email.strip().lower()
    if not is_email(plain):
        raise matcher.InvalidValueError("Dit is geen e-mailadres.")
    return plain


def add_person(transaction: Transaction, *, email: str, name: str, role: str, regions: Sequence[str]) -> str:
    """Add a person who has no password yet; give the id.

    Raises InvalidValueError for an unknown role or region, and for an address that is no address or taken.
    """
    check_role(role)
    check_regions(regions)
    if by_email(transaction, email) is not None:
        raise matcher.InvalidValueError("Iemand met dit e-mailadres is er al.")
    who = new_id("per")
    values = {"email": plain_email(email), "name": name.strip(), "role": role, "regions": sorted(set(regions))}
    transaction.execute(sa.insert(person).values(id=who, **values, created_at=now()))
    return who


def check_role(role: str) -> None:
    """Refuse what people can't be; raises InvalidValueError."""
    if role not in ROLES:
        raise matcher.InvalidValueError(f"De rol «{role}» is niet gekend; kies uit {', '.join(ROLES)}.")


def list_people(transaction: Transaction, after: str | None = None, limit: int | None = None) -> list[PersonRow]:
    """Give people, the oldest first, also those who are blocked."""
    query = sa.select(person).order_by(person.c.id).limit(limit)
    query = query.where(person.c.id > after) if after is not None else query
    return transaction.rows(query, PersonRow)


def find(transaction: Transaction, who: str) -> PersonRow | None:
    """Find a person by id."""
    return transaction.first(sa.select(person).where(person.c.id == who), PersonRow)


def by_email(transaction: Transaction, email: str) -> PersonRow | None:
    """Find a person by address. Raises InvalidValueError where it is none."""
    return transaction.first(sa.select(person).where(person.c.email == plain_email(email)), PersonRow)


def lock_admins(transaction: Transaction) -> list[str]:
    """Give the admins who are not blocked; nobody else changes them before the end of this transaction."""
    query = sa.select(person.c.id).where(person.c.role == "admin", person.c.blocked.is_(False))
    return [str(one) for one in transaction.execute(query.order_by(person.c.id).with_for_update()).scalars()]


def change(transaction: Transaction, who: str, version: int, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Change a person of this very version; tell whether it was. Who is blocked is logged out everywhere."""
    statement = sa.update(person).where(person.c.id == who, person.c.version == version)
    changed = transaction.execute(statement.values(**values, version=version + 1)).rowcount == 1
    if changed and values.get("blocked"):
        end_logins(transaction, who)
    return changed


ERASED = "gewist"


def erase(transaction: Transaction, row: PersonRow) -> None:
    """Keep of a person the number alone, blocked, so that the trail stays whole."""
    gone = {"email": f"{row.id}@{ERASED}.invalid", "name": "", "password": "", "regions": [], "blocked": True}
    transaction.execute(sa.update(person).where(person.c.id == row.id).values(**gone, version=row.version + 1))
    transaction.execute(sa.delete(saved_view).where(saved_view.c.owner == row.id))
    transaction.execute(sa.delete(provider_account).where(provider_account.c.person == row.id))
    end_logins(transaction, row.id)


def forget_passwords(transaction: Transaction) -> int:
    """Forget everybody's password: who comes next needs a link. Give how many had one."""
    return int(transaction.execute(sa.update(person).where(person.c.password != "").values(password="")).rowcount)


def set_password(transaction: Transaction, who: str, encoded: str) -> None:
    """Keep a new password (Argon2id, encoded)."""
    transaction.execute(sa.update(person).where(person.c.id == who).values(password=encoded))
