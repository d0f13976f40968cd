"""How good can the lowest goals be at best? Bounds from counting hosts, school types, themes and free mentors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.domain.year import Session
from matcher.engine.year.year_problem import group_limits
from matcher.sessions.goals import theme_fit
from matcher.sessions.groups import held_sessions
from matcher.sessions.year_arrays import Facts


def simple_bounds(facts: Facts) -> dict[str, int]:
    """Give bounds that hold whatever the groups."""
    fewest = group_limits(facts.given)[0]
    return {
        "repeat_hosting": max(0, int(fewest.sum()) - len(facts.season.hosts)),
        "type_mix": _type_mix(facts),
        "theme_fit": _theme_fit(facts),
        "mentors_absent": _mentors_absent(facts),
    }


def _type_mix(facts: Facts) -> int:
    """Let every school type be in as many groups of a round as it has schools there."""
    total, most = 0, group_limits(facts.given)[1]
    for number in range(facts.given.rounds):
        present = [facts.season.participants[who] for who in np.nonzero(facts.given.here[number])[0]]
        groups = int(most[number])
        kinds = {kind for school in present for kind in school.school_types}
        total += sum(min(groups, sum(kind in school.school_types for school in present)) for kind in kinds)
    return total


def _theme_fit(facts: Facts) -> int:
    """Count the schools that have the round's theme, or any theme where groups may choose."""
    held = held_sessions(facts.season)
    total = theme_fit(facts.season, held)
    for number, one in enumerate(facts.season.rounds):
        for who in _to_come(facts, number, held):
            themes = facts.season.participants[who].themes
            total += one.theme in themes if one.theme else bool(themes)
    return total


def _mentors_absent(facts: Facts) -> int:
    """Count the mentors who can come on no moment of a round on which a school of theirs can, and who was away."""
    guides = {guide.id: guide for guide in facts.season.guides}
    held = held_sessions(facts.season)
    total = sum(len(one.absent_mentors) for one in held)
    for number, moments in enumerate(facts.moments):
        possible: dict[str, bool] = {}
        for who in _to_come(facts, number, held):
            for mentor in facts.season.participants[who].mentors:
                free = facts.given.school_free[number, who]
                comes = any(
                    free[place] and guides[mentor].can_come(moment.day, moment.half_day)
                    for place, moment in enumerate(moments)
                )
                possible[mentor] = possible.get(mentor, False) or comes
        total += sum(not comes for comes in possible.values())
    return total


def _to_come(facts: Facts, number: int, held: Sequence[Session]) -> list[int]:
    """List the schools of a round whose session has not been held."""
    one = facts.season.rounds[number]
    been = {school for session in held if session.round == one.number for school in session.schools}
    return [int(who) for who in np.nonzero(facts.given.here[number])[0] if facts.schools[who] not in been]
