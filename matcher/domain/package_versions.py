"""With which versions of what is a plan or a year made?"""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata
from typing import Final

PACKAGES: Final = ("in2stem", "numpy", "ortools")


def versions() -> dict[str, str]:
    """Give the version of each, Python's among them."""
    return dict(_looked_up())


@cache
def _looked_up() -> tuple[tuple[str, str], ...]:
    """Look in the environment once: it can't change while this process runs, and each look takes a millisecond."""
    return (*((name, metadata.version(name)) for name in PACKAGES), ("python", platform.python_version()))
