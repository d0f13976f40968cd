"""Which hash do the same inputs have? It is worked out once, and known by the content of what it was made of.

Reading a cohort into a round and hashing that costs half a page; hashing the text of its rows costs next to nothing.
What is known holds in any process and after any restore, for its name is the content itself, and no counter that a
write could forget. It lives as long as the process: another version of the program starts with nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import matcher

Made = TypeVar("Made")

MOST = 1000
"""As many hashes are kept, the newest: of about 100 bytes each."""


class KnownHashes:
    """The hashes of rounds, each by the content of which the round was made."""

    def __init__(self, most: int = MOST) -> None:
        """Know nothing yet."""
        self._most, self._known, self._lock = most, dict[bytes, str](), Lock()

    def hash_of(self, made_of: Made, make: Callable[[Made], matcher.Round]) -> str:
        """Give the hash of the round that `make` makes of this, of which there is JSON, and of nothing else."""
        name = hashlib.sha256(json.dumps((make.__qualname__, made_of)).encode()).digest()
        with self._lock:
            known = self._known.get(name)
        if known is not None:
            return known
        found = matcher.inputs_hash(make(made_of))
        with self._lock:
            self._known[name] = found
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return found

    def __len__(self) -> int:
        """Count what is known."""
        return len(self._known)


KNOWN = KnownHashes()
"""Those of this process."""
