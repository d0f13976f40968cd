"""Does an estimate decide? Pairs whose travel lies so close to the limit that another minute would turn the veto."""

from __future__ import annotations

from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.travel import UNREACHABLE, is_estimated

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
