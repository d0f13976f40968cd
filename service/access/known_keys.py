"""Which keys did we look up a moment ago? Remembered for a few seconds, so that most requests ask no database."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.store.ids import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.store.keys import KeyRow

FRESH = 2.0
"""Seconds for which a key is simply known; after them one request looks it up again."""

HOLDS = 3.0
"""Seconds; a key that is revoked by another process opens doors for so long at most."""

MOST = 1000


@dataclass(slots=True)
class _Known:
    row: KeyRow
    looked_at: float
    looking: bool = False


class KnownKeys:
    """Keys that held when they were looked up, by the digest of their secret."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._rows: dict[str, _Known] = {}

    def find(self, secret: str) -> KeyRow | None:
        """Give a key that was looked up in the last seconds; None where the caller must look."""
        known = self._rows.get(digest(secret))
        if known is None:
            return None
        age = self._clock() - known.looked_at
        if age >= FRESH and (age >= HOLDS or not known.looking):
            known.looking = True
            return None
        return known.row

    def keep(self, secret: str, row: KeyRow) -> KeyRow:
        """Remember a key that holds."""
        if len(self._rows) >= MOST:
            self._rows.clear()
        self._rows[digest(secret)] = _Known(row, self._clock())
        return row

    def forget(self) -> None:
        """Forget all: a key ended here."""
        self._rows.clear()
