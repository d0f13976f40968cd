"""Can school and mentor meet? Half-days that both have free."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.half_days import read_half_days
from matcher.criteria.minutes import Minutes
from matcher.criteria.wording import listed
from matcher.domain.counting import counted
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import HALF_DAY_NAMES, HALF_DAYS

POINTS_PER_HALF_DAY = 33
ENOUGH = 3
"""From so many common half-days on the score is 100."""

MOST_NAMED = 4
"""So many half-days are named; more are counted."""


class Availability:
    """Half-days in common: at least the policy's minimum, 33 points each, 100 from three on."""

    key = "availability"
    label = "beschikbaarheid"
    weight = 10
    columns = (
        declared_column(School, "half_days", read_half_days),
        declared_column(Mentor, "half_days", read_half_days),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Count the common half-days of every combination."""
        school_class, schools = classes(given.schools, lambda one: one.half_days)
        mentor_class, mentors = classes(given.mentors, lambda one: one.half_days)
        common = _flags(schools) @ _flags(mentors).T
        score = np.where(common >= ENOUGH, 100, POINTS_PER_HALF_DAY * common)
        return Judgement(
            school_class=school_class,
            mentor_class=mentor_class,
            veto=common < given.policy.min_half_days,
            numerator=score,
        )

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give the half-days in common and how many are needed."""
        common = len(set(school.half_days) & set(mentor.half_days))
        return {"common": common, "needed": given.policy.min_half_days}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the common half-days."""
        common = [HALF_DAY_NAMES[half] for half in HALF_DAYS if half in school.half_days and half in mentor.half_days]
        if not common:
            return ""
        many = counted(len(common), "halve dag", "halve dagen")
        return f"Samen vrij op {listed(common) if len(common) <= MOST_NAMED else many}."

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Say how many half-days are missing."""
        common = len(set(school.half_days) & set(mentor.half_days))
        least = given.policy.min_half_days
        if common >= least:
            return ""
        if common == 0:
            return f"{mentor.name} en de school hebben geen enkele halve dag samen vrij."
        return f"Ze hebben {counted(common, 'halve dag', 'halve dagen')} samen vrij; er zijn er {least} nodig."


def _flags(keys: list[tuple[str, ...]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([[half in one for half in HALF_DAYS] for one in keys], dtype=np.int64).reshape(-1, len(HALF_DAYS))


CRITERION = Availability()
