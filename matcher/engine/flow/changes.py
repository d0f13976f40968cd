"""What does each new or kept pair count as a change on a rerun? As costs on arcs, where that can be.

A pair that goes is a change. A new pair is one beyond the places that mentors who left leave at its school: new
pairs there pass a node of their own, with so much room for nothing. One case is no sum of arcs: a colleague who
comes for a mentor who could stay, at a school that also lost somebody. There the colleague is charged in full, and
`matcher.engine.flow.solve` tries out what happens where the mentor does not stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Charges:
    """What the open pairs (k) count: `pair` (k) by themselves; those in `through` (k) pass their school's own node.

    `schools` have such a node, with `room` new pairs for nothing. `colleague` (k) flags pairs charged in full though
    they might be free; `rivals` are the numbers of the kept pairs whose colleagues they are.
    """

    pair: Ints
    through: Flags
    schools: Ints
    room: Ints
    colleague: Flags
    rivals: Ints


def charges(problem: Problem, demand: Ints, pairs: Ints, group: Ints) -> Charges:
    """Charge the open `pairs` (numbers); `demand` (n) is what required pairs left, `group` (k) -1 for none."""
    school, kept = problem.school[pairs], problem.kept[pairs]
    taken = np.bincount(problem.school[problem.required & ~problem.kept], minlength=len(demand))
    room = np.maximum(problem.left - taken, 0)
    partly = (room > 0) & (room < demand)
    cost = np.where(kept, -1, (room[school] == 0).astype(np.int64))
    through = ~kept & partly[school]
    mixed = np.zeros(int(group.max(initial=-1)) + 2, dtype=np.bool_)
    mixed[group[kept]] = True
    mixed[-1] = False
    colleague = through & mixed[group]
    cost[colleague] = 1
    contested = np.zeros_like(mixed)
    contested[group[colleague]] = True
    rivals = pairs[kept & contested[group]]
    through &= ~colleague
    schools = np.unique(school[through])
    return Charges(cost, through, schools, room[schools], colleague, rivals)
