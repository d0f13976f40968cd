"""Do the places stay full when a mentor leaves? One path through the residual network for each place that is lost.

A path that begins at the lost place empties no other place: the others' stay filled, the same number on every level
(Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 6).
"""

from __future__ import annotations

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import SINK, SOURCE, build_network
from matcher.engine.flow.optimal_face import Part
from matcher.engine.flow.packing import flow_of
from matcher.engine.flow.problem import Problem, only
from matcher.engine.flow.residual import residual_of


class Refill:
    """A plan's flow among some mentors, asked for each mentor whether the others can take over."""

    def __init__(self, problem: Problem, chosen: Flags, mentors: Ints) -> None:
        """Lay the network of these mentors alone, among whom all of the plan's are; no pair may be required."""
        allowed = np.zeros(len(problem.capacity), dtype=np.bool_)
        allowed[mentors] = True
        keep = allowed[problem.mentor]
        part = only(problem, keep)
        network = build_network(part)
        flow = flow_of(part, network, chosen[keep])
        none = np.zeros(network.nodes, dtype=np.int64)
        self.arcs = residual_of(Part(network.tail, network.head, network.capacity, flow, none), 0 * flow)
        pairs = np.arange(network.pair_arcs.start, network.pair_arcs.stop)
        self.taken = pairs[flow[pairs] > 0]
        self.taker = part.mentor[network.pairs[flow[pairs] > 0]]

    def fills(self, mentor: int) -> bool:
        """Tell whether the others fill all places of one mentor; False where it takes more than one path a place."""
        arcs, lost = self.arcs, self.taken[self.taker == mentor]
        if not len(lost):
            return True
        flow, node = arcs.flow.copy(), int(arcs.head[lost[0]])
        flow[lost] = 0
        onward = arcs.leaving.at(node)
        flow[arcs.leaving.at(int(arcs.head[onward[0]]))] -= len(lost)
        flow[onward] = 0
        return all(self._fill(flow, int(arcs.tail[one]), node) for one in lost.tolist())

    def _fill(self, flow: Ints, start: int, gone: int) -> bool:
        """Find a way from a node that lost a unit to the sink, past who is gone, and send a unit along it."""
        arcs = self.arcs
        came = np.full(len(arcs.potential), -1, dtype=np.int64)  # twice the arc, and one more where it runs back
        came[[SOURCE, start, gone]] = 0
        front = np.array([start])
        while len(front) and came[SINK] < 0:
            ahead, back = arcs.leaving.of(front), arcs.entering.of(front)
            ahead, back = ahead[flow[ahead] < arcs.capacity[ahead]], back[flow[back] > 0]
            nodes = np.concatenate((arcs.head[ahead], arcs.tail[back]))
            step = np.concatenate((2 * ahead, 2 * back + 1))
            fresh = came[nodes] < 0
            came[nodes[fresh]] = step[fresh]
            front = np.unique(nodes[fresh])
        node = SINK
        while came[SINK] >= 0 and node != start:
            arc, runs_back = divmod(int(came[node]), 2)
            flow[arc] += -1 if runs_back else 1
            node = int(arcs.head[arc] if runs_back else arcs.tail[arc])
        return bool(came[SINK] >= 0)
