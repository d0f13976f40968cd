"""What is a good plan, in which order? The goals' names, their words, and their values added up anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.domain.plan import GoalValue
    from matcher.matching.rules import Facts

TOP_POINTS = 1000

GOAL_NAMES = {
    "places_filled": "ingevulde plaatsen",
    "changes": "wijzigingen",
    "worst_pair": "zwakste koppel",
    "points": "punten samen",
    "travel_minutes": "reistijd samen",
}
"""Dutch names of the goals."""

MORE_IS_BETTER = {"places_filled": True, "changes": False, "worst_pair": True, "points": True, "travel_minutes": False}


def previous_pairs(facts: Facts) -> list[tuple[str, str]]:
    """Give the pairs of the previous plan that count: of schools and mentors that still take part."""
    if facts.given.previous is None:
        return []
    return [
        (pair.school, pair.mentor)
        for pair in facts.given.previous.pairs
        if pair.school in facts.school
        and pair.mentor in facts.mentor
        and pair.mentor not in facts.given.withdrawn
        and facts.mentor[pair.mentor].status != "withdrawn"
    ]


def goal_values(facts: Facts, pairs: Sequence[tuple[str, str]]) -> dict[str, GoalValue]:
    """Add up what pairs of (school, mentor) ids reach on every goal, from the verdicts alone."""
    per_school = Counter(school for school, _ in pairs)
    most = max((school.mentors_wanted for school in facts.given.schools), default=1)
    cells = [(facts.row[school], facts.column[mentor]) for school, mentor in pairs]
    chosen = set(pairs)
    return {
        "places_filled": tuple(sum(count > place for count in per_school.values()) for place in range(most)),
        "changes": sum(pair not in chosen for pair in previous_pairs(facts)),
        "worst_pair": min((int(facts.verdicts.points[cell]) for cell in cells), default=TOP_POINTS),
        "points": sum(int(facts.verdicts.points[cell]) for cell in cells),
        "travel_minutes": sum(int(facts.verdicts.minutes[cell]) for cell in cells),
    }
