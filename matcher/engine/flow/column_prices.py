"""Would a pair that was left out make a plan better? Its reduced cost, with node prices that prove the plan the best.

Goal after goal is one number, as in `packing`. Prices are shortest ways from the source, as dear as they can be for
schools; a mentor to whom no way leads yet is as cheap as the ways onward from there allow.
"""

from __future__ import annotations

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import SINK, SOURCE, build_network
from matcher.engine.flow.optimal_face import Part, residual_arcs, shortest
from matcher.engine.flow.packing import MOVES, flow_of, in_words, steps_of
from matcher.engine.flow.problem import Problem
from matcher.engine.flow.wide_costs import Numbers, far


class NoRoomError(Exception):
    """The goals do not fit the numbers in which pairs are priced, or are no sum of arcs."""


class Pricing:
    """The network of all pairs of a problem, whose goals all add up."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.network = problem, build_network(problem)
        nothing = np.zeros(problem.pairs, dtype=np.bool_)
        steps = steps_of(problem, self.network, nothing, 2 + int(problem.demand.sum()))
        steps = [one for one in steps if one.name != MOVES]
        digits = in_words(steps)
        if not digits or len(self.network.rivals):
            raise NoRoomError
        self.cost: Numbers = np.zeros(len(self.network.tail), dtype=np.int64)
        for step, digit in zip(steps, digits, strict=True):
            self.cost = self.cost + digit.times(step.cost)
        self.head = np.where(self.network.head == SINK, SOURCE, self.network.head)

    def reduced(self, chosen: Flags, inside: Flags) -> Numbers:
        """Give the reduced cost of every pair; `chosen` is the best plan of the pairs in `inside`.

        Far above nothing for pairs that no plan can hold. Raises NotBestError where `chosen` is not the best.
        """
        network, kind = self.network, self.cost.dtype
        flow = flow_of(self.problem, network, chosen)
        used = np.ones(len(network.tail), dtype=np.bool_)
        used[network.pair_arcs] = inside[network.pairs]
        price, reached = self._prices(flow, np.flatnonzero(used))
        found: Numbers = np.full(self.problem.pairs, far(kind), dtype=kind)
        tail, head = network.tail[network.pair_arcs], self.head[network.pair_arcs]
        costs = self.cost[network.pair_arcs] + price[tail] - price[head]
        found[network.pairs] = np.where(reached[tail], costs, far(kind))
        return found

    def _prices(self, flow: Ints, arcs: Ints) -> tuple[Numbers, Flags]:
        """Give the price of every node, and which are reached from the source."""
        count, kind = self.network.nodes, self.cost.dtype
        part = Part(
            self.network.tail[arcs], self.head[arcs], self.network.capacity[arcs], flow[arcs], np.zeros(count, np.int64)
        )
        tail, head, length = residual_arcs(part, self.cost[arcs])
        price = np.full(count, far(kind), dtype=kind)
        price[SOURCE] = 0
        price = shortest(tail, head, length, price, np.array([SOURCE]))
        reached = price < far(kind)
        # Whoever can't be reached from the source costs as little as the ways from there to the others allow.
        back = ~reached[tail]
        onward = np.where(reached, -price, far(kind))
        onward = shortest(head[back], tail[back], length[back], onward, np.flatnonzero(reached))
        return np.where(reached, price, -onward), reached
