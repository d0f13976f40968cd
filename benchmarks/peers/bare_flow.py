"""The floor: one minimum-cost flow on the same arcs, for most places and then most points, and nothing else.

Counted: laying the arcs, one `solve_max_flow_with_min_cost`, and reading the flow of every arc. It does not put
first places before second ones, nor look at the worst pair or at travel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from benchmarks.answer import Answer
from benchmarks.peers.arcs import SINK, SOURCE, lay_arcs

if TYPE_CHECKING:
    from matcher.engine.flow.problem import Problem


def solve(problem: Problem, _seconds: float) -> Answer:
    """Send as much as possible at the highest points."""
    arcs = lay_arcs(problem)
    solver = SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(
        arcs.tail.astype(np.int32), arcs.head.astype(np.int32), arcs.capacity, arcs.cost
    )
    total = int(problem.demand.sum())
    solver.set_node_supply(SOURCE, total)
    solver.set_node_supply(SINK, -total)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise RuntimeError(status.name)
    flow = solver.flows(numbers)[: len(problem.school)]
    return Answer(np.nonzero(flow)[0])
