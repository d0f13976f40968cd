"""How does a long reading or writing go without the garbage collector looking through all of it again and again?"""

from __future__ import annotations

import gc
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def unswept(work: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """Have a function run without the collector, and leave that as it was.

    For what makes hundreds of thousands of values that all stay and hardly ever refer in a circle: going through them
    takes a third of the time. What is let go of is freed at once all the same.
    """

    @wraps(work)
    def quick(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            gc.enable()

    return quick
