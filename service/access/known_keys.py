"""Which keys did we look up a moment ago? Remembered for a few seconds, so that most requests ask no database."""

from __future__ import annotations

import time
from collections.abc import Callable

from service.access.keys import KeyRow
from service.core.lookup import Lookup
from service.database.ids import digest

FRESH = 2.0
"""Seconds for which a key is simply known; after them one request looks it up again."""

HOLDS = 3.0
"""Seconds; a key that is revoked by another process opens doors for so long at most."""

MOST = 1000


class KnownKeys:
    """Keys that held when they were looked up, by the digest of their secret."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._rows: dict[str, tuple[Lookup, KeyRow]] = {}

    def find(self, secret: str) -> KeyRow | None:
        """Give a key that was looked up in the last seconds; None where the caller must look."""
        found = self._rows.get(digest(secret))
        return None if found is None or found[0].is_due(self._clock(), FRESH, HOLDS) else found[1]

    def keep(self, secret: str, row: KeyRow) -> KeyRow:
        """Remember a key that holds."""
        if len(self._rows) >= MOST:
            self._rows.clear()
        self._rows[digest(secret)] = Lookup(self._clock()), row
        return row

    def forget(self) -> None:
        """Forget all: a key ended here."""
        self._rows.clear()
