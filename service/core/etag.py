"""Which version of something is this? An entity tag (RFC 9110, 8.8.3), made of what a representation depends on."""

from __future__ import annotations

import hashlib


def etag(*parts: object) -> str:
    """Make a strong ETag of what a representation depends on."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def is_among(tag: str, given: str) -> bool:
    """Tell whether a tag is in a list of them, as If-Match and If-None-Match send it; `*` is not looked at."""
    return tag in [one.strip().removeprefix("W/") for one in given.split(",")]
