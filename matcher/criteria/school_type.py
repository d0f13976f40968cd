"""Does the mentor want to work with this kind of school? Onderwijsvormen in common."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.minutes import Minutes
from matcher.criteria.school_kinds import read_finalities, read_types, read_wishes
from matcher.criteria.wording import listed
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.school_types import FINALITY_NAMES, types_of
from matcher.domain.vocabulary import SCHOOL_TYPES


class SchoolType:
    """The share of the school's onderwijsvormen that the mentor wants; none in common is a veto."""

    key = "school_type"
    label = "onderwijsvorm"
    weight = 15
    columns = (
        declared_column(School, "school_types", read_types),
        declared_column(School, "finalities", read_finalities),
        declared_column(Mentor, "school_types", read_wishes),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Count common onderwijsvormen; a school's own number of them is the denominator."""
        school_class, schools = classes(given.schools, lambda one: types_of(one, given.policy))
        mentor_class, mentors = classes(given.mentors, lambda one: one.school_types or SCHOOL_TYPES)
        common = np.array([[len(set(one) & set(other)) for other in mentors] for one in schools], dtype=np.int64)
        common = common.reshape(len(schools), len(mentors))
        return Judgement(
            school_class=school_class,
            mentor_class=mentor_class,
            veto=common == 0,
            numerator=100 * common,
            school_denominator=np.array([max(1, len(one)) for one in schools], dtype=np.int64),
        )

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give how many onderwijsvormen they have in common."""
        return {"common": len(set(types_of(school, given.policy)) & set(mentor.school_types or SCHOOL_TYPES))}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the onderwijsvormen in common, and the finalities where the school tells only those."""
        types = types_of(school, given.policy)
        common = [one for one in types if one in (mentor.school_types or SCHOOL_TYPES)]
        ours = f" ({_as_read(school)})" if not school.school_types else ""
        if len(common) == len(types):
            return f"Wil werken met {listed(common)}{ours}."
        rest = [one for one in types if one not in common]
        return f"Wil werken met {listed(common)}, niet met {listed(rest)}{ours}." if common else ""

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name what the mentor wants and what the school is."""
        types = types_of(school, given.policy)
        if not mentor.school_types or set(types) & set(mentor.school_types):
            return ""
        ours = f", {_as_read(school)}" if not school.school_types else ""
        return f"{mentor.name} wil {listed(mentor.school_types, 'of')}; de school is {listed(types)}{ours}."


def _as_read(school: School) -> str:
    """Say that onderwijsvormen follow from finalities, which is our reading."""
    return f"zo lezen wij {listed([FINALITY_NAMES[one] for one in school.finalities])}"


CRITERION = SchoolType()
