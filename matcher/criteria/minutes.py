"""How many minutes lie between every mentor and every school of a round?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.criteria.arrays import Ints
from matcher.criteria.classes import classes
from matcher.domain import travel
from matcher.domain.round import Round


@dataclass(frozen=True, slots=True, eq=False)
class Minutes:
    """Minutes one way between distinct places: `table` (school places x mentor places), and everybody's place."""

    school_place: Ints
    mentor_place: Ints
    table: Ints


def minutes_between(given: Round) -> Minutes:
    """Give road times where the round has them, else the estimate."""
    school_place, schools = classes(given.schools, lambda one: one.position)
    mentor_place, mentors = classes(given.mentors, lambda one: one.position)
    table = travel.minutes_between(mentors, schools, given.roads, given.policy).T
    return Minutes(school_place, mentor_place, np.ascontiguousarray(table, dtype=np.int64))
