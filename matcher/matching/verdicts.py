"""May each mentor help each school, and how well? All criteria over all pairs, in exact whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.criteria import criteria as all_criteria
from matcher.criteria.base import Criterion
from matcher.criteria.minutes import minutes_between
from matcher.domain.frame_lookup import frame_maker
from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.matching.means import Means

PAIRS_AT_ONCE = 1 << 16
"""So many pairs are worked out together: their numbers stay in the processor's own memory."""


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

    def to_frame(self, given: Round) -> Any:  # noqa: ANN401 - pandas loads only when asked for
        """Give a pandas DataFrame with a row for every school and mentor of the round that these are of."""
        return frame_maker("verdict_frame")(self, given)


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
    means = Means(zip(judged, weights, strict=True), shape)
    flags = [one.veto.astype(np.uint16) << bit for bit, one in enumerate(judged) if one.veto is not None]
    vetoing = [one for one in judged if one.veto is not None]
    points, vetoes = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.uint16)
    step = max(1, PAIRS_AT_ONCE // max(1, shape[1]))
    for start in range(0, shape[0], step):
        rows = slice(start, min(start + step, shape[0]))
        points[rows] = means.points(rows)
        for table, one in zip(flags, vetoing, strict=True):
            vetoes[rows] |= table[one.school_class[rows]].take(one.mentor_class, axis=1)
    short = np.minimum(minutes.table, np.iinfo(np.int16).max).astype(np.int16)
    travel = short[minutes.school_place].take(minutes.mentor_place, axis=1)
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
