"""Where do a pair's points come from? Each criterion's score and its share, in whole points that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from matcher.criteria import criteria as all_criteria
from matcher.criteria.base import Judgement
from matcher.criteria.minutes import minutes_between
from matcher.domain.round import Round
from matcher.matching.verdicts import judge


@dataclass(frozen=True, slots=True)
class Share:
    """What one criterion adds: its score from 0 to 100, its weight, and its whole points.

    `score` is None where the criterion has nothing to go by: it then falls out of the mean.
    """

    key: str
    label: str
    weight: int
    score: Fraction | None
    points: int


class _Part(NamedTuple):
    key: str
    label: str
    weight: int
    score: Fraction | None


def shares(given: Round, school: str, mentor: str) -> tuple[Share, ...]:
    """Share a pair's points out over the criteria that weigh, the heaviest first; ids must exist.

    The points are whole and add up to the pair's own: what rounding leaves goes to the largest remainders.
    """
    few = replace(
        given,
        schools=tuple(one for one in given.schools if one.id == school),
        mentors=tuple(one for one in given.mentors if one.id == mentor),
        locks=(),
        withdrawn={},
        previous=None,
    )
    parts = _parts(few)
    total = int(judge(few).points[0, 0])
    weighed = sum(one.weight for one in parts if one.score is not None)
    exact = [Fraction(0) if one.score is None else one.score * 10 * one.weight / weighed for one in parts]
    return tuple(Share(*one, points) for one, points in zip(parts, _whole(exact, total), strict=True))


def _parts(few: Round) -> list[_Part]:
    minutes = minutes_between(few)
    found = []
    for one in all_criteria():
        weight = few.policy.weights.get(one.key, one.weight)
        judged = one.judge(few, minutes)
        if weight and judged.numerator is not None:
            found.append(_Part(one.key, one.label, weight, _score(judged)))
    return sorted(found, key=lambda one: (-one.weight, one.key))


def _score(judged: Judgement) -> Fraction | None:
    """Give the score of the only pair, None where the criterion does not apply."""
    row, column = judged.school_class[0], judged.mentor_class[0]
    reach = ((judged.applies_school, row), (judged.applies_mentor, column))
    if any(applies is not None and not applies[place] for applies, place in reach):
        return None
    assert judged.numerator is not None  # noqa: S101 - asked for those that score
    score = Fraction(int(judged.numerator[row, column]))
    for denominator, place in ((judged.school_denominator, row), (judged.mentor_denominator, column)):
        score /= 1 if denominator is None else int(denominator[place])
    return score


def _whole(exact: Sequence[Fraction], total: int) -> list[int]:
    """Round to whole numbers that add up to `total`, which is the sum rounded."""
    whole = [int(one) for one in exact]
    left = total - sum(whole)
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[:left]:
        whole[place] += 1
    return whole
