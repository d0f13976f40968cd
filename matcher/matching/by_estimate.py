"""Which pairs are possible or not by an estimate alone? Those whose travel lies close to the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.near_limit import NEAR_PERCENT, limit_of
from matcher.domain.travel import is_estimated

if TYPE_CHECKING:
    from matcher.criteria.arrays import Flags
    from matcher.domain.round import Round
    from matcher.matching.verdicts import Verdicts


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


@dataclass(frozen=True, slots=True)
class CloseCall:
    """A pair that is possible (or not) by an estimate close to the mentor's limit, in minutes one way."""

    school: str
    mentor: str
    minutes: int
    limit: int

    @property
    def possible(self) -> bool:
        """Whether the estimate lets the pair through."""
        return self.minutes <= self.limit


def close_calls(given: Round, verdicts: Verdicts) -> tuple[CloseCall, ...]:
    """Give the pairs that hang on an estimate, of mentors who take part: those closest to the limit first."""
    found = []
    for row, column in zip(*(one.tolist() for one in np.nonzero(decided_by_estimate(given, verdicts))), strict=True):
        mentor = given.mentors[column]
        if given.helps(mentor):
            minutes = int(verdicts.minutes[row, column])
            found.append(CloseCall(given.schools[row].id, mentor.id, minutes, limit_of(given, mentor)))
    return tuple(sorted(found, key=lambda one: (abs(one.minutes - one.limit), one.school, one.mentor)))
