"""What a sorted spreadsheet gives: the pair with most points first, and on down as long as nobody is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.answer import Answer

if TYPE_CHECKING:
    from matcher.engine.flow.problem import Problem


def solve(problem: Problem, _seconds: float) -> Answer:
    """Go down the list once; ties by school, then mentor."""
    order = np.lexsort((problem.mentor, problem.school, -problem.points)).tolist()
    school, mentor = problem.school.tolist(), problem.mentor.tolist()
    company = problem.company[problem.mentor].tolist()
    wanted, room, limit = problem.demand.tolist(), problem.capacity.tolist(), problem.company_limit.tolist()
    chosen, visits = [], set()
    for pair in order:
        to, who, firm = school[pair], mentor[pair], company[pair]
        if wanted[to] and room[who] and limit[firm] and (to, firm) not in visits:
            wanted[to], room[who], limit[firm] = wanted[to] - 1, room[who] - 1, limit[firm] - 1
            visits.add((to, firm))
            chosen.append(pair)
    return Answer(np.array(sorted(chosen), dtype=np.int64))
