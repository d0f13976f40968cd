"""How far can a criterion's weight move before another plan is better? Every whole weight solved, none guessed.

Points are rounded once, so that a plan may be the best at 30 and 32 and not at 31: nothing between two weights may be
passed over. A range is what a person can type: the whole weights around the present one at each of which no plan is
better on any goal in its order; just outside of it one is, and that plan is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from matcher.criteria import criteria as all_criteria
from matcher.criteria.base import Criterion, Judgement
from matcher.criteria.minutes import minutes_between
from matcher.domain.policy import MAX_WEIGHT
from matcher.domain.round import Round
from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import Network, build_network, fill_places, reach
from matcher.engine.flow.optimal_face import Face
from matcher.engine.flow.problem import Problem
from matcher.engine.flow.solve import flags_of, has_rivals, rank
from matcher.matching.assign import engine_for
from matcher.matching.means import Means, Numbers, rounded
from matcher.matching.solved import Solved

SECONDS = 60.0
"""Time for all ranges together; a side that is not looked through by then says so."""

RECHECK_SECONDS = 10.0
"""Time for one plan where the rules are no network."""

MOST_POINTS = 1_000_000
"""Points that are worked out at a time, for several weights together."""

OF_POINTS = ("worst_pair", "points")
"""The goals that weights have a part in."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The first weight outside of a range: which schools change their mentors in the plan that is better there."""

    weight: int
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightRange:
    """The whole weights `low` to `high` of a criterion, the others as they are, at which no plan is better.

    `below` and `above` are the first weights outside; None where the range ends at 0 or at the highest weight, or
    where `low_known` or `high_known` is False: further was not looked.
    """

    key: str
    label: str
    weight: int
    low: int
    high: int
    below: Edge | None
    above: Edge | None
    low_known: bool = True
    high_known: bool = True


def weight_ranges(asked: Solved, *, seconds: float = SECONDS) -> tuple[WeightRange, ...]:
    """Give for every criterion with points the weights at which this plan stays the best; the plan must be proven.

    A plan that is only as good as another stays. Where weights are all 0 there are no points: that weight is outside.
    """
    scores, test = _Scores(asked.given), _test_of(asked)
    end = time.monotonic() + seconds
    scoring = [one for one in all_criteria() if one.weight]
    found = []
    for number, one in enumerate(scoring):
        share = time.monotonic() + max(0.0, end - time.monotonic()) / (len(scoring) - number)
        found.append(_range(asked, scores, test, one, share))
    return tuple(found)


def _range(asked: Solved, scores: _Scores, test: _Test, one: Criterion, end: float) -> WeightRange:
    now, line = scores.weights[one.key], scores.line(asked.problem, one.key)
    half = time.monotonic() + max(0.0, end - time.monotonic()) / 2
    unbeaten: Ints | None = None  # whole points are often the same at the next weight, and so is the best plan

    def better(points: Ints) -> Flags | None:
        nonlocal unbeaten
        if unbeaten is not None and np.array_equal(points, unbeaten):
            return None
        found = test.better(replace(asked.problem, points=points), asked.chosen)
        unbeaten = points if found is None else None
        return found

    low, below, low_known = _outward(asked, better, line.along(range(now - 1, line.least - 1, -1)), half)
    high, above, high_known = _outward(asked, better, line.along(range(now + 1, MAX_WEIGHT + 1)), end)
    low, high = (now if low is None else low), (now if high is None else high)
    return WeightRange(one.key, one.label, now, low, high, below, above, low_known, high_known)


def _outward(
    asked: Solved, better: Callable[[Ints], Flags | None], steps: Iterable[tuple[int, Ints]], end: float
) -> tuple[int | None, Edge | None, bool]:
    """Walk from the present weight until another plan is better; give the last good weight, the edge, and if known."""
    last: int | None = None
    for weight, points in steps:
        if time.monotonic() > end:
            return last, None, False
        found = better(points)
        if found is not None:
            return last, Edge(weight, _schools(asked, found)), True
        last = weight
    return last, None, True


def _schools(asked: Solved, better: Flags) -> tuple[str, ...]:
    rows = np.unique(asked.problem.school[asked.chosen != better]).tolist()
    return tuple(asked.given.schools[row].id for row in rows)


class _Scores:
    """A round's judgements, made once: points follow for any weights."""

    def __init__(self, given: Round) -> None:
        minutes = minutes_between(given)
        self.weights: Mapping[str, int] = {
            one.key: given.policy.weights.get(one.key, one.weight) for one in all_criteria()
        }
        self.judged: dict[str, Judgement] = {one.key: one.judge(given, minutes) for one in all_criteria()}
        self.shape = len(given.schools), len(given.mentors)
        self.scoring = frozenset(one.key for one in all_criteria() if one.weight)

    def line(self, problem: Problem, key: str) -> _Line:
        """Give the means of a problem's pairs for any weight of one criterion, the others as they are."""
        others = any(self.weights[one] for one in self.scoring - {key})
        (above, below), (far_above, far_below) = (self._fractions(problem, {key: one}) for one in (1, MAX_WEIGHT))
        if far_above.dtype != above.dtype:  # whole numbers too large for doubles, at the highest weights alone
            above, below = (one.astype(np.int64).astype(far_above.dtype) for one in (above, below))
        above_each, below_each = (far_above - above) // (MAX_WEIGHT - 1), (far_below - below) // (MAX_WEIGHT - 1)
        return _Line(above - above_each, above_each, below - below_each, below_each, least=0 if others else 1)

    def _fractions(self, problem: Problem, changed: Mapping[str, int]) -> tuple[Numbers, Numbers]:
        weights = {**self.weights, **changed}
        means = Means([(self.judged[key], weight) for key, weight in weights.items()], self.shape)
        above, below = (one[problem.school, problem.mentor] for one in means.fractions(slice(None)))
        return above, below


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """Means of pairs (n), each a fraction of which both parts grow by as much with each step of a weight.

    `least` is the least weight with which there are points at all.
    """

    above: Numbers
    above_each: Numbers
    below: Numbers
    below_each: Numbers
    least: int

    def along(self, weights: range) -> Iterator[tuple[int, Ints]]:
        """Yield weights with the points of all pairs (n): some at a time, ever more while they are asked for."""
        most, begin, count = max(1, MOST_POINTS // max(1, len(self.above))), 0, 1
        while some := weights[begin : begin + count]:
            at = np.array(some, dtype=self.above.dtype)[:, None]
            points = rounded(self.above + at * self.above_each, self.below + at * self.below_each)
            yield from zip(some, points.astype(np.int64), strict=True)
            begin, count = begin + count, min(2 * count, most)


@dataclass(frozen=True, slots=True, eq=False)
class _Test:
    """Whether a plan is still the best when points change; on a network from the face of the goals before them.

    Goals after those of points ask the same of the same face: `ended` holds the last such face, and the plan it gave.
    """

    network: Network | None
    face: Face | None
    before: int
    ended: list[tuple[Face, Flags]] = field(default_factory=list)

    def better(self, problem: Problem, chosen: Flags) -> Flags | None:
        """Give a plan that is better than `chosen`, None where none is."""
        if self.network is not None and self.face is not None:
            best = self._best(problem, self.network, self.face)
            if rank(problem, best) == rank(problem, chosen):
                return None
        solve, _ = engine_for(problem, RECHECK_SECONDS)
        found = solve(problem, None, None).chosen
        return None if found is None or rank(problem, found) >= rank(problem, chosen) else found

    def _best(self, problem: Problem, network: Network, face: Face) -> Flags:
        after = 1 + max(place for place, name in enumerate(problem.goals) if name in OF_POINTS)
        for name in problem.goals[self.before : after]:
            face = reach(name, problem, network, face)
        for known, best in self.ended:
            if np.array_equal(known.free, face.free) and np.array_equal(known.flow, face.flow):
                return best
        of_points = face
        for name in problem.goals[after:]:
            face = reach(name, problem, network, face)
        self.ended[:] = [(of_points, flags_of(problem, network, face))]
        return self.ended[0][1]


def _test_of(asked: Solved) -> _Test:
    problem = asked.problem
    before = next(place for place, name in enumerate(problem.goals) if name in OF_POINTS)
    if not problem.is_network:
        return _Test(None, None, before)
    network = build_network(problem)
    if has_rivals(problem, network):
        return _Test(None, None, before)
    face = fill_places(network)
    for name in problem.goals[:before]:
        face = reach(name, problem, network, face)
    return _Test(network, face, before)
