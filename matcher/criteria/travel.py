"""How far is it? Minutes one way, as points."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.criteria.arrays import Ints
from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.minutes import Minutes
from matcher.criteria.near_limit import limit_of, near_limit
from matcher.domain.column import Column
from matcher.domain.counting import counted
from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.travel import UNREACHABLE, is_estimated

NEAR, HALF_WAY = 20, 40
"""Minutes that score 100, and that score 50 where the limit lies farther."""


def travel_scores(minutes: Ints, limit: Ints) -> tuple[Ints, Ints]:
    """Give scores as numerators over a denominator per limit.

    100 up to 20 minutes, linear to 50 at 40, linear to 0 at the limit; with a limit of 40 or less linear
    from 100 at half the limit to 0 at the limit. Both arguments broadcast; denominators have `limit`'s shape.
    """
    far = limit > HALF_WAY
    denominator = np.where(far, 2 * np.maximum(limit - HALF_WAY, 1), limit)
    on_the_way = 100 * denominator - (minutes - NEAR) * 5 * denominator // 2
    beyond = 100 * (limit - minutes)
    long_trip = np.where(minutes <= HALF_WAY, np.minimum(on_the_way, 100 * denominator), beyond)
    short_trip = np.minimum(200 * (limit - minutes), 100 * limit)
    return np.maximum(np.where(far, long_trip, short_trip), 0), denominator


class Travel:
    """Points for being near; the veto for being too far is the region's."""

    key = "travel"
    label = "reistijd"
    weight = 30
    columns: tuple[Column, ...] = ()

    def judge(self, given: Round, minutes: Minutes) -> Judgement:
        """Score every number of minutes under every limit, and look up each combination of places."""
        mentor_class, mentors = classes(
            zip(given.mentors, minutes.mentor_place.tolist(), strict=True),
            lambda one: (one[1], limit_of(given, one[0])),
        )
        limit_class, limits = classes(mentors, lambda one: one[1])
        farthest = max(limits, default=0)
        numerator, denominator = travel_scores(np.arange(farthest + 1)[:, None], np.array(limits, dtype=np.int64))
        travel = np.minimum(minutes.table, farthest)[:, [place for place, _ in mentors]]
        return Judgement(
            school_class=minutes.school_place,
            mentor_class=mentor_class,
            numerator=numerator[travel, limit_class],
            mentor_denominator=denominator[limit_class],
        )

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give nothing: nobody is vetoed."""
        return {}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:
        """Name the minutes, that they are an estimate where they are, and the limit where that is close."""
        if minutes >= UNREACHABLE:
            return "Er is geen weg naar de school gevonden."
        told = f"{counted(minutes, 'minuut', 'minuten')} rijden"
        if not is_estimated(given.roads, mentor.position, school.position):
            return f"{told}."
        near = f", dicht bij de grens van {limit_of(given, mentor)}"
        return f"{told} (schatting{near if near_limit(given, school, mentor, minutes) else ''})."

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Object to nothing."""
        return ""


CRITERION = Travel()
