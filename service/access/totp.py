"""Is this the code that an authenticator app shows now? RFC 6238: six digits of HMAC-SHA-1 over steps of 30 seconds."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
LEEWAY = 1
"""Steps that a clock may be off, either way."""


def new_secret() -> str:
    """Make a secret of 160 random bits, in base32 as apps read it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def step_of(moment: datetime) -> int:
    """Give the number of the step in which a moment lies."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Give the code of a step (RFC 4226, section 5.3)."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, moment: datetime, after: int) -> int | None:
    """Give the step whose code this is, of those about a moment that come `after` the last one used; None for none."""
    now = step_of(moment)
    found = None
    for step in range(now - LEEWAY, now + LEEWAY + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def address_for_app(secret: str, email: str) -> str:
    """Give the address with which an app takes the secret over."""
    label = quote(f"in2stem:{email}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': 'in2stem'})}"
