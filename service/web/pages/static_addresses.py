"""Where do style sheet, script and icon come from? Files of our own, under an address that changes with them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@cache
def content_of(name: str) -> bytes | None:
    """Give a file, None where there is none of that name."""
    if name not in {one.name for one in _folder().iterdir()}:
        return None
    return (_folder() / name).read_bytes()


def _folder() -> Path:
    return Path(__file__).parent / "static"


@cache
def address_of(name: str) -> str:
    """Give the address of a file; browsers may keep it for ever."""
    content = content_of(name)
    if content is None:
        raise FileNotFoundError(name)
    stem, _, kind = name.rpartition(".")
    return f"/static/{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
