"""How is a cost that counts many goals one number, where 64 bits are too few for it? As a complex one.

NumPy orders complex numbers by their real part, and by the imaginary one where that is the same; sums are exact in both
up to 2**53. So the goals that come first stand in the real part, the others in the imaginary one, and every search for
a shortest path is written once, for whole numbers and for these.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.engine.calls import Ints

Numbers = NDArray[Any]
"""Whole numbers of 64 bits, or complex ones with two whole parts."""

WORD_BITS = 50
"""So many bits each part of a complex cost may take: sums of a few of them are exact too."""

_SHIFT = 54


def far(kind: np.dtype[Any]) -> Any:  # noqa: ANN401 - a number of that kind
    """Give the distance that stands for: no path. With a way added or taken off, it stays beyond `farthest`."""
    return np.int64(5 * 2**60) if kind == np.int64 else np.complex128(2**52)


def farthest(kind: np.dtype[Any]) -> Any:  # noqa: ANN401 - a number of that kind
    """Give what no length of a path reaches."""
    return np.int64(5 * 2**59) if kind == np.int64 else np.complex128(2**51)


def word(numbers: Numbers, *, low: bool) -> Ints:
    """Give one part of numbers; whole numbers have no low one."""
    if numbers.dtype == np.int64:
        return np.zeros_like(numbers) if low else numbers
    part: Ints = np.rint(numbers.imag if low else numbers.real).astype(np.int64)
    return part


def whole(number: Any) -> int:  # noqa: ANN401 - a number of either kind
    """Give a Python integer that is ordered, and adds up, as the number does."""
    return (int(number.real) << _SHIFT) + int(number.imag) if np.iscomplexobj(number) else int(number)


def number_of(value: int, kind: np.dtype[Any]) -> Any:  # noqa: ANN401 - a number of that kind
    """Give the number of such a Python integer."""
    if kind == np.int64:
        return np.int64(value)
    half = 1 << (_SHIFT - 1)
    low = ((value + half) & ((1 << _SHIFT) - 1)) - half
    return np.complex128(complex((value - low) >> _SHIFT, low))
