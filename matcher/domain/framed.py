"""How does a value become a data frame? By a name that is looked up when somebody asks, so that nobody else waits.

What makes frames stands above all values and loads pandas; a value knows only what it is called.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def frame_maker(name: str) -> Callable[..., Any]:
    """Give the function of `matcher.frames` with this name."""
    found: Callable[..., Any] = getattr(import_module("matcher.frames"), name)
    return found
