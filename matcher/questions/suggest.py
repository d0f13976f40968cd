"""Who else could help this school, or which other school this mentor? By price, then points; never greedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np

from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.solved import Solved
from matcher.matching.verdicts import explain_pair
from matcher.questions.price import Price, prices, prices_of

Side = Literal["school", "mentor"]
Item = TypeVar("Item")

TOGETHER = 50
"""Schools or mentors whose pairs are priced in one sweep, which keeps a table of nodes by schools."""


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
    standby = [
        one for one in _standby(asked) if school in (None, one.price.school) and mentor in (None, one.price.mentor)
    ]
    return _ranked(asked, prices(asked, school=school, mentor=mentor), standby)


def suggest_each(asked: Solved, side: Side, ids: Sequence[str]) -> Iterator[tuple[str, Suggestions]]:
    """Yield each of these schools or mentors (ids) with what `suggest` tells of it; many are priced at once."""
    column = asked.problem.school if side == "school" else asked.problem.mentor
    number = asked.facts.row if side == "school" else asked.facts.column
    standby = _by_id(side, _standby(asked), lambda one: one.price)
    for first in range(0, len(ids), TOGETHER):
        some = ids[first : first + TOGETHER]
        pairs = np.nonzero(np.isin(column, [number[one] for one in some]))[0]
        priced = _by_id(side, prices_of(asked, pairs), lambda one: one)
        for one in some:
            yield one, _ranked(asked, priced[one], standby[one])


def _by_id(side: Side, some: Iterable[Item], price_of: Callable[[Item], Price]) -> Mapping[str, list[Item]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for one in some:
        price = price_of(one)
        found[price.school if side == "school" else price.mentor].append(one)
    return found


def _ranked(asked: Solved, priced: Iterable[Price], standby: Iterable[Suggestion]) -> Suggestions:
    found = [_suggestion(asked, price) for price in priced if price.possible]
    goals = asked.given.policy.goals
    found.sort(key=lambda one: (one.price.rank(goals), -one.points, one.price.school, one.price.mentor))
    by_points = sorted(standby, key=lambda one: (-one.points, one.price.school, one.price.mentor))
    return Suggestions(tuple(found), tuple(by_points))


def _suggestion(asked: Solved, price: Price) -> Suggestion:
    facts = asked.facts
    row, column = facts.row[price.school], facts.column[price.mentor]
    minutes = int(facts.verdicts.minutes[row, column])
    reasons = explain_pair(asked.given, facts.school[price.school], facts.mentor[price.mentor], minutes)
    return Suggestion(price, int(facts.verdicts.points[row, column]), minutes, reasons)


def _standby(asked: Solved) -> Iterator[Suggestion]:
    """Yield the pairs that would be possible with mentors in reserve; they cost nothing until asked for."""
    reserve = {one.id for one in asked.given.mentors if one.status == "reserve" and not asked.given.helps(one)}
    if not reserve:
        return
    active = tuple(replace(one, status="active") if one.id in reserve else one for one in asked.given.mentors)
    problem = problem_of(Facts(replace(asked.given, mentors=active), asked.facts.verdicts))
    for row, column in zip(problem.school.tolist(), problem.mentor.tolist(), strict=True):
        pair = asked.given.schools[row].id, asked.given.mentors[column].id
        if pair[1] in reserve:
            yield _suggestion(asked, Price(*pair, possible=True, in_plan=False, losses={}, moves=0))
