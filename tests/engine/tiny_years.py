"""Which years can four schools have who meet in pairs, in two rounds? All of them, one by one."""

from __future__ import annotations

from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.year_problem import Arrangement, score

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import YearProblem


SHAPES = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
"""How four schools can meet in pairs."""


def travels_of_every_year(given: YearProblem, *, repeats: bool = False) -> list[tuple[int, int]]:
    """Give the worst and the total travel of every year without a fault, of four schools and six hosts.

    With `repeats` also of those in which schools meet twice.
    """
    found = []
    for pair in product(SHAPES, repeat=2) if repeats else combinations(SHAPES, 2):
        for hosts in permutations(range(6), 4):
            group = np.array([[int(school in shape[1]) for school in range(4)] for shape in pair])
            year = score(given, Arrangement(group, np.array(hosts).reshape(2, 2), np.zeros((2, 2), dtype=np.int64)))
            if not year.faults:
                found.append((year.worst, year.total))
    return found
