"""How are all goals reached among millions of pairs? On the few that matter, until no other would make a plan better.

Column generation (Ford and Fulkerson 1958; Dantzig and Wolfe 1960): the goals are reached on some pairs, by the
same engine. Node prices prove that plan the best of those pairs, goal after goal as one number; a pair that was left
out can make it better only where its own cost, with those prices, is below nothing. Such pairs come in, and once there
are none the plan is the best of all. Every pair that costs nothing then comes in as well: all best plans hold only
such pairs, so that the last word between them is the same as if all had been looked at from the start.

The worst pair is no sum. Its proof is a plan that is best among the pairs with more points, in the same way: on the
goals that come before the worst pair it is worse.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.engine.calls import Flags, Ints, Progress, Stop
from matcher.engine.flow.column_prices import NoRoomError, Pricing
from matcher.engine.flow.network import build_network
from matcher.engine.flow.problem import TOP_POINTS, Level, Problem, Solution, goal_values, only
from matcher.engine.flow.solve import best_face, chosen_of, flags_of, rank, solve_network
from matcher.engine.flow.wide_costs import word

PER_SCHOOL = 24
"""So many pairs of each school, those with most points, are looked at first."""

ADDED = 12
"""So many more come in for a school at once, those that promise most."""


def solve_by_columns(
    problem: Problem, progress: Progress | None = None, stop: Stop | None = None, *, per_school: int = PER_SCHOOL
) -> Solution:
    """Reach the goals in order, each proven, as `solve_network` does and with the same plan.

    `per_school` pairs of each school are looked at first. Where the goals do not fit the numbers in which pairs are
    priced, or are no sum of arcs, all pairs are looked at.
    """
    try:
        return _Columns(problem, per_school, progress, stop).solve()
    except NoRoomError:
        return solve_network(problem, progress, stop)


class _Columns:
    """The pairs that are looked at so far (`inside`), of all that there are."""

    def __init__(self, problem: Problem, per_school: int, progress: Progress | None, stop: Stop | None) -> None:
        self.problem, self.progress, self.stop = problem, progress, stop
        kept = problem.required | problem.kept
        self.inside = kept | _first_of_each(problem.school, -problem.points, count=per_school)

    def solve(self) -> Solution:
        """Reach all goals; where it is stopped, on the pairs looked at so far, and nothing is called proven."""
        goals = self.problem.goals
        try:
            worst = self._worst_pair(goals[: goals.index("worst_pair")]) if "worst_pair" in goals else -1
            among = self._with_at_least(worst)
            self._close(among, tuple(name for name in goals if name != "worst_pair"), with_equals=True)
        except _StoppedError:
            return self._told(np.ones_like(self.inside), proven=False)
        return self._told(among, proven=True)

    def _told(self, among: Flags, *, proven: bool) -> Solution:
        """Solve on the pairs that are looked at, and tell what that plan reaches among all."""
        few = self.inside & among
        chosen = np.zeros_like(few)
        chosen[few] = chosen_of(solve_network(only(self.problem, few), self.progress, None))
        values = goal_values(self.problem, chosen)
        names = ("places_filled", *self.problem.goals)
        levels = tuple(Level(name, values[name], values[name] if proven else None, proven) for name in names)
        return Solution(chosen, levels, complete=proven)

    def _with_at_least(self, points: int) -> Flags:
        """Tell which pairs have so many points, or are required."""
        flags: Flags = (self.problem.points >= points) | self.problem.required
        return flags

    def _worst_pair(self, before: tuple[str, ...]) -> int:
        """Give the points of the worst pair of a best plan, each step of it proven."""
        highest = int(self.problem.points[self.problem.required].min(initial=TOP_POINTS))
        among = np.ones_like(self.inside)
        best = self._close(among, before)
        while True:
            worst = self._worst_inside(among, before)
            if worst >= highest:
                return worst
            among = self._with_at_least(worst + 1)
            if self._close(among, before) != best:
                return worst

    def _worst_inside(self, among: Flags, before: tuple[str, ...]) -> int:
        """Give the worst pair of the best plan on the pairs that are looked at."""
        few = self.inside & among
        sub = replace(only(self.problem, few), goals=(*before, "worst_pair"))
        network = build_network(sub)
        chosen = flags_of(sub, network, best_face(sub, network))
        return int(sub.points[chosen].min(initial=TOP_POINTS))

    def _close(self, among: Flags, goals: tuple[str, ...], *, with_equals: bool = False) -> tuple[int, ...]:
        """Let pairs in until no other makes the best plan better on these goals; give what it reaches, less is better.

        `with_equals` lets in, at last, every pair that costs nothing.
        """
        part, numbers = replace(only(self.problem, among), goals=goals), np.flatnonzero(among)
        pricing = Pricing(part)
        while True:
            if self.stop is not None and self.stop():
                raise _StoppedError
            if self.progress is not None:
                self.progress(goals[-1] if goals else "places_filled", None)
            few = self.inside[numbers]
            sub = only(part, few)
            network, chosen = build_network(sub), np.zeros(part.pairs, dtype=np.bool_)
            chosen[few] = flags_of(sub, network, best_face(sub, network))
            reduced = pricing.reduced(chosen, few)
            better = np.flatnonzero((reduced < 0) & ~few)
            if not len(better):
                break
            costs = word(reduced[better], low=True), word(reduced[better], low=False)
            self.inside[numbers[better[_first_of_each(part.school[better], *costs, count=ADDED)]]] = True
        if with_equals:
            self.inside[numbers[reduced == 0]] = True
        whole = np.zeros_like(self.inside)
        whole[numbers[chosen]] = True
        return rank(replace(self.problem, goals=goals), whole)


class _StoppedError(Exception):
    """Somebody asked to end."""


def _first_of_each(school: Ints, *keys: Ints, count: int) -> Flags:
    """Tell which so many of each school come first by `keys`, the last of which counts most."""
    order = np.lexsort((*keys, school))
    sorted_school = school[order]
    start = np.searchsorted(sorted_school, sorted_school)
    found = np.zeros(len(school), dtype=np.bool_)
    found[order[np.arange(len(school)) - start < count]] = True
    return found
