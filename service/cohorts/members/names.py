"""Which names stand behind the ids of a cohort, as a page shows them?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.web.pages.dutch_format import by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.work import Work
    from service.web.pages.inside import Inside


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a cohort by their number."""

    schools: Mapping[str, Any] = field(default_factory=dict)
    mentors: Mapping[str, Any] = field(default_factory=dict)

    def school(self, key: str) -> str:
        """Give a school's name, its number where it is gone."""
        return str(self.schools[key]["name"]) if key in self.schools else key

    def mentor(self, key: str) -> str:
        """Give a mentor's name, the number of who is gone."""
        return person_name(self.mentors[key]) if key in self.mentors else key

    def listed_schools(self) -> list[tuple[str, Any]]:
        """Give the schools with their number, by name."""
        return sorted(self.schools.items(), key=lambda pair: (by_name(str(pair[1]["name"])), pair[0]))

    def listed_mentors(self) -> list[tuple[str, str]]:
        """Give the numbers of the mentors with their name, by name."""
        return sorted(((key, self.mentor(key)) for key in self.mentors), key=lambda pair: (by_name(pair[1]), pair[0]))


def person_name(one: Mapping[str, Any]) -> str:
    """Give a mentor's name; for who may not know it, or where it was erased, the company."""
    return f"{one['first_name'] or ''} {one['last_name'] or ''}".strip() or f"Mentor van {one['company']}"


async def names_of(api: Inside, cohort: str) -> Names:
    """Read who is in a cohort."""
    base = f"/v1/cohorts/{cohort}"
    schools, mentors = await api.items(f"{base}/schools"), await api.items(f"{base}/mentors")
    return Names({one["id"]: one for one in schools}, {one["id"]: one for one in mentors})


async def gone_mentors(api: Inside, work: Work, cohort: str) -> set[str]:
    """Give who withdrew; who only looks is not told."""
    if work.caller.role == "viewer":
        return set()
    return {one["mentor"] for one in await api.items(f"/v1/cohorts/{cohort}/withdrawals")}
