"""How are things named and when did they happen? Ids that sort by time, and moments in UTC."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from datetime import date, datetime

import matcher
from service.database import clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TIME_LETTERS, CHANCE_LETTERS = 10, 13
CHANCE_BITS, STEP_BITS = 64, 40
"""One bit less than the letters hold, so that the steps of a millisecond never run over."""
MILLISECONDS = 1000

_one_at_a_time = threading.Lock()
_last = (0, 0)


def new_id(prefix: str) -> str:
    """Make an id such as `coh_01k...`: a prefix, milliseconds since 1970 and 64 random bits, in Crockford's base 32.

    Ids that a process makes sort as they were made, also within a millisecond and where the clock steps back.
    """
    global _last  # noqa: PLW0603 - what comes next hangs on it
    with _one_at_a_time:
        moment, chance = time.time_ns() // 1_000_000, secrets.randbits(CHANCE_BITS)
        if moment <= _last[0]:  # a random step: two processes that were one may be in the same millisecond
            moment, chance = _last[0], _last[1] + 1 + secrets.randbits(STEP_BITS)
        _last = moment, chance
    return f"{prefix}_{_letters(moment, TIME_LETTERS)}{_letters(chance, CHANCE_LETTERS)}"


def _letters(number: int, count: int) -> str:
    """Write a number in so many letters of five bits."""
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (count - 1), -1, -5))


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
