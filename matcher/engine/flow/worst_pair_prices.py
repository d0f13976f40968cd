"""Which worst pair goes with a price? Pairs with fewer points are let in one value after the other.

The worst pair is no sum: so a price is read at the highest value at which its cycle costs no more on the goals that
come before than it must.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.forced_pair import best_with
from matcher.engine.flow.network import SINK, SOURCE, build_network
from matcher.engine.flow.optimal_face import EngineError, Part, by_node
from matcher.engine.flow.packing import Packing, flow_of
from matcher.engine.flow.problem import TOP_POINTS, Problem, only
from matcher.engine.flow.residual import Residual, residual_of
from matcher.engine.flow.shortest_ways import Ways
from matcher.engine.flow.solve import best_face, chosen_of, flags_of, solve_network
from matcher.engine.flow.wide_costs import Numbers, farthest

SOLVED_ANEW = 1
"""So few pairs are solved anew rather than let in from a better worst pair on: each is one solve, that is some."""

LARGEST_COST = 2**58
"""The cost of an arc times the nodes that one search for the best flow can hold."""


class Plan:
    """The best plan of a problem, packed; `points` has the points of each arc that is a pair, and more for others."""

    def __init__(self, problem: Problem, chosen: Flags, packing: Packing) -> None:
        self.problem, self.chosen, self.packing = problem, chosen, packing
        network = packing.network
        self.points = np.full(len(network.tail), TOP_POINTS + 1, dtype=np.int64)
        self.points[network.pair_arcs] = problem.points[network.pairs]
        self.head = np.where(network.head == SINK, SOURCE, network.head)

    def circulation(self, cost: Numbers, flow: Ints, is_open: Flags) -> Residual:
        """Close the network: what leaves it comes back, so that a lost place is a step along an arc too."""
        network = self.packing.network
        part = Part(network.tail, self.head, network.capacity, flow, np.zeros(network.nodes, dtype=np.int64))
        return residual_of(part, cost, is_open)

    def targets(self, arcs: Ints, flow: Ints) -> tuple[Ints, Ints]:
        """Give the nodes where the arcs' cycles close, and for each arc the column of its own.

        An unused company group is left out: from its school on nothing stands in between.
        """
        network = self.packing.network
        groups = network.group_arcs
        school_of = np.arange(network.nodes)
        unused = flow[groups] == 0
        school_of[network.head[groups][unused]] = network.tail[groups][unused]
        nodes, column = np.unique(school_of[network.tail[arcs]], return_inverse=True)
        return nodes, column

    def loss(self, arcs: Ints, flow: Ints, level: int) -> tuple[Ints, Flags]:
        """Give the least loss on the goals before the worst pair (arcs x goals), and where one is possible at all.

        `flow` is the best on those goals, from `level` points on; the loss is that beyond the present plan.
        """
        packing = self.packing
        residual = self.circulation(packing.before, flow, self.points >= level)
        nodes, column = self.targets(arcs, flow)
        around = packing.before[arcs] + Ways(residual, nodes).of(self.head[arcs], column)
        around = np.where(flow[arcs] > 0, 0, around)
        possible = (around < farthest(around.dtype)) & (self.points[arcs] >= level)
        lost = packing.unpacked(np.where(possible, around, 0)) + packing.between(flow)
        return lost[:, : packing.worst_column], possible

    def loss_above(self, arcs: Ints, level: int) -> tuple[Ints, Flags]:
        """Do the same for plans whose worst pair has more points than `level`."""
        problem = self.problem
        if int(problem.points[problem.required].min(initial=TOP_POINTS)) <= level:
            return np.zeros((len(arcs), self.packing.worst_column), dtype=np.int64), np.zeros(len(arcs), dtype=np.bool_)
        before, last = self.packing.before, self.packing.digits[self.packing.worst_column - 1]
        flow = self._cheapest(before // last.unit if before.dtype == np.int64 else before, level + 1)
        if flow is None:
            keep = problem.points > level
            part = replace(only(problem, keep), goals=problem.goals[: problem.goals.index("worst_pair")])
            network = build_network(part)
            flow = self._flow_of(keep, flags_of(part, network, best_face(part, network)))
        return self.loss(arcs, flow, level + 1)

    def best_from(self, level: int) -> Ints:
        """Give the flow that is the best on all goals but the worst pair, from `level` points on."""
        flow = self._cheapest(self.packing.cost, level)
        if flow is not None:
            return flow
        problem = replace(self.problem, tie=-self.chosen.astype(np.int64))
        keep = problem.points >= level
        goals = tuple(name for name in problem.goals if name != "worst_pair")
        return self._flow_of(keep, chosen_of(solve_network(replace(only(problem, keep), goals=goals))))

    def best_worst(self, pair: int) -> int:
        """Give the worst pair of the best plan with a possible pair."""
        problem = self.problem
        few = problem.goals[: problem.goals.index("worst_pair") + 1]
        found = best_with(replace(problem, goals=few), self.chosen, pair)
        return self.packing.worst if found is None else int(found[0][-1])

    def _cheapest(self, cost: Numbers, level: int) -> Ints | None:
        """Find the best flow by one cost, from `level` points on; None where that is too large for one search."""
        network = self.packing.network
        if cost.dtype != np.int64 or int(np.abs(cost).max()) * network.nodes > LARGEST_COST:
            return None
        arcs = np.flatnonzero(self.points >= level)
        solver = SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(
            network.tail[arcs].astype(np.int32), self.head[arcs].astype(np.int32), network.capacity[arcs], cost[arcs]
        )
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise EngineError(f"min-cost flow: {status.name}")
        flow = np.zeros(len(network.tail), dtype=np.int64)
        flow[arcs] = solver.flows(np.arange(len(arcs), dtype=np.int32))
        return flow

    def _flow_of(self, keep: Flags, part: Flags) -> Ints:
        chosen = np.zeros(self.problem.pairs, dtype=np.bool_)
        chosen[keep] = part
        return flow_of(self.problem, self.packing.network, chosen)


class Sweep:
    """Prices of pairs (arcs), read as soon as they are final while pairs with fewer points than `level` are let in.

    A cycle that costs nothing on the goals before the worst pair is final at once. Only where one does cost
    something, the least that it must cost is looked up. `changes` (arcs x goals) is what goals cost beyond the present
    plan, `worst` the worst pair, where `settled`; `higher` flags pairs with which a better worst pair comes in reach.
    """

    def __init__(self, plan: Plan, arcs: Ints, flow: Ints, level: int, loss: Ints | None = None) -> None:
        self.plan, self.arcs, self.level, self.loss = plan, arcs, level, loss
        self.points = plan.points[arcs]
        packing = plan.packing
        self.waiting = np.ones(len(arcs), dtype=np.bool_)
        self.settled = np.zeros(len(arcs), dtype=np.bool_)
        self.higher = np.zeros(len(arcs), dtype=np.bool_)
        self.changes = np.zeros((len(arcs), len(packing.digits)), dtype=np.int64)
        self.worst = np.full(len(arcs), packing.worst)
        self.residual = plan.circulation(packing.cost, flow, plan.points >= level)
        self.column = np.zeros(len(arcs), dtype=np.int64)
        self._look_for_ways()
        self.residual.check(self.ways.steps, self.ways.potentials())

    def run(self) -> None:
        """Settle every pair, but those with which a better worst pair comes in reach."""
        points = self.plan.points
        self._settle(self.level)
        closed = np.flatnonzero(points < self.level)
        closed = closed[by_node(TOP_POINTS - points[closed], TOP_POINTS)]
        steps, done = points[closed], 0
        while self.waiting.any():
            wanted = int(self.points[self.waiting].max())
            # A pair that is let in and still waits may settle at any value: then none may be passed over.
            level = min(wanted, int(steps[done]))
            until = int(np.searchsorted(-steps, -level, side="right"))
            self._let_in(closed[done:until])
            done = until
            self._settle(level)

    def from_above(self) -> None:
        """Settle the pairs with which a better worst pair comes in reach, from the best that does."""
        above = np.flatnonzero(self.higher)
        if len(above) <= SOLVED_ANEW or self.loss is None:
            return
        plan, loss = self.plan, self.loss
        left, level = above, self.level
        while len(left):
            most = left[int(np.argmax(self.points[left]))]
            level = plan.best_worst(plan.packing.pair_of(int(self.arcs[most])))
            left = left[self._as_good_above(left, level)]
        again = Sweep(plan, self.arcs[above], plan.best_from(level), level, loss[above])
        again.run()
        self.changes[above], self.worst[above], self.settled[above] = again.changes, again.worst, again.settled

    def _look_for_ways(self) -> None:
        """Look for the ways anew, to where the cycles of waiting pairs close."""
        flow = self.residual.flow
        self.gained = self.plan.packing.between(flow)
        waiting = np.flatnonzero(self.waiting)
        nodes, self.column[waiting] = self.plan.targets(self.arcs[waiting], flow)
        self.ways = Ways(self.residual, nodes)

    def _let_in(self, arcs: Ints) -> None:
        if not self.residual.is_proven:
            self.residual.prove(self.ways.steps)
        if self.residual.open_arcs(arcs):
            self._look_for_ways()
        else:
            self.ways.admit(arcs)

    def _settle(self, level: int) -> None:
        """Read the prices of pairs that cost no more, at this level, than they must on the goals before."""
        ready = np.flatnonzero(self.waiting & (self.points >= level))
        arcs, packing = self.arcs[ready], self.plan.packing
        around = packing.cost[arcs] + self.ways.of(self.plan.head[arcs], self.column[ready])
        around = np.where(self.residual.flow[arcs] > 0, 0, around)
        known = around < farthest(around.dtype)
        changes = packing.unpacked(np.where(known, around, 0)) + self.gained
        before = changes[:, : packing.worst_column]
        if self.loss is None and (before.any() or not known.all()):
            self._look_up_loss()
            self._settle(level)
            return
        final = known & (before == (0 if self.loss is None else self.loss[ready])).all(axis=1)
        ready = ready[final]
        self.changes[ready], self.worst[ready] = changes[final], level
        self.settled[ready], self.waiting[ready] = True, False

    def _look_up_loss(self) -> None:
        """Find the least loss before the worst pair; leave out pairs that make a better worst pair possible."""
        waiting = np.flatnonzero(self.waiting)
        self.loss = np.zeros((len(self.arcs), self.plan.packing.worst_column), dtype=np.int64)
        self.loss[waiting], self.waiting[waiting] = self.plan.loss(self.arcs[waiting], self.plan.packing.flow, 0)
        lost = np.flatnonzero(self.waiting & self.loss.any(axis=1) & (self.points > self.level))
        if len(lost) > SOLVED_ANEW:
            lost = lost[self._as_good_above(lost, self.level)]
        self.higher[lost] = True
        self.waiting[lost] = False

    def _as_good_above(self, places: Ints, level: int) -> Flags:
        """Tell for which of some pairs a worst pair above `level` costs no more on the goals before than any."""
        assert self.loss is not None  # noqa: S101
        loss, possible = self.plan.loss_above(self.arcs[places], level)
        same: Flags = possible & (loss == self.loss[places]).all(axis=1)
        return same
