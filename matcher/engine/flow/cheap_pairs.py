"""Which pairs cost a plan the least, and which nothing at all? Short cycles on the face of plans that are as good.

A pair outside the plan costs what the shortest cycle through it costs (prices.py). On the goals that come first, most
pairs cost nothing: then the cycle lies on the face of those goals, which the plan itself proves with potentials,
without solving again. There the rest of the goals is one small number, and an arc with a reduced cost beyond a limit
lies on no cycle below it; so few arcs are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import SINK, SOURCE, Network, build_network
from matcher.engine.flow.optimal_face import Face, Part, optimal_face
from matcher.engine.flow.packing import MOST_BITS, Step, digits_of, flow_of, steps_of, unpacked
from matcher.engine.flow.prices import Prices, price_pairs
from matcher.engine.flow.problem import Problem
from matcher.engine.flow.residual import Residual, residual_of
from matcher.engine.flow.shortest_ways import Ways
from matcher.engine.flow.wide_costs import far, farthest

MOST_TARGETS = 256
"""So many ends of cycles are reached for at once: a table of nodes by ends stays small."""


def free_pairs(problem: Problem, chosen: Flags) -> tuple[Ints, Ints]:
    """Give the numbers of the pairs outside `chosen` that cost no goal anything, and how many pairs go for each.

    `chosen` is the best plan of the problem, a network.
    """
    network = build_network(problem)
    if len(network.rivals):
        return _free_by_price(problem, chosen)
    steps = steps_of(problem, network, chosen)
    found = _Cycles(problem, network, chosen, steps, len(steps) - 1)
    return found.below(None)


def cheapest_pairs(problem: Problem, chosen: Flags, most: int) -> Prices | None:
    """Price the `most` possible pairs outside `chosen` that lose least, goal after goal; the cheapest first.

    `chosen` is the best plan of the problem, a network. None where fewer pairs than that cost nothing on the first
    goals, the worst pair at least, or where the goals do not pack: then all are to be priced.
    """
    network = build_network(problem)
    steps = steps_of(problem, network, chosen)
    first = 1 + next(place for place, step in enumerate(steps) if step.name == "worst_pair")
    while first < len(steps) and digits_of(steps[first:])[1] > MOST_BITS:
        first += 1
    if len(network.rivals) or first == len(steps):
        return None
    cycles = _Cycles(problem, network, chosen, steps, first)
    numbers, totals = cycles.cheapest(most)
    if len(numbers) < most:
        return None
    order = np.lexsort((numbers, totals))[:most]
    numbers, totals = numbers[order], totals[order]
    names = tuple(step.name for step in steps[:-1])
    values = np.tile(np.array([step.value for step in steps[:-1]], dtype=np.int64), (len(numbers), 1))
    changes = unpacked(cycles.digits, totals)
    for place, step in enumerate(steps[first:-1]):
        values[:, first + place] += step.sign * changes[place]
    return Prices(numbers, names, values, changes[-1])


class _Cycles:
    """The arcs on which plans differ that are as good on the first goals, with the other goals as one cost."""

    def __init__(self, problem: Problem, network: Network, chosen: Flags, steps: Sequence[Step], first: int) -> None:
        flow = flow_of(problem, network, chosen)
        face = _face(problem, network, flow, steps[:first])
        self.digits, _ = digits_of(steps[first:])
        cost = sum((step.cost * digit.unit for step, digit in zip(steps[first:], self.digits, strict=True)), 0 * flow)
        self.residual = _residual(face, face.free, cost)
        self.residual.prove(self.residual.steps())
        pair_arcs = network.pair_arcs
        self.pair = np.full(len(face.free), -1, dtype=np.int64)
        inside = (face.free >= pair_arcs.start) & (face.free < pair_arcs.stop) & (flow[face.free] == 0)
        self.pair[inside] = network.pairs[face.free[inside] - pair_arcs.start]
        one = self.residual
        self.reduced = one.cost + one.potential[one.tail] - one.potential[one.head]

    def cheapest(self, most: int) -> tuple[Ints, Ints]:
        """Give pairs with the costs of their cycles: at least the `most` cheapest where there are as many."""
        outside = np.sort(self.reduced[self.pair >= 0])
        tried = 2 * most
        while tried < len(outside):
            numbers, totals = self.below(int(outside[tried]) + 1)
            if len(numbers) >= most:
                return numbers, totals
            tried *= 2
        return self.below(None)

    def below(self, limit: int | None) -> tuple[Ints, Ints]:
        """Give the pairs whose cycles cost less than a limit, or of all that lie on one, with those costs."""
        one = self.residual
        near = np.arange(len(self.reduced)) if limit is None else np.flatnonzero(np.abs(self.reduced) < limit)
        part = _residual(one, near, one.cost)
        asked = np.flatnonzero(self.pair[near] >= 0)
        totals = _around(part, asked)
        found = totals < (farthest(totals.dtype) if limit is None else limit)
        numbers = self.pair[near[asked[found]]]
        order = np.argsort(numbers)
        return numbers[order], totals[found][order]


def _face(problem: Problem, network: Network, flow: Ints, steps: Sequence[Step]) -> Face:
    """Settle the arcs that are the same in all plans that are as good on some goals; what leaves comes back."""
    head = np.where(network.head == SINK, SOURCE, network.head)
    face = Face(network.nodes, network.tail, head, network.capacity, flow, np.arange(len(flow)))
    for step in steps:
        if step.name == "worst_pair":
            points = np.full(len(flow), step.value, dtype=np.int64)
            points[network.pair_arcs] = problem.points[network.pairs]
            face = face.settle(points[face.free] >= step.value)
        elif step.cost.any():
            face = optimal_face(face, step.cost)
    return face


def _residual(of: Face | Residual, arcs: Ints, cost: Ints) -> Residual:
    """Cut some arcs out; only the nodes at their ends stay."""
    nodes, ends = np.unique(np.concatenate((of.tail[arcs], of.head[arcs])), return_inverse=True)
    tail, head = ends[: len(arcs)], ends[len(arcs) :]
    part = Part(tail, head, of.capacity[arcs], of.flow[arcs], np.zeros(len(nodes), dtype=np.int64))
    return residual_of(part, cost[arcs])


def _around(residual: Residual, arcs: Ints) -> Ints:
    """Give what the shortest cycle through each arc costs, far where there is none."""
    ends, column = np.unique(residual.tail[arcs], return_inverse=True)
    found = np.full(len(arcs), far(residual.cost.dtype), dtype=np.int64)
    for start in range(0, len(ends), MOST_TARGETS):
        ways = Ways(residual, ends[start : start + MOST_TARGETS])
        here = np.flatnonzero((column >= start) & (column < start + MOST_TARGETS))
        found[here] = residual.cost[arcs[here]] + ways.of(residual.head[arcs[here]], column[here] - start)
    return found


def _free_by_price(problem: Problem, chosen: Flags) -> tuple[Ints, Ints]:
    """Find free pairs from the price of every pair."""
    found = price_pairs(problem, chosen, np.arange(problem.pairs))
    own = np.flatnonzero(chosen)[:1]
    if not len(own):
        return own, own
    same = (found.values == found.values[own]).all(axis=1) & ~chosen & (found.moves >= 0)
    numbers = np.flatnonzero(same)
    return numbers, found.moves[numbers]
