"""What is a good plan, in which order? The goals' names, their words, and their values added up anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.plan import GoalValue
from matcher.matching.rules import Facts

TOP_POINTS = 1000

GOAL_NAMES = {
    "places_filled": "ingevulde plaatsen",
    "reserves_used": "ingezette reserves",
    "stranded": "scholen die hun mentor kwijt zijn",
    "changes": "wijzigingen",
    "worst_pair": "zwakste koppel",
    "points": "punten samen",
    "spread": "tweede en verdere scholen van mentoren",
    "travel_minutes": "reistijd samen",
}
"""Dutch names of the goals."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the previous plan of a rerun asks: all empty where there is none.

    `pairs` are (school, mentor) ids of mentors who can still help; `had` the schools that had anybody; `left` counts
    by school the places of mentors who left: so many new pairs there are no change. `counts_new` is False in the
    order of goals of older plans, where no new pair was a change.
    """

    pairs: tuple[tuple[str, str], ...]
    had: frozenset[str]
    left: Mapping[str, int]
    counts_new: bool


def before(facts: Facts) -> Before:
    """Look up the previous plan, as far as its schools still take part."""
    given = facts.given
    earlier = () if given.previous is None else given.previous.pairs
    all_pairs = [(pair.school, pair.mentor) for pair in earlier if pair.school in facts.school]
    stay = tuple((school, mentor) for school, mentor in all_pairs if not _left(facts, mentor))
    left = Counter(school for school, mentor in all_pairs if _left(facts, mentor))
    counts_new = given.previous is not None and "stranded" in given.policy.goals
    return Before(stay, frozenset(school for school, _ in all_pairs), left, counts_new)


def previous_pairs(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Give the pairs of the previous plan that count: of schools and mentors that still take part."""
    return before(facts).pairs


def _left(facts: Facts, mentor: str) -> bool:
    """Tell whether a mentor of the previous plan left: withdrew, or is not among the mentors any more."""
    one = facts.mentor.get(mentor)
    return one is None or one.status == "withdrawn" or mentor in facts.given.withdrawn


def goal_values(facts: Facts, pairs: Sequence[tuple[str, str]]) -> dict[str, GoalValue]:
    """Add up what pairs of (school, mentor) ids reach on every goal, from the verdicts alone."""
    per_school = Counter(school for school, _ in pairs)
    most = max((school.mentors_wanted for school in facts.given.schools), default=1)
    cells = [(facts.row[school], facts.column[mentor]) for school, mentor in pairs]
    return {
        "places_filled": tuple(sum(count > place for count in per_school.values()) for place in range(most)),
        "reserves_used": sum(facts.mentor[mentor].status == "reserve" for _, mentor in pairs),
        "stranded": sum(school not in per_school for school in before(facts).had),
        "changes": _changes(before(facts), pairs),
        "worst_pair": min((int(facts.verdicts.points[cell]) for cell in cells), default=TOP_POINTS),
        "points": sum(int(facts.verdicts.points[cell]) for cell in cells),
        "spread": len(pairs) - len({mentor for _, mentor in pairs}),
        "travel_minutes": sum(int(facts.verdicts.minutes[cell]) for cell in cells),
    }


def _changes(earlier: Before, pairs: Sequence[tuple[str, str]]) -> int:
    """Count earlier pairs that are gone, and new ones beyond the places that were left at each school."""
    stay, now = set(earlier.pairs), set(pairs)
    new = Counter(school for school, mentor in now - stay) if earlier.counts_new else Counter[str]()
    beyond = sum(max(0, count - earlier.left.get(school, 0)) for school, count in new.items())
    return len(stay - now) + beyond
