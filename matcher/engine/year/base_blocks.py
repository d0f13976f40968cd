"""Years without a repeated meeting from a few base blocks and a cyclic symmetry, where finite fields give none.

The integers modulo `order` act on the points (schools): point = order * copy + residue, and +1 adds one to the
residue in its copy. A base week with a stabiliser of order t is given by groups/t blocks; these and their
translates by multiples of order/t are its groups, and its translates by 0 ... order/t - 1 are so many weeks. Two
points meet at most once where no class (copy, copy, difference) is hit twice (Bose's method of differences, 1939).
The blocks of `matcher/reference/base-blocks.csv` were found by annealing over the classes hit twice; a test builds
every year and counts its meetings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import numpy as np

from matcher.domain.reference_table import reference_rows
from matcher.engine.year.year_problem import Ints


def base_block_design(groups: int, size: int) -> Ints | None:
    """Give rounds of groups without a repeat (rounds x schools, the group of each); None where no blocks are known."""
    weeks = base_weeks().get((groups, size), ())
    rounds = [week for order, stabiliser, text in weeks for week in _translates(order, stabiliser, text)]
    return np.array(rounds) if rounds else None


@cache
def base_weeks() -> Mapping[tuple[int, int], list[tuple[int, int, str]]]:
    """Give, for each number of groups and size, the order, stabiliser and blocks of its base weeks."""
    weeks: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
    for row in reference_rows("base-blocks.csv"):
        shape = int(row["groups"]), int(row["size"])
        weeks[shape].append((int(row["order"]), int(row["stabiliser"]), row["blocks"]))
    return dict(weeks)


def _translates(order: int, stabiliser: int, text: str) -> list[Ints]:
    """Give the weeks (each schools) that a base week and its translates are."""
    blocks = np.array([block.split() for block in text.split("|")], dtype=np.int64)
    step = order // stabiliser
    weeks = []
    for shift in range(step):
        week = np.empty(len(blocks) * stabiliser * blocks.shape[1], dtype=np.int64)
        for part in range(stabiliser):
            moved = blocks - blocks % order + (blocks + shift + part * step) % order
            week[moved] = part * len(blocks) + np.arange(len(blocks))[:, None]
        weeks.append(week)
    return weeks
