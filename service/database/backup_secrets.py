"""What in a row opens something? A copy without secrets leaves those rows and values out, wherever they stand.

It works on lines of any revision, by the names of tables and columns and by how our secrets look. A hash of a secret of
256 random bits (of a key, of an address) opens nothing and stays: so keys of programs go on after a restore.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from service.database.installation import KEPT_APART

LEFT_OUT = frozenset({"login", "half_login", "link", "second_factor", "recovery_code", "answered"})
"""Tables of which each row opens something, or may hold what does."""

BLANKED = {"person": ("password",), "webhook": ("secret", "old_secret")}
LETTERS, DIGITS = 43, 64
TOKEN = re.compile(
    rf"\b(?P<kind>mijn|kal|link|login|half|in2stem)_[A-Za-z0-9_-]{{{LETTERS}}}(?![A-Za-z0-9_-])"
    rf"|\b(?P<key>app_[0-9a-z]+)\.[0-9a-f]{{{DIGITS}}}\b"
)
"""How a secret of ours looks in a text: of a page, a calendar, a login, a key; or of who confirms an application."""


def without_secrets(table: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Give the lines of a table as a copy without secrets has them."""
    if table in LEFT_OUT:
        return
    for line in lines:
        plain = hidden(line.decode())
        if table == "fact" and json.loads(plain)["name"] in KEPT_APART:
            continue
        yield (_blanked(plain, BLANKED[table]) if table in BLANKED else plain).encode()


def hidden(text: str) -> str:
    """Give a text with noughts for each secret of ours."""
    return TOKEN.sub(_nothing, text)


def is_nothing(token: str) -> bool:
    """Tell whether a token stands for a secret that was left out."""
    return set(token.rpartition("." if "." in token else "_")[2]) == {"0"}


def _nothing(found: re.Match[str]) -> str:
    return f"{found['kind']}_{'0' * LETTERS}" if found["kind"] else f"{found['key']}.{'0' * DIGITS}"


def _blanked(line: str, names: tuple[str, ...]) -> str:
    row = json.loads(line)
    row |= {name: "" for name in names if name in row}
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
