"""How many places are asked, and how many are offered, in each province, school type and sector?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import matcher
from service.cohorts.members.shapes import MentorOut, SchoolOut
from service.web.pages.dutch_format import SECTORS


def supply(
    schools: Sequence[SchoolOut], mentors: Sequence[MentorOut], own: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Count per group what schools ask and what mentors offer; a mentor who names none offers in every one.

    `own` is the policy's table of the onderwijsvormen of finalities, for schools that tell no onderwijsvormen.
    Who may go to more than one place is counted in each, so that the groups do not add up.
    """
    asked = {
        "Provincie": _total(schools, "mentors_wanted", lambda one: [one.province or "onbekend"]),
        "Onderwijsvorm": _total(schools, "mentors_wanted", lambda one: types_of(one, own)),
    }
    offered = {
        "Provincie": _total(mentors, "max_schools", lambda one: one.provinces or matcher.PROVINCES),
        "Onderwijsvorm": _total(mentors, "max_schools", lambda one: one.school_types or matcher.SCHOOL_TYPES),
    }
    told = [
        {"group": group, "name": name, "asked": count, "offered": offered[group][name]}
        for group, counts in asked.items()
        for name, count in sorted(counts.items())
    ]
    sectors = _total(mentors, "max_schools", lambda one: one.sectors)
    named = sorted((SECTORS.get(code, code), count) for code, count in sectors.items())
    return told + [{"group": "Sector", "name": name, "asked": None, "offered": count} for name, count in named]


def _total(rows: Sequence[Any], places: str, groups: Any) -> Counter[str]:  # noqa: ANN401 - gives a row's groups
    total: Counter[str] = Counter()
    for one in rows:
        for group in groups(one):
            total[group] += getattr(one, places)
    return total


def types_of(school: SchoolOut, own: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Give the onderwijsvormen of a school: its own, else those of its finalities."""
    return school.school_types or matcher.types_of_finalities(school.finalities, school.fields, own)
