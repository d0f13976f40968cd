"""Who says nothing any more? Told by what does not change while this process's own counter goes on, by no clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

Key = TypeVar("Key")


class Silence:
    """Remembers what was last seen of each thing, and since when it is so."""

    def __init__(self, counter: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing seen; `counter` gives seconds."""
        self._counter = counter
        self._seen: dict[object, tuple[object, float]] = {}

    def of(self, shown: Mapping[Key, object], seconds: float) -> list[Key]:
        """Give what is as it was for so long; what is not shown any more is forgotten."""
        moment = self._counter()
        before, self._seen = self._seen, {}
        for key, value in shown.items():
            known = before.get(key)
            self._seen[key] = known if known is not None and known[0] == value else (value, moment)
        return [key for key in shown if moment - self._seen[key][1] >= seconds]
