"""Which pairs could stand in a plan that is as good on every goal? Those on a cycle that costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.flow.packing import pack
from matcher.engine.flow.prices import circulation, price_pairs, targets

if TYPE_CHECKING:
    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.packing import Packing
    from matcher.engine.flow.problem import Problem


def free_pairs(problem: Problem, chosen: Flags) -> tuple[Ints, Ints]:
    """Give the numbers of the pairs outside `chosen` that cost no goal anything, and how many pairs go for each.

    `chosen` is the best plan of the problem, a network. The same as the pairs that `price_pairs` finds to lose
    nothing: every arc of a cycle without cost has no reduced cost, so that only those few arcs are looked at.
    """
    packing = pack(problem, chosen)
    if not packing.fits:
        return _by_price(problem, chosen)
    numbers = np.flatnonzero(~chosen & ((problem.points >= packing.worst) | problem.required))
    arcs = packing.arcs_of(numbers, problem.pairs)
    numbers, arcs = numbers[arcs >= 0], arcs[arcs >= 0]
    around = _around(problem, packing, arcs)
    free = 2 * around < _least_loss(packing)
    return numbers[free], packing.moves(around[free])


def _least_loss(packing: Packing) -> int:
    """Give the packed number of the smallest loss on any goal: what is less than half of it is moves alone."""
    return packing.digits[-2].unit


def _around(problem: Problem, packing: Packing, arcs: Ints) -> Ints:
    """Give what the shortest cycle through each arc costs, where that may be nothing; elsewhere more than that."""
    network = packing.network
    points = np.full(len(network.tail), packing.worst, dtype=np.int64)
    points[network.pair_arcs] = problem.points[network.pairs]
    residual = circulation(packing, packing.cost)
    residual.start(points >= packing.worst)
    reduced = residual.cost + residual.potential[residual.tail] - residual.potential[residual.head]
    residual.is_open &= 2 * reduced < _least_loss(packing)
    found = np.full(len(arcs), _least_loss(packing), dtype=np.int64)
    asked = np.flatnonzero(residual.is_open[arcs])
    if len(asked):
        nodes, column = targets(packing, arcs[asked])
        distance = residual.distances(nodes)
        found[asked] = residual.cost[arcs[asked]] + distance[residual.head[arcs[asked]], column]
    return found


def _by_price(problem: Problem, chosen: Flags) -> tuple[Ints, Ints]:
    """Find the same from the price of every pair."""
    found = price_pairs(problem, chosen, np.arange(problem.pairs))
    own = np.flatnonzero(chosen)[:1]
    if not len(own):
        return own, own
    same = (found.values == found.values[own]).all(axis=1) & ~chosen & (found.moves >= 0)
    numbers = np.flatnonzero(same)
    return numbers, found.moves[numbers]
