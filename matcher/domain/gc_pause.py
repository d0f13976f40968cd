"""How does long work go without the garbage collector looking through all that it makes again and again?"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Work without the collector, and leave that as it was; a whole function with `@unswept()`.

    For what makes or loads hundreds of thousands of values that all stay and hardly ever refer in a circle: going
    through them takes a quarter to a third of the time. What is let go of is freed at once all the same.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
