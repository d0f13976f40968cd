"""Who goes first when everything else is equal? A draw that is fixed by the ids (docs/decisions/0006)."""

from __future__ import annotations

import hashlib

BITS = 32


def fixed_draw(*parts: str, seed: int = 0) -> int:
    """Give a whole number from 0 to 2**32 - 1 that follows from the parts and the seed alone; low goes first."""
    text = "\x1f".join((str(seed), *parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=BITS // 8).digest(), "big")
