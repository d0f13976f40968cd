"""networkx: most places and then most points as `max_flow_min_cost` on the same arcs. One level alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from benchmarks.answer import Answer
from benchmarks.peers.arcs import SINK, SOURCE, lay_arcs

if TYPE_CHECKING:
    from matcher.engine.flow.problem import Problem


def solve(problem: Problem, _seconds: float) -> Answer:
    """Build the graph, solve, read the pairs back."""
    arcs = lay_arcs(problem)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(arcs.nodes))
    tails, heads = arcs.tail.tolist(), arcs.head.tolist()
    for tail, head, capacity, weight in zip(tails, heads, arcs.capacity.tolist(), arcs.cost.tolist(), strict=True):
        graph.add_edge(tail, head, capacity=capacity, weight=weight)
    flow = nx.max_flow_min_cost(graph, SOURCE, SINK)
    pairs = len(problem.school)
    sent = [flow[tail][head] for tail, head in zip(tails[:pairs], heads[:pairs], strict=True)]
    return Answer(np.nonzero(sent)[0])
