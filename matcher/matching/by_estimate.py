"""Which pairs are possible or not by an estimate alone? Those whose travel lies close to the limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.criteria.arrays import Flags
from matcher.criteria.near_limit import NEAR_PERCENT, limit_of
from matcher.domain.round import Round
from matcher.domain.travel import is_estimated
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
    found &= _served(given)
    if given.roads is not None:
        for row, column in zip(*np.nonzero(found), strict=True):
            places = given.mentors[column].position, given.schools[row].position
            found[row, column] = is_estimated(given.roads, *places)
    decided: Flags = found
    return decided


def _served(given: Round) -> Flags:
    """Tell whether each school (rows) lies in a province that each mentor (columns) serves."""
    wanted = list({one.provinces for one in given.mentors})
    number = {one: place for place, one in enumerate(wanted)}
    table = [[not one or school.province in one for one in wanted] for school in given.schools]
    of_mentor = [number[one.provinces] for one in given.mentors]
    served: Flags = np.array(table, dtype=np.bool_).reshape(len(given.schools), len(wanted))[:, of_mentor]
    return served


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
    rows, columns = np.nonzero(decided_by_estimate(given, verdicts))
    helps = np.array([given.helps(one) for one in given.mentors], dtype=np.bool_)[columns]
    rows, columns = rows[helps], columns[helps]
    limits = [limit_of(given, one) for one in given.mentors]
    found = (
        CloseCall(given.schools[row].id, given.mentors[column].id, minutes, limits[column])
        for row, column, minutes in zip(
            rows.tolist(), columns.tolist(), verdicts.minutes[rows, columns].tolist(), strict=True
        )
    )
    return tuple(sorted(found, key=lambda one: (abs(one.minutes - one.limit), one.school, one.mentor)))
