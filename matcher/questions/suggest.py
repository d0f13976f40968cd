"""Who else could help this school, or which other school this mentor? By price, then points; never greedy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import explain_pair
from matcher.questions.price import Price, prices

if TYPE_CHECKING:
    from matcher.matching.solved import Solved


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A possible pair with its price, points, minutes and reasons (Dutch)."""

    price: Price
    points: int
    minutes: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All possible pairs of a school or a mentor, best first, and apart those with a mentor who stands by."""

    ranked: tuple[Suggestion, ...]
    standby: tuple[Suggestion, ...]


def suggest(asked: Solved, *, school: str | None = None, mentor: str | None = None) -> Suggestions:
    """Rank the possible pairs of one school or one mentor (ids) by price, then points, then ids."""
    found = [_suggestion(asked, price) for price in prices(asked, school=school, mentor=mentor) if price.possible]
    goals = asked.given.policy.goals
    found.sort(key=lambda one: (one.price.rank(goals), -one.points, one.price.school, one.price.mentor))
    return Suggestions(tuple(found), _standby(asked, school, mentor))


def _suggestion(asked: Solved, price: Price) -> Suggestion:
    facts = asked.facts
    row, column = facts.row[price.school], facts.column[price.mentor]
    minutes = int(facts.verdicts.minutes[row, column])
    reasons = explain_pair(asked.given, facts.school[price.school], facts.mentor[price.mentor], minutes)
    return Suggestion(price, int(facts.verdicts.points[row, column]), minutes, reasons)


def _standby(asked: Solved, school: str | None, mentor: str | None) -> tuple[Suggestion, ...]:
    """Give the pairs that would be possible with mentors in reserve; they cost nothing until asked for."""
    reserve = {one.id for one in asked.given.mentors if one.status == "reserve" and not asked.given.helps(one)}
    active = tuple(replace(one, status="active") if one.id in reserve else one for one in asked.given.mentors)
    problem = problem_of(Facts(replace(asked.given, mentors=active), asked.facts.verdicts))
    found = []
    for row, column in zip(problem.school.tolist(), problem.mentor.tolist(), strict=True):
        pair = asked.given.schools[row].id, asked.given.mentors[column].id
        if pair[1] in reserve and school in (None, pair[0]) and mentor in (None, pair[1]):
            found.append(_suggestion(asked, Price(*pair, possible=True, in_plan=False, losses={}, moves=0)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.price.school, one.price.mentor)))
