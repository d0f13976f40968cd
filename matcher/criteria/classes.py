"""Which schools, and which mentors, look the same to a criterion? Numbered once, judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from matcher.criteria.arrays import Ints

Row = TypeVar("Row")
Key = TypeVar("Key")


def classes(rows: Iterable[Row], look: Callable[[Row], Key]) -> tuple[Ints, list[Key]]:
    """Give rows that `look` the same a number: the class of each row, and what each class looks like."""
    number: dict[Key, int] = {}
    of = [number.setdefault(look(row), len(number)) for row in rows]
    return np.array(of, dtype=np.int64), list(number)
