"""How are things named and when did they happen? Ids that sort by time, and moments in UTC."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import TYPE_CHECKING

import matcher
from service.database import clock

if TYPE_CHECKING:
    from datetime import date, datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TIME_LETTERS, CHANCE_LETTERS = 10, 13
MILLISECONDS = 1000


def new_id(prefix: str) -> str:
    """Make an id such as `coh_01k...`: a prefix, milliseconds since 1970 and 65 random bits, in Crockford's base 32."""
    moment = time.time_ns() // 1_000_000
    clock = "".join(ALPHABET[(moment >> shift) & 31] for shift in range(5 * (TIME_LETTERS - 1), -1, -5))
    chance = "".join(secrets.choice(ALPHABET) for _ in range(CHANCE_LETTERS))
    return f"{prefix}_{clock}{chance}"


def new_secret(prefix: str) -> str:
    """Make a secret of 256 random bits that tells by its prefix what it opens."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """Give the SHA-256 (hex) under which a secret is kept; a long random one needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def today() -> date:
    """Give the day that it is for people here."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the day on which a moment fell for people here."""
    return moment.astimezone(matcher.BRUSSELS).date()


def now() -> datetime:
    """Give this moment in UTC, to the millisecond, as all who share the database count it."""
    moment = clock.moment()
    return moment.replace(microsecond=moment.microsecond // MILLISECONDS * MILLISECONDS)
