"""How does text come into an address or a header? Through here alone: each part quoted, none that climbs."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from service.core.errors import not_found

CLIMBING = (".", "..")
"""Every browser and server takes these for a step in a path: nothing may be called so."""

HEADER_SIGNS = range(0x20, 0x7F)
"""What a header may hold as it is; the rest is Latin-1 to one reader, and UTF-8 to another."""


def as_part(text: str) -> str:
    """Give an id in Unicode's composed form, as all ids are kept; raises ValueError for a step in a path."""
    if text in CLIMBING:
        raise ValueError("Zo mag niets heten: . en .. zijn stappen in een adres.")
    return unicodedata.normalize("NFC", text)


def part(text: object) -> str:
    """Quote one part of a path; raises Problem 404 for what can be none."""
    word = str(text)
    if word in CLIMBING or not _can_be_written(word):
        raise not_found("Dit")
    return quote(word, safe="")


def path_to(pattern: str, *parts: object, query: Mapping[str, object] | None = None) -> str:
    """Put parts into the {} of a path, each quoted, and a query behind it; raises Problem 404 for what can be none."""
    path = pattern.format(*map(part, parts))
    asked = {name: str(value) for name, value in (query or {}).items() if value not in ("", None)}
    return f"{path}?{urlencode(asked, errors='replace')}" if asked else path


def saved_as(name: str, *, shown: bool = False) -> str:
    """Give the Content-Disposition of a file: its name in plain letters, and whole for who reads RFC 8187."""
    kind = "inline" if shown else "attachment"
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in bare)
    whole = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
    return f'{kind}; filename="{plain}"{whole}'


def header_value(text: str) -> str:
    """Give a header's value in plain signs; others are quoted as in an address, so that a header never breaks."""
    return "".join(sign if ord(sign) in HEADER_SIGNS else quote(sign, safe="", errors="replace") for sign in text)


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character
        return False
    return True
