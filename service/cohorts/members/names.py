"""Which names stand behind the ids of a cohort, as a page shows them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.access.work import Work
from service.cohorts.members import actions
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.cohorts.members.shapes import MentorOut, SchoolOut
from service.web.pages.dutch_format import by_name


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a cohort by their number."""

    schools: Mapping[str, SchoolOut] = field(default_factory=dict)
    mentors: Mapping[str, MentorOut] = field(default_factory=dict)

    def school(self, key: str) -> str:
        """Give a school's name, its number where it is gone."""
        return self.schools[key].name if key in self.schools else key

    def mentor(self, key: str) -> str:
        """Give a mentor's name, the number of who is gone."""
        return person_name(self.mentors[key]) if key in self.mentors else key

    def listed_schools(self) -> list[tuple[str, SchoolOut]]:
        """Give the schools with their number, by name."""
        return sorted(self.schools.items(), key=lambda pair: (by_name(pair[1].name), pair[0]))

    def listed_mentors(self) -> list[tuple[str, str]]:
        """Give the numbers of the mentors with their name, by name."""
        return sorted(((key, self.mentor(key)) for key in self.mentors), key=lambda pair: (by_name(pair[1]), pair[0]))


def person_name(one: MentorOut) -> str:
    """Give a mentor's name; for who may not know it, or where it was erased, the company."""
    name = f"{one.first_name or ''} {one.last_name or ''}".strip()
    return name or f"Mentor van {one.company}"


def names_of(work: Work, cohort: str) -> Names:
    """Give who is in a cohort; that names of people were read is noted, once for the schools and once for the mentors.

    Raises Problem 403 or 404.
    """
    schools, mentors = actions.all_members(work, cohort, SCHOOL), actions.all_members(work, cohort, MENTOR)
    return Names({one.id: one for one in schools}, {one.id: one for one in mentors})


def gone_mentors(work: Work, cohort: str) -> set[str]:
    """Give who withdrew; who only looks is not told."""
    return actions.withdrawn_mentors(work, cohort) if work.is_trusted else set()
