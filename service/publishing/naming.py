"""Which names does the portal get beside the numbers? Those of who agreed, as the cohort's setting chooses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from service.cohorts.portal.store import Named
from service.web.answers import to_json

if TYPE_CHECKING:
    from collections.abc import Collection

LISTS = ("pairings", "standby")
"""Where pairs stand in what the portal gets."""

NOBODY = Named()

Pair = tuple[str, str]

ACCEPTED: frozenset[Pair] = frozenset()
"""Pairs (school, pseudonym) that were accepted: nobody is asked that yet."""


def mentor_name_may_show(accepted: Collection[Pair], school: str, mentor: str) -> bool:
    """Tell whether a mentor's own name may stand beside this school: only once the match was accepted."""
    return (school, mentor) in accepted


def with_names(body: bytes, named: Named, accepted: Collection[Pair] = ACCEPTED) -> bytes:
    """Give what was kept for the portal, with what it may be told of each school and mentor; else the same bytes."""
    if named == NOBODY:
        return body
    found = json.loads(body)
    for kind in LISTS:
        for one in found.get(kind, ()):
            one.update(_about(one, named, accepted))
    return to_json(found)


def _about(one: dict[str, Any], named: Named, accepted: Collection[Pair]) -> dict[str, Any]:
    school, mentor = one["school"], one["mentor"]
    known = dict(named.mentors.get(mentor, {}))
    if mentor_name_may_show(accepted, school, mentor):
        known |= named.accepted.get(mentor, {})
    told = {"about_school": named.schools.get(school), "about_mentor": known}
    return {name: value for name, value in told.items() if value}
