"""Should these two be kept apart? What a school or a mentor declared (`niet_met`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.minutes import Minutes
from matcher.domain.column import Reading, plain, split_values
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.round import Round
from matcher.domain.school import School

_NOBODY = frozenset({"", "geen", "niemand", "nee", "neen", "nvt", "nietvantoepassing", "none"})
"""What people write, folded, who want to keep nobody away."""


def read_names(text: str, _policy: Policy) -> Reading:
    """Read ids or names; whether they exist is asked when the whole cohort is known. `geen` or a dash names nobody."""
    names = () if plain(text) in _NOBODY else split_values(text)
    return Reading(tuple(dict.fromkeys(one for one in names if plain(one))))


def declared(school: School, mentor: Mentor) -> bool:
    """Tell whether either side declared the other: by number, or the mentor's company by name or key."""
    return school.id in mentor.not_with or bool(_named(school.not_with) & _names(mentor))


def _names(mentor: Mentor) -> set[str]:
    """Give what a school may call a mentor by; never the empty text of a number that is not known."""
    return {plain(mentor.company), mentor.company_key, mentor.id, mentor.company_number} - {""}


def _named(names: Iterable[str]) -> set[str]:
    """Give names as they stand and folded, for a company's spelling varies."""
    return {spelling for one in names for spelling in (one, plain(one))}


def undeclared(school: School, mentor: Mentor) -> tuple[School, Mentor]:
    """Give both without what keeps them apart; a company that the school named is let through with its mentors."""
    kept = tuple(one for one in school.not_with if not _named((one,)) & _names(mentor))
    return replace(school, not_with=kept), replace(mentor, not_with=tuple(o for o in mentor.not_with if o != school.id))


def _declared_pairs(given: Round) -> set[tuple[str, str]]:
    """Give the ids of the pairs that `declared` keeps apart, by looking names up instead of trying every pair."""
    called: defaultdict[str, list[str]] = defaultdict(list)
    if any(school.not_with for school in given.schools):
        for mentor in given.mentors:
            for name in _names(mentor):
                called[name].append(mentor.id)
    schools = {school.id for school in given.schools}
    by_schools = {
        (school.id, mentor)
        for school in given.schools
        for name in _named(school.not_with)
        for mentor in called.get(name, ())
    }
    return by_schools | {(one, mentor.id) for mentor in given.mentors for one in mentor.not_with if one in schools}


class ConflictOfInterest:
    """A veto alone: a child's school, a company that the school must not get."""

    key = "conflict_of_interest"
    label = "belangenconflict"
    weight = 0
    columns = (declared_column(School, "not_with", read_names), declared_column(Mentor, "not_with", read_names))

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Give a class of their own only to those whom a declaration names."""
        apart = _declared_pairs(given)
        rows = {school: row for row, school in enumerate(sorted({school for school, _ in apart}), start=1)}
        columns = {mentor: column for column, mentor in enumerate(sorted({mentor for _, mentor in apart}), start=1)}
        veto = np.zeros((len(rows) + 1, len(columns) + 1), dtype=np.bool_)
        for school, mentor in apart:
            veto[rows[school], columns[mentor]] = True
        return Judgement(
            school_class=np.array([rows.get(one.id, 0) for one in given.schools], dtype=np.int64),
            mentor_class=np.array([columns.get(one.id, 0) for one in given.mentors], dtype=np.int64),
            veto=veto,
        )

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give 1 for whoever of the two declared the other."""
        by_mentor = school.id in mentor.not_with
        return {"by_mentor": int(by_mentor), "by_school": int(bool(_named(school.not_with) & _names(mentor)))}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Say nothing where nothing was declared."""
        return ""

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name who declared whom."""
        if not declared(school, mentor):
            return ""
        if school.id in mentor.not_with:
            return f"{mentor.name} mag niet naar {school.name} (opgegeven belangenconflict)."
        if mentor.id in _named(school.not_with):
            return f"{school.name} wil {mentor.name} niet als mentor (opgegeven)."
        return f"{school.name} wil geen mentor van {mentor.company} (opgegeven)."


CRITERION = ConflictOfInterest()
