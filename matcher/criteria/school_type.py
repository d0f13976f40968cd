"""Does the mentor want to work with this kind of school? Onderwijsvormen in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.lists import list_reader
from matcher.criteria.wording import listed
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.school import School
from matcher.domain.vocabulary import SCHOOL_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.criteria.minutes import Minutes
    from matcher.domain.round import Round

SPELLINGS = {
    "ASO": ("algemeen secundair", "algemeen secundair onderwijs"),
    "TSO": ("technisch secundair", "technisch secundair onderwijs"),
    "BSO": ("beroeps", "beroepssecundair onderwijs", "beroepssecundair"),
    "KSO": ("kunst", "kunstsecundair onderwijs", "kunstsecundair"),
}
MEANT = {spelling: (name,) for name, others in SPELLINGS.items() for spelling in others}
READER = list_reader(SCHOOL_TYPES, MEANT, "unknown_school_type", "onderwijsvorm")
SYNONYMS = ("onderwijsvorm", "onderwijsvorm(en)", "type school", "schooltype", "niveau")


class SchoolType:
    """The share of the school's onderwijsvormen that the mentor wants; none in common is a veto."""

    key = "school_type"
    label = "onderwijsvorm"
    weight = 15
    columns = (declared_column(School, "school_types", READER), declared_column(Mentor, "school_types", READER))

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Count common onderwijsvormen; a school's own number of them is the denominator."""
        school_class, schools = classes(given.schools, lambda one: one.school_types)
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
        return {"common": len(set(school.school_types) & set(mentor.school_types or SCHOOL_TYPES))}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the onderwijsvormen in common."""
        common = [one for one in school.school_types if one in (mentor.school_types or SCHOOL_TYPES)]
        if len(common) == len(school.school_types):
            return f"Wil werken met {listed(common)}."
        rest = [one for one in school.school_types if one not in common]
        return f"Wil werken met {listed(common)}, niet met {listed(rest)}." if common else ""

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name what the mentor wants and what the school is."""
        if not mentor.school_types or set(school.school_types) & set(mentor.school_types):
            return ""
        return f"{mentor.name} wil {listed(mentor.school_types, 'of')}; de school is {listed(school.school_types)}."


CRITERION = SchoolType()
