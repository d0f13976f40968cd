"""How far can a criterion's weight move before another plan is better? Every whole weight asked, none guessed.

Points are rounded once, so that a plan may be the best at 30 and 32 and not at 31: nothing between two weights may be
passed over. Several are asked about at once, and each of them is then sure. A range is what a person can type: the
whole weights around the present one at each of which no plan is better on any goal in its order; just outside of it
one is, and that plan is told.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matcher.criteria import criteria as all_criteria
from matcher.criteria.base import Criterion, Judgement
from matcher.criteria.minutes import minutes_between
from matcher.domain.policy import MAX_WEIGHT
from matcher.domain.round import Round
from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.problem import Problem
from matcher.matching.means import Means, Numbers, rounded
from matcher.matching.solved import Solved
from matcher.questions.still_best import StillBest, still_best

SECONDS = 60.0
"""Time for all ranges together; a side that is not looked through by then says so."""

MOST_POINTS = 1_000_000
"""Points that are worked out at a time, for several weights together."""


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
    scores, test = _Scores(asked.given), still_best(asked.problem, asked.chosen)
    end = time.monotonic() + seconds
    scoring = [one for one in all_criteria() if one.weight]
    found = []
    for number, one in enumerate(scoring):
        share = time.monotonic() + max(0.0, end - time.monotonic()) / (len(scoring) - number)
        found.append(_range(asked, scores, test, one, share))
    return tuple(found)


def _range(asked: Solved, scores: _Scores, test: StillBest, one: Criterion, end: float) -> WeightRange:
    now, line = scores.weights[one.key], scores.line(asked.problem, one.key)
    half = time.monotonic() + max(0.0, end - time.monotonic()) / 2
    low, below, low_known = _outward(asked, test, line, range(now - 1, line.least - 1, -1), half)
    high, above, high_known = _outward(asked, test, line, range(now + 1, MAX_WEIGHT + 1), end)
    low, high = (now if low is None else low), (now if high is None else high)
    return WeightRange(one.key, one.label, now, low, high, below, above, low_known, high_known)


def _outward(
    asked: Solved, test: StillBest, line: _Line, weights: range, end: float
) -> tuple[int | None, Edge | None, bool]:
    """Walk from the present weight until another plan is better; give the last good weight, the edge, and if known.

    Ever more weights at once, for as long as the plan is sure to stay the best at all of them; fewer where it is not.
    """
    last: int | None = None
    unbeaten: Ints | None = None  # whole points are often the same at the next weights, and so is the best plan
    begin, count = 0, 1
    while some := weights[begin : begin + count]:
        if time.monotonic() > end:
            return last, None, False
        points = line.at(some)
        stays = (unbeaten is not None and bool((points == unbeaten).all())) or (len(some) > 1 and test.holds(points))
        if not stays and len(some) > 1:
            count = len(some) // 2
            continue
        found = None if stays else test.better(points[-1])
        if found is not None:
            return last, Edge(some[0], _schools(asked, found)), True
        last, unbeaten, begin = some[-1], points[-1], begin + len(some)
        count = min(2 * count, line.most)
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

    @property
    def most(self) -> int:
        """How many weights are worked out at a time at most."""
        return max(1, MOST_POINTS // max(1, len(self.above)))

    def at(self, weights: range) -> Ints:
        """Give the points of all pairs at some weights (weights x pairs)."""
        steps = np.array(weights, dtype=self.above.dtype)[:, None]
        points: Ints = rounded(self.above + steps * self.above_each, self.below + steps * self.below_each).astype(
            np.int64
        )
        return points
