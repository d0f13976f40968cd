"""Is a plan still the best when points change: at one weight, or at every one of several weights by one look?

Several weights are asked about at once with points that favour whatever is not in the plan: each pair of the plan with
the fewest it has at any of the weights, each other pair with the most. A plan that nothing beats then is beaten at
none of the weights; the contrary tells nothing, and fewer weights have to be asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import Network, build_network, fill_places, reach
from matcher.engine.flow.optimal_face import Face, feasible, free_part
from matcher.engine.flow.problem import TOP_POINTS, Problem, goal_values
from matcher.engine.flow.solve import flags_of, has_rivals, rank
from matcher.matching.assign import engine_for

RECHECK_SECONDS = 10.0
"""Time for one plan where the rules are no network."""

OF_POINTS = ("worst_pair", "points")
"""The goals that weights have a part in."""


@dataclass(frozen=True, slots=True, eq=False)
class StillBest:
    """Whether a plan (`chosen`) is still the best when points change; on a network from the face of the goals before.

    Goals after those of points ask the same of the same face: `ended` holds the last such face, and the plan it gave.
    """

    problem: Problem
    chosen: Flags
    network: Network | None
    face: Face | None
    before: int
    ended: list[tuple[Face, Flags]] = field(default_factory=list)

    def better(self, points: Ints) -> Flags | None:
        """Give a plan that is better than this one with these points (pairs), None where none is."""
        problem, chosen = replace(self.problem, points=points), self.chosen
        if self.network is not None and self.face is not None:
            best = self._best(problem, self.network, self.face)
            if rank(problem, best) == rank(problem, chosen):
                return None
        solve, _ = engine_for(problem, RECHECK_SECONDS)
        found = solve(problem, None, None).chosen
        return None if found is None or rank(problem, found) >= rank(problem, chosen) else found

    def holds(self, points: Ints) -> bool:
        """Whether it is sure that no plan is better with any of these points (weights x pairs)."""
        if self.network is None or self.face is None:
            return False
        problem, network, face = self.problem, self.network, self.face
        against = replace(problem, points=np.where(self.chosen, points.min(0), points.max(0)))
        for name in problem.goals[self.before : self._after]:
            if name == "worst_pair":
                tied = self._as_good_a_worst_pair(points, network, face)
                if tied is None:
                    return False
                face = tied
            else:
                face = reach(name, against, network, face)
        best = goal_values(against, self._last(against, network, face))
        kept = goal_values(against, self.chosen)
        return all(best[name] == kept[name] for name in problem.goals if name != "worst_pair")

    def _as_good_a_worst_pair(self, points: Ints, network: Network, face: Face) -> Face | None:
        """Give a face of all plans whose worst pair may have as many points; None where one may have more."""
        worst = points[:, self.chosen].min(axis=1, initial=TOP_POINTS)[:, None]
        more, as_many = (points > worst).any(axis=0), (points >= worst).any(axis=0)
        open_arcs = np.ones(len(network.tail), dtype=np.bool_)
        left = open_arcs.copy()
        open_arcs[network.pair_arcs], left[network.pair_arcs] = more[network.pairs], as_many[network.pairs]
        part = free_part(face)
        may_be_more = bool(more.any() and more[self.problem.required].all() and open_arcs[face.settled].all())
        if may_be_more and feasible(part, open_arcs[face.free]) is not None:
            return None
        flow = feasible(part, left[face.free])
        return None if flow is None else face.with_flow(flow).settle(left[face.free])

    @property
    def _after(self) -> int:
        return 1 + max(place for place, name in enumerate(self.problem.goals) if name in OF_POINTS)

    def _best(self, problem: Problem, network: Network, face: Face) -> Flags:
        for name in problem.goals[self.before : self._after]:
            face = reach(name, problem, network, face)
        return self._last(problem, network, face)

    def _last(self, problem: Problem, network: Network, face: Face) -> Flags:
        """Give the plan that the goals after those of points leave of a face."""
        for known, best in self.ended:
            if np.array_equal(known.free, face.free) and np.array_equal(known.flow, face.flow):
                return best
        of_points = face
        for name in problem.goals[self._after :]:
            face = reach(name, problem, network, face)
        self.ended[:] = [(of_points, flags_of(problem, network, face))]
        return self.ended[0][1]


def still_best(problem: Problem, chosen: Flags) -> StillBest:
    """Make the test of a plan that is the best with the points as they are."""
    before = next(place for place, name in enumerate(problem.goals) if name in OF_POINTS)
    if not problem.is_network:
        return StillBest(problem, chosen, None, None, before)
    network = build_network(problem)
    if has_rivals(problem, network):
        return StillBest(problem, chosen, None, None, before)
    face = fill_places(network)
    for name in problem.goals[:before]:
        face = reach(name, problem, network, face)
    return StillBest(problem, chosen, network, face, before)
