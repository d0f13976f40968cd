"""Is this the password, and is a new one good enough? Argon2id; two at a time, for each takes 64 MB."""

from __future__ import annotations

import re
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw

from service.core.errors import invalid

SHORTEST, LONGEST = 12, 200
FEWEST_SIGNS = 5
CODE_COSTS = (2, 19_456, 1, 32)
"""Of a code to recover, which is random: passes, KiB, lanes, bytes. What is kept was made with these."""

LOOKED_AT, LEAST_SCORE = 72, 3
"""Signs that are looked at for what is common in them, and zxcvbn's score (0 to 4): from 100 million guesses on."""
OBVIOUS = (
    "wachtwoord",
    "paswoord",
    "password",
    "geheim",
    "welkom",
    "welcome",
    "azerty",
    "qwerty",
    "qwertz",
    "admin",
    "beheerder",
    "coordinator",
    "in2stem",
    "voka",
    "school",
    "mentor",
    "limburg",
    "vlaanderen",
    "antwerpen",
    "letmein",
    "iloveyou",
    "0123456789",
    "123456789",
    "12345678",
    "1234567",
    "123456",
    "12345",
    "1234",
    "abcdefgh",
    "abcdef",
    "abcd",
)
"""What people choose first; the longer before what it holds."""

_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)


def encode(password: str) -> str:
    """Give a password as it is kept: Argon2id with its own salt and costs."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_password(encoded: str, password: str) -> bool:
    """Tell whether a password is the one kept; for no password at all it takes as long to say no."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(encoded or _nobodys(), password) and bool(encoded)
        except (VerificationError, InvalidHashError):
            return False


def slow_digest(text: str, salt: str) -> str:
    """Give what is kept of a code that somebody types: Argon2id under a salt (hexadecimal), always the same."""
    with _AT_ONCE:
        return hash_secret_raw(text.encode(), bytes.fromhex(salt), *CODE_COSTS, Type.ID).hex()


def is_dated(encoded: str) -> bool:
    """Tell whether a password was kept with other costs than today's."""
    return _HASHER.check_needs_rehash(encoded)


def check_strength(password: str, email: str, name: str, pointer: str = "/password") -> None:
    """Refuse a password that is too short, too long or easily guessed; raises Problem 422."""
    if len(password) < SHORTEST:
        raise invalid(pointer, "too_short", f"Kies een wachtwoord van minstens {SHORTEST} tekens.")
    if len(password) > LONGEST:
        raise invalid(pointer, "too_long", f"Kies een wachtwoord van hoogstens {LONGEST} tekens.")
    if _left(password, email, name) < FEWEST_SIGNS or _is_common(password, email, name):
        detail = "Dit wachtwoord is te makkelijk te raden. Neem bijvoorbeeld vier woorden die niets met elkaar hebben."
        raise invalid(pointer, "too_obvious", detail)


def _is_common(password: str, email: str, name: str) -> bool:
    """Tell whether a program would guess it soon: zxcvbn's 30,000 commonest passwords, names, words, rows of keys."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take a tenth of a second

    own = [one for one in re.split(r"[\W_]+", f"{email} {name}".lower()) if one]
    return int(zxcvbn(password[:LOOKED_AT], user_inputs=[*own, *OBVIOUS])["score"]) < LEAST_SCORE


def _left(password: str, email: str, name: str) -> int:
    """Count the different signs that are left without the words that anyone would try, years and the person's names."""
    rest = password.lower()
    own = [one for one in re.split(r"[\W_]+", f"{email} {name}".lower()) if len(one) > 2]  # noqa: PLR2004
    for word in (*sorted(own, key=len, reverse=True), *OBVIOUS):
        rest = rest.replace(word, "")
    return len(set(re.sub(r"(19|20)\d\d|[\W_]", "", rest)))


@cache
def _nobodys() -> str:
    return _HASHER.hash("van niemand")
