"""What does the best plan lose when a pair must be in it? Exact, for every possible pair at once.

Forcing a pair sends one unit around a cycle of the residual network: the best plan with the pair is the present
one changed along the shortest such cycle, where length counts all goals in order (Ahuja, Magnanti and Orlin,
Network Flows, 1993, chapter 9). The worst pair is no sum: pairs with fewer points are let in one value after the
other, and a price is read at the highest value at which its cycle costs no more on the goals that come before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.engine.flow.forced_pair import best_with
from matcher.engine.flow.network import SINK, SOURCE, build_network, fill_places, reach
from matcher.engine.flow.optimal_face import Part
from matcher.engine.flow.packing import pack
from matcher.engine.flow.problem import only
from matcher.engine.flow.residual import residual_of
from matcher.engine.flow.two_words import far, farthest

if TYPE_CHECKING:
    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.packing import Packing
    from matcher.engine.flow.problem import Problem
    from matcher.engine.flow.residual import Residual
    from matcher.engine.flow.two_words import Numbers

IMPOSSIBLE = -1
"""Stands in `moves` for a pair that no plan can hold together with the required ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """For some possible pairs (k), the goals' values of the best plan with each.

    `pairs` (k) are their numbers; `values` (k x goals) has a column for every name in `names`, with one
    for each place level (`places_filled.0`, ...); `moves` (k) counts the pairs of the present plan that
    go, -1 where no plan can hold the pair (its values are then those of the present plan).
    """

    pairs: Ints
    names: tuple[str, ...]
    values: Ints
    moves: Ints


def price_pairs(problem: Problem, chosen: Flags, pairs: Ints) -> Prices:
    """Price possible pairs (numbers) against `chosen`, the best plan of the problem, which must be a network."""
    packing = pack(problem, chosen)
    totals = np.zeros(len(pairs), dtype=packing.cost.dtype)
    worst = np.full(len(pairs), packing.worst)
    anew = ~chosen[pairs]
    if packing.fits:
        anew &= ~_read_along_cycles(problem, packing, pairs, totals, worst)
    values, moves = packing.values(totals, worst), packing.moves(totals)
    for place in np.nonzero(anew)[0].tolist():
        found = best_with(problem, chosen, int(pairs[place]))
        if found is None:
            moves[place] = IMPOSSIBLE
        else:
            values[place], moves[place] = found
    return Prices(pairs, packing.names, values, moves)


def _read_along_cycles(problem: Problem, packing: Packing, pairs: Ints, totals: Numbers, worst: Ints) -> Flags:
    """Fill in differences to the present plan and worst pairs; tell for which pairs that could be done."""
    arcs = packing.arcs_of(pairs, problem.pairs)
    asked = np.nonzero((arcs >= 0) & (packing.flow[arcs] == 0))[0]
    sweep = _Sweep(problem, packing, pairs[asked])
    sweep.run()
    asked = asked[sweep.settled]
    totals[asked], worst[asked] = sweep.totals[sweep.settled], sweep.worst[sweep.settled]
    done = np.zeros(len(pairs), dtype=np.bool_)
    done[asked] = True
    return done


def _targets(packing: Packing, arcs: Ints) -> tuple[Ints, Ints]:
    """Give the nodes where the arcs' cycles close, and for each arc the column of its own.

    An unused company group is left out: from its school on nothing stands in between.
    """
    network = packing.network
    groups = network.group_arcs
    school_of = np.arange(network.nodes)
    unused = packing.flow[groups] == 0
    school_of[network.head[groups][unused]] = network.tail[groups][unused]
    nodes, column = np.unique(school_of[network.tail[arcs]], return_inverse=True)
    return nodes, column


def _circulation(packing: Packing, cost: Numbers) -> Residual:
    """Close the network: what leaves it comes back, so that a lost place is a step along an arc too."""
    network = packing.network
    head = np.where(network.head == SINK, SOURCE, network.head)
    part = Part(network.tail, head, network.capacity, packing.flow, np.zeros(network.nodes, dtype=np.int64))
    return residual_of(part, cost)


def _loss_before_worst(packing: Packing, arcs: Ints) -> Numbers:
    """Give the least loss on the goals before the worst pair, for each arc; far where none is possible."""
    nodes, column = _targets(packing, arcs)
    distance = _circulation(packing, packing.before).distances(nodes)
    around = packing.before[arcs] + distance[packing.network.head[arcs], column]
    loss: Numbers = np.minimum(around, far(around.dtype))
    return loss


def _loss_with_higher_worst(problem: Problem, packing: Packing, pairs: Ints) -> Numbers:
    """Give the least loss before the worst pair of a plan with each pair whose worst pair is better than now.

    The goals before it are reached anew on the pairs with more points, and the pair is forced in along a
    shortest cycle there; far where no such plan can be.
    """
    kind = packing.before.dtype
    found = np.full(len(pairs), far(kind), dtype=kind)
    if int(problem.points[problem.required].min(initial=packing.worst + 1)) <= packing.worst:
        return found
    keep = (problem.points > packing.worst) | problem.required
    higher = only(problem, keep)
    network = build_network(higher)
    face = fill_places(network)
    for name in problem.goals[: problem.goals.index("worst_pair")]:
        face = reach(name, higher, network, face)
    chosen = higher.required.copy()
    chosen[network.pairs[face.flow[network.pair_arcs] > 0]] = True
    above = pack(higher, chosen, packing)
    gone = int((problem.kept & ~keep).sum())
    both = zip(packing.digits[: packing.worst_column], above.digits, strict=False)
    base = sum(
        packing.step_before_worst(place, now.sign * (then.value + (gone if now.name == "changes" else 0) - now.value))
        for place, (now, then) in enumerate(both)
    )
    arcs = above.arcs_of(np.where(keep[pairs], np.cumsum(keep)[pairs] - 1, -1), higher.pairs)
    inside = np.nonzero(arcs >= 0)[0]
    cycle = np.where(above.flow[arcs[inside]] > 0, 0, _loss_before_worst(above, arcs[inside]))
    found[inside] = np.minimum(base + cycle, far(kind))
    return found


class _Sweep:
    """Pairs are let in from the worst pair's points downward; prices are read as soon as they are final.

    A cycle that costs nothing on the goals before the worst pair is final at once. Only where one does
    cost something, the least that it must cost is looked up.
    """

    def __init__(self, problem: Problem, packing: Packing, pairs: Ints) -> None:
        self.problem, self.packing, self.pairs = problem, packing, pairs
        self.arcs = arcs = packing.arcs_of(pairs, problem.pairs)
        network = packing.network
        self.points = np.full(len(network.tail), packing.worst, dtype=np.int64)
        self.points[network.pair_arcs] = problem.points[network.pairs]
        self.nodes, self.column = _targets(packing, arcs)
        self.residual = _circulation(packing, packing.cost)
        self.residual.start(self.points >= packing.worst)
        self.distance = self.residual.distances(self.nodes)
        self.waiting = np.ones(len(arcs), dtype=np.bool_)
        self.settled = np.zeros(len(arcs), dtype=np.bool_)
        self.totals = np.zeros(len(arcs), dtype=packing.cost.dtype)
        self.worst = np.full(len(arcs), packing.worst)
        self.loss: Numbers | None = None
        self.gained: Any = 0

    def run(self) -> None:
        """Settle every pair, but those with which a better worst pair comes in reach."""
        self._settle(self.packing.worst)
        closed = np.nonzero(self.points < self.packing.worst)[0]
        closed = closed[np.argsort(-self.points[closed], kind="stable")]
        steps, done = self.points[closed], 0
        while self.waiting.any():
            wanted = int(self.points[self.arcs[self.waiting]].max())
            # A pair that is let in and still waits may settle at any value: then none may be passed over.
            level = min(wanted, int(steps[done]))
            until = int(np.searchsorted(-steps, -level, side="right"))
            self._let_in(closed[done:until])
            done = until
            self._settle(level)

    def _let_in(self, arcs: Ints) -> None:
        residual = self.residual
        if residual.open_arcs(arcs):
            self.gained = (residual.cost * (residual.flow - self.packing.flow)).sum()
            self.distance = residual.distances(self.nodes)
        else:
            residual.admit(self.distance, arcs)

    def _settle(self, level: int) -> None:
        """Read the prices of pairs that cost no more, at this level, than they must on the goals before."""
        ready = np.nonzero(self.waiting & (self.points[self.arcs] >= level))[0]
        arcs = self.arcs[ready]
        around = self.residual.cost[arcs] + self.distance[self.residual.head[arcs], self.column[ready]]
        totals = self.gained + np.where(self.residual.flow[arcs] > 0, 0, around)
        before, kind = self.packing.before_worst(totals), self.packing.before.dtype
        before = np.where(around < farthest(around.dtype), before, far(kind))
        if self.loss is None and (before > 0).any():
            self._look_up_loss()
            self._settle(level)
            return
        final = before == (0 if self.loss is None else self.loss[ready])
        ready = ready[final]
        self.totals[ready], self.worst[ready] = totals[final], level
        self.settled[ready], self.waiting[ready] = True, False

    def _look_up_loss(self) -> None:
        """Find the least loss before the worst pair; leave out pairs that make a better worst pair possible."""
        self.loss = _loss_before_worst(self.packing, self.arcs)
        open_ended = np.nonzero(self.waiting & (self.loss > 0) & (self.points[self.arcs] > self.packing.worst))[0]
        if len(open_ended):
            higher = _loss_with_higher_worst(self.problem, self.packing, self.pairs[open_ended])
            self.waiting[open_ended] = self.loss[open_ended] < higher
        self.waiting &= self.loss < farthest(self.loss.dtype)
