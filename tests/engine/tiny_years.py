"""Which years can four schools have who meet in pairs, in two rounds? All of them, one by one."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.year_problem import Arrangement, score

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import YearProblem


Shape = tuple[tuple[int, int], tuple[int, int]]

SHAPES: list[Shape] = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
"""How four schools can meet in pairs."""

_KNOWN: dict[tuple[object, ...], list[tuple[int, int]]] = {}


def travels_of_every_year(given: YearProblem, *, repeats: bool = False) -> list[tuple[int, int]]:
    """Give the worst and the total travel of every year without a fault, of four schools and six hosts.

    With `repeats` also of those in which schools meet twice.
    """
    asked = tuple(map(tuple, given.apart.tolist()))
    pairs = product(SHAPES, repeat=2) if repeats else combinations(SHAPES, 2)
    free = [pair for pair in pairs if not any({*one} <= {*group} for shape in pair for group in shape for one in asked)]
    return [travel for pair in free for travel in _travels(given, pair)]


def _travels(given: YearProblem, shapes: tuple[Shape, Shape]) -> list[tuple[int, int]]:
    """Give the travel of every year in which schools meet like that, with any hosts; counted once for a cohort."""
    given = replace(given, apart=given.apart[:0])  # asked of the shapes
    key = (shapes, *(np.asarray(getattr(given, one.name)).tobytes() for one in fields(given)))
    if key not in _KNOWN:
        found = []
        for hosts in permutations(range(6), 4):
            group = np.array([[int(school in shape[1]) for school in range(4)] for shape in shapes])
            year = score(given, Arrangement(group, np.array(hosts).reshape(2, 2), np.zeros((2, 2), dtype=np.int64)))
            if not year.faults:
                found.append((year.worst, year.total))
        _KNOWN[key] = found
    return _KNOWN[key]
