"""May each mentor help each school, and how well? All criteria over all pairs, in exact whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria import criteria as all_criteria
from matcher.criteria.minutes import minutes_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from matcher.criteria.base import Criterion, Judgement
    from matcher.domain.round import Mentor, Round, School

    Ints = NDArray[np.int64]

PAIRS_AT_ONCE = 1_000_000
"""So many pairs are worked out together; bounds the memory that is used in passing."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """Every pair's verdict, schools x mentors in the round's order.

    `points` 0-1000 (int16), given for vetoed pairs too; `minutes` one way (int16); `vetoes` a bit per
    criterion in the order of `keys` (uint16).
    """

    keys: tuple[str, ...]
    points: NDArray[np.int16]
    minutes: NDArray[np.int16]
    vetoes: NDArray[np.uint16]

    @property
    def allowed(self) -> NDArray[np.bool_]:
        """Whether no criterion vetoes the pair (schools x mentors)."""
        none: NDArray[np.bool_] = self.vetoes == 0
        return none


def judge(given: Round, criteria: Sequence[Criterion] | None = None) -> Verdicts:
    """Judge every pair of a round.

    Points are the weighted mean of the criteria's scores times ten, an exact fraction rounded half to
    even once; a criterion that does not apply falls out of the mean. A pair for which no weight is left
    has 0 points.
    """
    criteria = all_criteria() if criteria is None else tuple(criteria)
    minutes = minutes_between(given)
    judged = [criterion.judge(given, minutes) for criterion in criteria]
    weights = [given.policy.weights.get(one.key, one.weight) for one in criteria]
    shape = len(given.schools), len(given.mentors)
    points, vetoes = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.uint16)
    scored = [
        (one, weight) for one, weight in zip(judged, weights, strict=True) if one.numerator is not None and weight
    ]
    means = _Means(scored, shape)
    step = max(1, PAIRS_AT_ONCE // max(1, shape[1]))
    for start in range(0, shape[0], step):
        rows = slice(start, min(start + step, shape[0]))
        points[rows] = means.points(rows)
        for bit, one in enumerate(judged):
            if one.veto is not None:
                vetoes[rows] |= _spread(one.veto.astype(np.uint16) * np.uint16(1 << bit), one, rows)
    short = np.minimum(minutes.table, np.iinfo(np.int16).max).astype(np.int16)
    travel = short[minutes.school_place][:, minutes.mentor_place]
    return Verdicts(tuple(one.key for one in criteria), points, travel, vetoes)


def explain_pair(given: Round, school: School, mentor: Mentor, minutes: int) -> tuple[str, ...]:
    """Give the criteria's Dutch sentences about a pair, heaviest criterion first."""
    ordered = sorted(all_criteria(), key=lambda one: -given.policy.weights.get(one.key, one.weight))
    told = (one.explain(given, school, mentor, minutes) for one in ordered)
    return tuple(sentence for sentence in told if sentence)


def objections(given: Round, school: School, mentor: Mentor, minutes: int) -> tuple[tuple[str, str], ...]:
    """Give key and Dutch sentence of every criterion that vetoes a pair."""
    told = ((one.key, one.object_to(given, school, mentor, minutes)) for one in all_criteria())
    return tuple((key, sentence) for key, sentence in told if sentence)


def _spread(table: NDArray[np.uint16], judged: Judgement, rows: slice) -> NDArray[np.uint16]:
    """Give each pair of some rows its class's entry."""
    return np.take(np.take(table, judged.school_class[rows], axis=0), judged.mentor_class, axis=1)


class _Means:
    """Weighted means as exact fractions: numerators over a school's times a mentor's denominator.

    Scores whose denominators depend on school or mentor alone keep the sums in 64 bits: weights are at most
    1000, scores 100, and the largest denominators 4, 1680 and 400.
    """

    def __init__(self, scored: Sequence[tuple[Judgement, int]], shape: tuple[int, int]) -> None:
        self.scored = scored
        self.school_unit = np.ones(shape[0], dtype=np.int64)
        self.mentor_unit = np.ones(shape[1], dtype=np.int64)
        for judged, _ in scored:
            school, mentor = _units(judged)
            self.school_unit *= school
            self.mentor_unit *= mentor

    def points(self, rows: slice) -> NDArray[np.int16]:
        """Give the points of some rows, rounded half to even."""
        total = np.zeros((len(self.school_unit[rows]), len(self.mentor_unit)), dtype=np.int64)
        weight = np.zeros_like(total, shape=(1, 1))
        for judged, share in self.scored:
            school, mentor = _units(judged)
            applies = _applies(judged, rows)
            part = np.take(np.take(judged.numerator, judged.school_class[rows], axis=0), judged.mentor_class, axis=1)  # type: ignore[arg-type]
            part = part * (10 * share * (self.school_unit // school)[rows])[:, None]
            part *= self.mentor_unit // mentor
            if applies is not None:
                part *= applies
            total += part
            weight = weight + (share if applies is None else share * applies)
        below = weight * self.school_unit[rows][:, None] * self.mentor_unit
        return _half_to_even(total, np.maximum(below, 1)).astype(np.int16)


def _units(judged: Judgement) -> tuple[Ints, Ints]:
    ones = np.ones(1, dtype=np.int64)
    school = judged.school_denominator[judged.school_class] if judged.school_denominator is not None else ones
    mentor = judged.mentor_denominator[judged.mentor_class] if judged.mentor_denominator is not None else ones
    return school, mentor


def _applies(judged: Judgement, rows: slice) -> NDArray[np.bool_] | None:
    if judged.applies_school is None and judged.applies_mentor is None:
        return None
    school = (
        judged.applies_school[judged.school_class[rows]] if judged.applies_school is not None else np.ones(1, np.bool_)
    )
    mentor = judged.applies_mentor[judged.mentor_class] if judged.applies_mentor is not None else np.ones(1, np.bool_)
    return school[:, None] & mentor


def _half_to_even(above: Ints, below: Ints) -> Ints:
    whole, rest = np.divmod(above, below)
    rest *= 2
    whole += (rest > below) | ((rest == below) & (whole % 2 == 1))
    return whole
