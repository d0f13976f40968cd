"""Who is logged in, and who may log in once by a link?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

import matcher
from service.database.engine import Transaction
from service.database.ids import digest, new_secret, now
from service.database.tables import half_login, link, login, person, second_factor

LINK_HOLDS = timedelta(minutes=15)
IDLE_HOLDS = timedelta(hours=12)
LOGIN_HOLDS = timedelta(days=14)
FRESH_HOLDS = LINK_HOLDS
"""How long after proving who asks what is of the account itself may be changed."""

SHORT = 20
"""Signs of a digest that name a login."""


@dataclass(frozen=True, slots=True)
class Proof:
    """When a person proved who they are, None where that is not known, and whether by two steps with a provider."""

    at: datetime | None
    two_steps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLogin:
    """One of a person's logins, by the first signs of its digest, which open nothing."""

    id: str
    browser: str
    created_at: datetime
    seen_at: datetime
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRow:
    """A login with the person who has it."""

    id: str
    email: str
    name: str
    role: str
    regions: Sequence[str]
    blocked: bool
    has_password: bool
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    proved_at: datetime | None
    two_steps: bool
    has_factor: bool

    def is_fresh(self, moment: datetime) -> bool:
        """Tell whether who this is was proved in the last quarter of an hour, as far as is known."""
        return self.proved_at is not None and moment <= self.proved_at + FRESH_HOLDS

    def holds(self, moment: datetime) -> bool:
        """Tell whether this login opens anything at a moment: seen in the last 12 hours, begun in the last 14 days."""
        return not self.blocked and moment < self.expires_at and moment < self.seen_at + IDLE_HOLDS


def make_link(transaction: Transaction, who: str) -> str:
    """Make the secret with which a person logs in once, within 15 minutes; earlier links open nothing any more.

    Raises InvalidValueError for somebody who is not there or is blocked.
    """
    known = transaction.execute(sa.select(person.c.blocked).where(person.c.id == who)).scalar_one_or_none()
    if known is None or known:
        raise matcher.InvalidValueError("Deze persoon is er niet, of is geblokkeerd.")
    transaction.execute(sa.delete(link).where(link.c.person == who, link.c.used_at.is_(None)))
    secret = new_secret("link")
    transaction.execute(sa.insert(link).values(digest=digest(secret), person=who, expires_at=now() + LINK_HOLDS))
    return secret


def use_link(transaction: Transaction, secret: str) -> str | None:
    """Use a link up; give whose it is, None where it is unknown, used, too old, or of somebody blocked."""
    moment = now()
    here = sa.and_(link.c.digest == digest(secret), link.c.used_at.is_(None), link.c.expires_at > moment)
    statement = sa.update(link).where(here).values(used_at=moment).returning(link.c.person)
    who = transaction.execute(statement).scalar_one_or_none()
    blocked = transaction.execute(sa.select(person.c.blocked).where(person.c.id == who)).scalar_one_or_none()
    return str(who) if who is not None and blocked is False else None


def begin_login(
    transaction: Transaction, who: str, old: str | None = None, browser: str = "", proof: Proof | None = None
) -> str:
    """Log a person in who just proved who they are, unless `proof` says otherwise; give the cookie's value.

    A login that the same browser had before ends.
    """
    if old is not None:
        end_login(transaction, old)
    secret, moment = new_secret("login"), now()
    proof = proof or Proof(moment)
    times = {"created_at": moment, "seen_at": moment, "expires_at": moment + LOGIN_HOLDS, "proved_at": proof.at}
    transaction.execute(
        sa.insert(login).values(digest=digest(secret), person=who, browser=browser, two_steps=proof.two_steps, **times)
    )
    return secret


FIND = (
    sa.select(
        *[person.c[one] for one in ("id", "email", "name", "role", "regions", "blocked")],
        (person.c.password != "").label("has_password"),
        *[login.c[one] for one in ("created_at", "seen_at", "expires_at", "proved_at", "two_steps")],
        second_factor.c.confirmed_at.is_not(None).label("has_factor"),
    )
    .join(login, login.c.person == person.c.id)
    .outerjoin(second_factor, second_factor.c.person == person.c.id)
    .where(login.c.digest == sa.bindparam("digest"))
)


def login_row(transaction: Transaction, secret: str) -> LoginRow | None:
    """Find a login by its cookie, also one that ended by itself."""
    return transaction.first(FIND, LoginRow, {"digest": digest(secret)})


def list_logins(transaction: Transaction, who: str, own: str | None) -> list[OwnLogin]:
    """Give the logins of a person that still open something, the last seen first; `own` is the browser's secret."""
    moment = now()
    query = sa.select(login).where(login.c.person == who, login.c.expires_at > moment)
    query = query.where(login.c.seen_at > moment - IDLE_HOLDS).order_by(login.c.seen_at.desc(), login.c.digest)
    mine = digest(own) if own else ""
    return [
        OwnLogin(
            id=row["digest"][:SHORT],
            browser=row["browser"],
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            current=row["digest"] == mine,
        )
        for row in transaction.execute(query).mappings()
    ]


def end_one(transaction: Transaction, who: str, short: str) -> bool:
    """End one of a person's logins by the first signs of its digest; tell whether there was one."""
    mine = sa.and_(login.c.person == who, sa.func.substr(login.c.digest, 1, SHORT) == short)
    return transaction.execute(sa.delete(login).where(mine)).rowcount > 0


def seen(transaction: Transaction, secret: str) -> None:
    """Note that a login is in use."""
    transaction.execute(sa.update(login).where(login.c.digest == digest(secret)).values(seen_at=now()))


def proved(transaction: Transaction, secret: str) -> None:
    """Note that a login proved once more who it is."""
    transaction.execute(sa.update(login).where(login.c.digest == digest(secret)).values(proved_at=now()))


def end_login(transaction: Transaction, secret: str) -> None:
    """Log out one browser."""
    transaction.execute(sa.delete(login).where(login.c.digest == digest(secret)))


def end_logins(transaction: Transaction, who: str, but: str | None = None) -> None:
    """Log a person out everywhere, but perhaps in one browser, and end the links that were not used."""
    statement = sa.delete(login).where(login.c.person == who)
    transaction.execute(statement.where(login.c.digest != digest(but)) if but is not None else statement)
    transaction.execute(sa.delete(link).where(link.c.person == who, link.c.used_at.is_(None)))


def end_all(transaction: Transaction) -> int:
    """Log everybody out everywhere, also who is half-way, and end all links; give how many were in."""
    for table in (link, half_login):
        transaction.execute(sa.delete(table))
    return int(transaction.execute(sa.delete(login)).rowcount)


def forget_ended(transaction: Transaction, moment: datetime) -> None:
    """Forget logins and links that open nothing any more."""
    idle = login.c.seen_at <= moment - IDLE_HOLDS
    transaction.execute(sa.delete(login).where(sa.or_(login.c.expires_at <= moment, idle)))
    transaction.execute(sa.delete(link).where(link.c.expires_at <= moment))
