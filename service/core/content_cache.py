"""What was made of a content, until the content changes: reading a large document twice costs more than comparing it.

Nothing here can be out of date, for whoever asks gives the content itself: what was made of another is forgotten at
once, a name that was erased with it. It lives as long as the process.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Content = TypeVar("Content")
Made = TypeVar("Made")


class Newest:
    """What was made last under each name, with the content that it was made of; the names asked last are kept."""

    def __init__(self, most: int) -> None:
        """Keep so many names."""
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()

    def of(self, name: Hashable, content: Content, make: Callable[[Content], Made]) -> Made:
        """Give what `make` makes of a content, and of nothing else; nobody may change either."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is not None:
                self._kept.move_to_end(name)
        if kept is not None and kept[0] == content:
            found: Made = kept[1]
            return found
        made = make(content)
        with self._lock:
            self._kept[name] = (content, made)
            self._kept.move_to_end(name)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def __len__(self) -> int:
        """Count the names."""
        return len(self._kept)
