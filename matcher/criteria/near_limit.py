"""Does an estimate decide? Pairs whose travel lies so close to the limit that another minute would turn the veto."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.domain.travel import UNREACHABLE, is_estimated

if TYPE_CHECKING:
    from matcher.criteria.arrays import Flags
    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School
    from matcher.matching.verdicts import Verdicts

NEAR_PERCENT = 15
"""So near to the limit, on either side, the estimate can be wrong about it: it often is that much off."""


def limit_of(given: Round, mentor: Mentor) -> int:
    """Give the minutes one way that a mentor travels at most: the mentor's own, else the policy's."""
    return mentor.max_minutes if mentor.max_minutes is not None else given.policy.max_minutes


def near_limit(given: Round, school: School, mentor: Mentor, minutes: int) -> bool:
    """Tell whether a pair's travel is an estimate close to the mentor's limit.

    Never so with the older estimate: what was said of its pairs stays what it was.
    """
    limit = limit_of(given, mentor)
    close = minutes < UNREACHABLE and 100 * abs(minutes - limit) <= NEAR_PERCENT * limit
    return close and not given.policy.older_travel and is_estimated(given.roads, mentor.position, school.position)


def decided_by_estimate(given: Round, verdicts: Verdicts) -> Flags:
    """Tell of every pair (schools x mentors) whether it is possible or not by an estimate close to the limit alone.

    A pair that something else keeps apart, the provinces among it, does not hang on the estimate.
    """
    shape = len(given.schools), len(given.mentors)
    if given.policy.older_travel:
        return np.zeros(shape, dtype=np.bool_)
    limits = np.array([limit_of(given, one) for one in given.mentors], dtype=np.int32)
    region = np.uint16(1 << verdicts.keys.index("region"))
    far = verdicts.minutes > limits
    close = 100 * np.abs(verdicts.minutes - limits) <= NEAR_PERCENT * limits
    found = close & (verdicts.vetoes == np.where(far, region, np.uint16(0)))
    for row, column in zip(*np.nonzero(found), strict=True):
        school, mentor = given.schools[row], given.mentors[column]
        served = not mentor.provinces or school.province in mentor.provinces
        found[row, column] = served and is_estimated(given.roads, mentor.position, school.position)
    decided: Flags = found
    return decided
