"""Does a person also prove who they are with a code, and is this one right? Codes of an app, and codes to recover."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from service.access import totp
from service.access.passwords import slow_digest
from service.database.engine import Transaction
from service.database.ids import digest, new_secret, now
from service.database.tables import half_login, recovery_code, second_factor

RECOVERY_CODES, RECOVERY_SIGNS = 10, 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a recovery code is made of: nothing that looks like something else."""

SALT_BYTES = 16
HALF_HOLDS = timedelta(minutes=5)
MOST_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """A second factor; it is asked for from when it was confirmed."""

    person: str
    secret: str
    confirmed_at: datetime | None
    last_step: int
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCodes:
    """Codes to recover as a person is shown them, and as they are kept: digests under a salt."""

    shown: list[str]
    digests: list[str]
    salt: str


def find(transaction: Transaction, who: str) -> FactorRow | None:
    """Give a person's second factor, also one that is not confirmed yet."""
    return transaction.first(sa.select(second_factor).where(second_factor.c.person == who), FactorRow)


def is_asked(transaction: Transaction, who: str) -> bool:
    """Tell whether a person must give a code to log in."""
    row = find(transaction, who)
    return row is not None and row.confirmed_at is not None


def begin(transaction: Transaction, who: str) -> str:
    """Make a new secret that counts once it is confirmed; give it."""
    secret = totp.new_secret()
    transaction.execute(sa.delete(second_factor).where(second_factor.c.person == who))
    transaction.execute(sa.insert(second_factor).values(person=who, secret=secret))
    return secret


def new_codes(who: str) -> NewCodes:
    """Make codes to recover; a fifth of a second of work, so outside a transaction."""
    salt = secrets.token_hex(SALT_BYTES)
    codes = ["".join(secrets.choice(SIGNS) for _ in range(RECOVERY_SIGNS)) for _ in range(RECOVERY_CODES)]
    digests = [_digest_of(who, one, salt) for one in codes]
    return NewCodes(shown=[f"{one[:5]}-{one[5:]}" for one in codes], digests=digests, salt=salt)


def confirm(transaction: Transaction, who: str, codes: NewCodes) -> None:
    """Have the code asked from now on, and these codes to recover in the place of the earlier ones."""
    mine = sa.update(second_factor).where(second_factor.c.person == who)
    transaction.execute(mine.values(confirmed_at=now(), salt=codes.salt))
    transaction.execute(sa.delete(recovery_code).where(recovery_code.c.person == who))
    rows = [{"digest": one, "person": who} for one in codes.digests]
    transaction.execute(sa.insert(recovery_code).values(rows))


def remove(transaction: Transaction, who: str) -> bool:
    """Ask a person for no code any more; tell whether one was asked or begun."""
    transaction.execute(sa.delete(recovery_code).where(recovery_code.c.person == who))
    transaction.execute(sa.delete(half_login).where(half_login.c.person == who))
    return transaction.execute(sa.delete(second_factor).where(second_factor.c.person == who)).rowcount > 0


def remove_all(transaction: Transaction) -> int:
    """Ask nobody for a code any more; give of how many it was asked or begun."""
    transaction.execute(sa.delete(recovery_code))
    return int(transaction.execute(sa.delete(second_factor)).rowcount)


def recovery_left(transaction: Transaction, who: str) -> int:
    """Count the codes to recover that were not used."""
    query = sa.select(sa.func.count()).where(recovery_code.c.person == who, recovery_code.c.used_at.is_(None))
    return int(transaction.execute(query.select_from(recovery_code)).scalar_one())


def use(transaction: Transaction, who: str, typed: str) -> str:
    """Use a code up: `app` or `recovery` for a right one, empty for a wrong one or one that was used before."""
    plain = re.sub(r"[\s-]", "", typed).lower()
    row = find(transaction, who)
    if row is not None and plain.isascii() and plain.isdigit() and len(plain) == totp.DIGITS:
        step = totp.matching_step(row.secret, plain, now(), row.last_step)
        if step is None:
            return ""
        newer = sa.update(second_factor).where(second_factor.c.person == who, second_factor.c.last_step < step)
        return "app" if transaction.execute(newer.values(last_step=step)).rowcount == 1 else ""
    if row is None or not row.salt:
        return ""
    unused = sa.and_(recovery_code.c.digest == _digest_of(who, plain, row.salt), recovery_code.c.used_at.is_(None))
    used = transaction.execute(sa.update(recovery_code).where(unused).values(used_at=now()))
    return "recovery" if used.rowcount == 1 else ""


def _digest_of(who: str, code: str, salt: str) -> str:
    return slow_digest(digest(f"{who}:{code}"), salt)


def begin_half(transaction: Transaction, who: str, way: str) -> str:
    """Note that a person proved the first factor; give what the browser keeps meanwhile."""
    transaction.execute(sa.delete(half_login).where(half_login.c.expires_at <= now()))
    secret = new_secret("half")
    values = {"digest": digest(secret), "person": who, "way": way, "expires_at": now() + HALF_HOLDS}
    transaction.execute(sa.insert(half_login).values(**values))
    return secret


def try_half(transaction: Transaction, secret: str) -> tuple[str, str] | None:
    """Count a try of who proved the first factor; give who it is and the way, None where it is too old or too often."""
    mine = sa.and_(
        half_login.c.digest == digest(secret), half_login.c.expires_at > now(), half_login.c.tries < MOST_TRIES
    )
    tried = sa.update(half_login).where(mine).values(tries=half_login.c.tries + 1)
    row = transaction.execute(tried.returning(half_login.c.person, half_login.c.way)).first()
    return None if row is None else (str(row[0]), str(row[1]))


def end_half(transaction: Transaction, secret: str) -> None:
    """Forget it: the second factor was proved too."""
    transaction.execute(sa.delete(half_login).where(half_login.c.digest == digest(secret)))
