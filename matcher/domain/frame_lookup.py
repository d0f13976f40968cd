"""How does a value become a data frame? By a name that the front door looks up when somebody asks: nobody else waits.

What makes frames stands above all values and loads pandas; a value knows only what it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_DOORS: list[Callable[[str], Any]] = []
"""What finds a name: the front door, which says so when it opens."""


def found_by(door: Callable[[str], Any]) -> None:
    """Say who finds the makers of frames by name."""
    _DOORS[:] = [door]


def frame_maker(name: str) -> Callable[..., Any]:
    """Give the maker of frames with this name."""
    (door,) = _DOORS
    found: Callable[..., Any] = door(name)
    return found
