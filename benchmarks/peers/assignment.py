"""`scipy.optimize.linear_sum_assignment`: places against mentors' turns, most of them and then most points.

It can't express: a company at most once per school, a company's limit, a mentor once per school. So it solves a
relaxed problem, and its plan breaks these rules. One level alone: neither the worst pair nor travel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.answer import Answer

if TYPE_CHECKING:
    from matcher.engine.flow.problem import Problem


def solve(problem: Problem, _seconds: float) -> Answer:
    """Fill a dense table with a row per place and a column per turn of a mentor."""
    rows = np.repeat(np.arange(len(problem.demand)), problem.demand)
    columns = np.repeat(np.arange(len(problem.capacity)), problem.capacity)
    pair_at = np.full((len(problem.demand), len(problem.capacity)), -1, dtype=np.int32)
    pair_at[problem.school, problem.mentor] = np.arange(len(problem.school))
    pair = pair_at[np.ix_(rows, columns)]
    filled_first = 1000 * len(rows) + 1
    worth = np.where(pair >= 0, problem.points[pair] + filled_first, 0).astype(np.float64)
    chosen = pair[linear_sum_assignment(worth, maximize=True)]
    return Answer(np.sort(chosen[chosen >= 0]).astype(np.int64))
