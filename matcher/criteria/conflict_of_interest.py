"""Should these two be kept apart? What a school or a mentor declared (`niet_met`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.base import Judgement
from matcher.domain.column import Column, Reading, plain, split_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.criteria.minutes import Minutes
    from matcher.domain.policy import Policy
    from matcher.domain.round import Mentor, Round, School


def read_names(text: str, _policy: Policy) -> Reading:
    """Read ids or names; whether they exist is asked when the whole cohort is known. A mere dash names nobody."""
    return Reading(tuple(dict.fromkeys(one for one in split_values(text) if plain(one))))


def declared(school: School, mentor: Mentor) -> bool:
    """Tell whether either side declared the other: by number, or the mentor's company by name or key."""
    return school.id in mentor.not_with or bool(_named(school.not_with) & _names(mentor))


def _names(mentor: Mentor) -> set[str]:
    """Give what a school may call a mentor by; never the empty text of a number that is not known."""
    return {plain(mentor.company), mentor.company_key, mentor.id, mentor.company_number} - {""}


def _named(names: Iterable[str]) -> set[str]:
    """Give names as they stand and folded, for a company's spelling varies."""
    return {spelling for one in names for spelling in (one, plain(one))}


class ConflictOfInterest:
    """A veto alone: a child's school, a company that the school must not get."""

    key = "conflict_of_interest"
    label = "belangenconflict"
    weight = 0
    columns = (
        Column(
            sheet="Scholen",
            name="niet_met",
            field="not_with",
            read=read_names,
            synonyms=("niet met", "liever niet met", "uitgesloten mentoren", "geen mentor van"),
            meaning="Bedrijven of mentornummers die deze school niet mag krijgen.",
            example="M012",
        ),
        Column(
            sheet="Mentoren",
            name="niet_met",
            field="not_with",
            read=read_names,
            synonyms=("niet met", "liever niet met", "uitgesloten scholen", "belangenconflict"),
            meaning="Schoolnummers waar deze mentor niet heen mag, bijvoorbeeld de school van een kind.",
            example="034561",
        ),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Give a class of their own only to those whom a declaration names."""
        named = {one for mentor in given.mentors for one in mentor.not_with}
        schools = [school for school in given.schools if school.not_with or school.id in named]
        wary = {one.id for one in given.mentors if one.not_with}
        refused = _named(one for school in schools for one in school.not_with)
        mentors = [mentor for mentor in given.mentors if mentor.id in wary or refused & _names(mentor)]
        veto = np.zeros((len(schools) + 1, len(mentors) + 1), dtype=np.bool_)
        for row, school in enumerate(schools, start=1):
            for column, mentor in enumerate(mentors, start=1):
                veto[row, column] = declared(school, mentor)
        rows = {one.id: row for row, one in enumerate(schools, start=1)}
        columns = {one.id: column for column, one in enumerate(mentors, start=1)}
        return Judgement(
            school_class=np.array([rows.get(one.id, 0) for one in given.schools], dtype=np.int64),
            mentor_class=np.array([columns.get(one.id, 0) for one in given.mentors], dtype=np.int64),
            veto=veto,
        )

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
