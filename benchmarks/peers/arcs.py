"""Which arcs do these rules make? Laid here a second time, for the flows that are compared with ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matcher.engine.flow.problem import Problem

    Ints = NDArray[np.int64]

SOURCE, SINK = 0, 1


class Arcs(NamedTuple):
    """source -> school -> (school, company) where two colleagues may come -> mentor -> company -> sink.

    The first arcs are the possible pairs, in their order; `cost` is minus the points there, else 0.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    nodes: int


def lay_arcs(problem: Problem) -> Arcs:
    """Lay the arcs of a problem without required pairs."""
    schools, mentors, companies = len(problem.demand), len(problem.capacity), len(problem.company_limit)
    school, mentor = 2 + np.arange(schools), 2 + schools + np.arange(mentors)
    company = 2 + schools + mentors + np.arange(companies)
    group_start = 2 + schools + mentors + companies
    several = np.nonzero(problem.demand[problem.school] > 1)[0]
    key = problem.school[several] * companies + problem.company[problem.mentor[several]]
    _, first, inverse, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    binding = count > 1
    group = group_start + np.cumsum(binding) - 1
    tail = school[problem.school]
    tail[several[binding[inverse]]] = group[inverse[binding[inverse]]]
    group_school = problem.school[several[first[binding]]]
    arcs = (
        (tail, mentor[problem.mentor], np.ones(len(tail))),
        (school[group_school], group[binding], np.ones(int(binding.sum()))),
        (np.full(schools, SOURCE), school, problem.demand),
        (mentor, company[problem.company], problem.capacity),
        (company, np.full(companies, SINK), problem.company_limit),
    )
    tails, heads, capacities = (np.concatenate([part[place] for part in arcs]).astype(np.int64) for place in range(3))
    cost = np.zeros(len(tails), dtype=np.int64)
    cost[: len(tail)] = -problem.points
    return Arcs(tails, heads, capacities, cost, group_start + int(binding.sum()))


def most_places(problem: Problem) -> int:
    """Give how many places can be filled at most: told to engines that solve one level alone."""
    arcs = lay_arcs(problem)
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(arcs.tail.astype(np.int32), arcs.head.astype(np.int32), arcs.capacity)
    solver.solve(SOURCE, SINK)
    return int(solver.optimal_flow())
