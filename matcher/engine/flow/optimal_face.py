"""Which flows are still optimal? A network whose settled arcs are fixed, level after level.

After a minimum-cost flow, potentials on the residual network settle every arc with a reduced cost: with a
positive one it carries nothing in any optimal flow, with a negative one it is full (complementary slackness;
Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.4). The arcs left free span exactly the optimal flows,
so the next goal is again a plain flow, on a smaller network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.domain.errors import NotBestError
from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.wide_costs import Numbers

FEW = 2000
"""Arcs up to which it is quicker to look at all of them than to look which of them to look at."""


class EngineError(Exception):
    """A solver refused arrays that it should take: a fault of ours, never of the input."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A feasible flow and which arcs may still change.

    `tail`, `head`, `capacity`, `flow` are per arc; `free` holds the numbers of the arcs that may
    change, in rising order; `nodes` is the number of nodes.
    """

    nodes: int
    tail: Ints
    head: Ints
    capacity: Ints
    flow: Ints
    free: Ints

    @property
    def settled(self) -> Flags:
        """Flag the arcs that carry a flow which is the same in all of these."""
        carries: Flags = self.flow > 0
        carries[self.free] = False
        return carries

    def settle(self, keep: Flags) -> Face:
        """Fix the free arcs that are not in `keep` (one flag a free arc) at their present flow."""
        return Face(self.nodes, self.tail, self.head, self.capacity, self.flow, self.free[keep])

    def with_flow(self, free_flow: Ints) -> Face:
        """Put a new flow on the free arcs."""
        flow = self.flow.copy()
        flow[self.free] = free_flow
        return Face(self.nodes, self.tail, self.head, self.capacity, flow, self.free)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The free arcs among themselves: nodes renumbered, and what each node must send (supply)."""

    tail: Ints
    head: Ints
    capacity: Ints
    flow: Ints
    supply: Ints


def free_part(face: Face) -> Part:
    """Cut the free arcs out of a face."""
    tail, head, flow = face.tail[face.free], face.head[face.free], face.flow[face.free]
    touched = np.zeros(face.nodes, dtype=np.bool_)
    touched[tail] = touched[head] = True
    count, number = np.count_nonzero(touched), touched.cumsum() - 1
    tail, head = number[tail], number[head]
    supply = np.bincount(tail, flow, count) - np.bincount(head, flow, count)
    return Part(tail, head, face.capacity[face.free], flow, supply.astype(np.int64))


def cheapest(face: Face, cost: Ints) -> Face:
    """Give a face with a flow of least cost; `cost` has one entry for every arc. The free arcs stay."""
    if not len(face.free):
        return face
    part = free_part(face)
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        part.tail.astype(np.int32), part.head.astype(np.int32), part.capacity, cost[face.free]
    )
    solver.set_nodes_supplies(np.arange(len(part.supply), dtype=np.int32), part.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise EngineError(f"min-cost flow: {status.name}")
    return face.with_flow(solver.flows(arcs))


def optimal_face(face: Face, cost: Ints) -> Face:
    """Settle the arcs that are the same in all flows of least cost; the face's flow must be of least cost."""
    if not len(face.free):
        return face
    free = face.free
    part = Part(face.tail[free], face.head[free], face.capacity[free], face.flow[free], np.zeros(face.nodes, np.int64))
    arc, tail, head, length = _steps(part, cost[free])
    potential = shortest(tail, head, length, np.zeros(face.nodes, dtype=length.dtype), np.arange(face.nodes))
    tight = length + potential[tail] == potential[head]
    return face.settle(_may_turn(arc[tight], tail[tight], head[tight], (len(free), face.nodes)))


def _may_turn(arc: Ints, tail: Ints, head: Ints, size: tuple[int, int]) -> Flags:
    """Flag the arcs, so many among so many nodes, that lie on a cycle of some steps, or between two such cycles.

    The flow of the others is the same in all optimal flows. Dead ends are cut off layer by layer.
    """
    arcs, nodes = size
    while len(arc):
        out, into = np.zeros((2, nodes), dtype=np.bool_)
        out[tail] = into[head] = True
        out &= into
        both = out[tail] & out[head]
        if both.all():
            break
        arc, tail, head = arc[both], tail[both], head[both]
    kept = np.zeros(arcs, dtype=np.bool_)
    kept[arc] = True
    return kept


def potentials(part: Part, cost: Numbers) -> Numbers:
    """Give node potentials with no negative reduced cost on the residual arcs (Bellman-Ford from everywhere).

    Raises NotBestError where the flow is not of least cost.
    """
    count = len(part.supply)
    return shortest(*residual_arcs(part, cost), np.zeros(count, dtype=cost.dtype), np.arange(count))


def residual_arcs(part: Part, cost: Numbers) -> tuple[Ints, Ints, Numbers]:
    """Give tail, head and length of the steps by which the flow can change."""
    return _steps(part, cost)[1:]


def _steps(part: Part, cost: Numbers) -> tuple[Ints, Ints, Ints, Numbers]:
    """Give the steps by which the flow can change: along which arc, from where to where, and how long."""
    ahead, back = (part.flow < part.capacity).nonzero()[0], (part.flow > 0).nonzero()[0]
    tail = np.concatenate((part.tail[ahead], part.head[back]))
    head = np.concatenate((part.head[ahead], part.tail[back]))
    return np.concatenate((ahead, back)), tail, head, np.concatenate((cost[ahead], -cost[back]))


def shortest(tail: Ints, head: Ints, length: Numbers, potential: Numbers, changed: Ints) -> Numbers:
    """Shorten the ways to all nodes, given as `potential`, by arcs, those out of the nodes in `changed` first.

    Only arcs out of nodes that changed are looked at again, all of them in one numpy step. Raises NotBestError where
    there is a cycle of negative length: shortest paths would then go on for ever.
    """
    if len(changed) == len(potential) and len(tail) <= FEW:
        return _shortest_of_few(tail, head, length, potential)
    order = by_node(tail, len(potential))
    head, length = head[order], length[order]
    first = starts(tail, len(potential))
    mark = np.zeros(len(potential), dtype=np.bool_)
    rounds = 0
    while len(changed):
        rounds += 1
        if rounds > len(potential) + 1:
            raise NotBestError
        arcs, count = spans(first, changed)
        offer = potential[changed].repeat(count) + length[arcs]
        target = head[arcs]
        better = offer < potential[target]
        target, offer = target[better], offer[better]
        np.minimum.at(potential, target, offer)
        mark[target] = True
        changed = mark.nonzero()[0]
        mark[changed] = False
    return potential


def _shortest_of_few(tail: Ints, head: Ints, length: Numbers, potential: Numbers) -> Numbers:
    """Do the same by looking at every arc each time: with few arcs that is less work than to look which."""
    for _ in range(len(potential) + 2):
        offer = potential[tail] + length
        better = (offer < potential[head]).nonzero()[0]
        if not len(better):
            return potential
        np.minimum.at(potential, head[better], offer[better])
    raise NotBestError


def by_node(node: Ints, nodes: int) -> Ints:
    """Give arcs in the order of the node at one of their ends; numbers of 16 bits are sorted in one go over them."""
    short = nodes <= 2**16
    order: Ints = np.argsort(node.astype(np.uint16) if short else node, kind="stable")
    return order


def starts(node: Ints, nodes: int) -> Ints:
    """Give where the arcs of each node start in that order, and where the last ones end."""
    first: Ints = np.concatenate(([0], np.cumsum(np.bincount(node, minlength=nodes))))
    return first


def spans(first: Ints, nodes: Ints) -> tuple[Ints, Ints]:
    """Give the places of the arcs of some nodes, one node after the other, and how many each has."""
    begin = first[nodes]
    count = first[nodes + 1] - begin
    last = count.cumsum()
    start = (begin - last + count).repeat(count)
    return start + np.arange(len(start)), count


def feasible(part: Part, open_arcs: Flags) -> Ints | None:
    """Find a flow on the arcs that are open (one flag an arc), None where there is none.

    The closed ones carry nothing.
    """
    use = np.nonzero(open_arcs)[0]
    give, take = np.nonzero(part.supply > 0)[0], np.nonzero(part.supply < 0)[0]
    source, sink = len(part.supply), len(part.supply) + 1
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate((part.tail[use], np.full(len(give), source), take)).astype(np.int32),
        np.concatenate((part.head[use], give, np.full(len(take), sink))).astype(np.int32),
        np.concatenate((part.capacity[use], part.supply[give], -part.supply[take])),
    )
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise EngineError("max flow did not finish")
    if solver.optimal_flow() < int(part.supply[give].sum()):
        return None
    flow = np.zeros(len(part.tail), dtype=np.int64)
    flow[use] = solver.flows(np.arange(len(use), dtype=np.int32))
    return flow
