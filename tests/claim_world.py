"""Which plans does a tiny round allow, and what does each reach? Every plan there is, in one table.

The ground on which the claim oracle stands: its own reading of data, rules and goals, without a line of the matcher
that makes plans, claims or sentences. Points, minutes and vetoes come from `oracle_points`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tests.oracle import company_limits
from tests.oracle_points import minutes_of, points_of, vetoes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from matcher.domain.lock import Lock
    from matcher.domain.round import Round

Ids = tuple[str, str]
Values = dict[str, tuple[int, ...]]

FEWER = ("reserves_used", "stranded", "changes", "spread", "travel_minutes")
"""Goals of which a plan should have little."""

NOBODY = 1000
"""The worst pair of a plan without pairs."""


@dataclass
class World:
    """A round as bare facts by id, and what is asked of a plan in it.

    `gone` are mentors who help nobody besides those of the round. Of the plan before, `previous` are the pairs of who
    can still help, `had` the schools that had anybody, and `left` counts the places of who left; None where there is
    no plan before: then nothing changes. `stand_in` are the reserves who may help.
    """

    given: Round
    locks: tuple[Lock, ...] = ()
    gone: frozenset[str] = frozenset()
    previous: frozenset[Ids] | None = None
    had: frozenset[str] = frozenset()
    left: Mapping[str, int] = field(default_factory=dict)
    stand_in: frozenset[str] = frozenset()
    points: dict[Ids, int] = field(default_factory=dict)
    minutes: dict[Ids, int] = field(default_factory=dict)
    vetoes: dict[Ids, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Judge every pair, unless another world did."""
        self.school = {one.id: one for one in self.given.schools}
        self.mentor = {one.id: one for one in self.given.mentors}
        self.limit = company_limits((one.company_key, one.max_schools_company) for one in self.given.mentors)
        for school in self.given.schools:
            for mentor in self.given.mentors:
                pair = school.id, mentor.id
                if pair not in self.points:
                    self.points[pair] = points_of(self.given, school, mentor)
                    self.minutes[pair] = minutes_of(self.given, school, mentor)
                    self.vetoes[pair] = vetoes_of(self.given, school, mentor)

    def locked(self, kind: str) -> set[Ids]:
        """Give the pairs that agreements of a kind name."""
        return {(one.school, one.mentor) for one in self.locks if one.kind == kind}

    def takes_part(self, mentor: str) -> bool:
        """Tell whether a mentor helps at all this year."""
        one = self.mentor[mentor]
        left = mentor in self.gone or mentor in self.given.withdrawn
        ready = one.status == "active" or (one.status == "reserve" and mentor in self.stand_in)
        return ready and one.max_schools > 0 and not left

    def possible(self, pair: Ids) -> bool:
        """Tell whether some plan might hold a pair: nobody and nothing in the data forbids it."""
        lifted = any((one.school, one.mentor) == pair and one.override for one in self.locks)
        fits = not self.vetoes[pair] or lifted
        return fits and self.takes_part(pair[1]) and pair not in self.locked("forbidden")

    def keeps_rules(self, pairs: Collection[Ids]) -> bool:
        """Tell whether a plan breaks no rule."""
        chosen = set(pairs)
        if not self.locked("required") <= chosen or not all(self.possible(pair) for pair in chosen):
            return False
        schools, mentors = [one for one, _ in chosen], [one for _, one in chosen]
        companies = [self.mentor[one].company_key for one in mentors]
        at = [(school, self.mentor[mentor].company_key) for school, mentor in chosen]
        return (
            all(schools.count(one) <= self.school[one].mentors_wanted for one in set(schools))
            and all(mentors.count(one) <= self.mentor[one].max_schools for one in set(mentors))
            and all(companies.count(one) <= self.limit.get(one, len(chosen)) for one in set(companies))
            and len(set(at)) == len(at)
            and all(self.served(one, [m for s, m in chosen if s == one]) for one in set(schools))
        )

    def served(self, school: str, mentors: list[str]) -> bool:
        """Tell whether the rules that a policy adds hold for a school's mentors."""
        policy = self.given.policy
        halves = [set(self.mentor[one].half_days) & set(self.school[school].half_days) for one in mentors]
        shared = not policy.share_half_day or all(one & other for one, other in combinations(halves, 2))
        wished = set(policy.required_sectors)
        return shared and (not wished or not mentors or any(wished & set(self.mentor[one].sectors) for one in mentors))

    def values(self, pairs: Iterable[Ids]) -> Values:
        """Give what a plan reaches on every goal."""
        chosen = set(pairs)
        counts = [sum(one == school for one, _ in chosen) for school in self.school]
        most = max((one.mentors_wanted for one in self.given.schools), default=1)
        return {
            "places_filled": tuple(sum(count > place for count in counts) for place in range(most)),
            "reserves_used": (sum(self.mentor[mentor].status == "reserve" for _, mentor in chosen),),
            "stranded": (sum(school not in {one for one, _ in chosen} for school in self.had),),
            "changes": (self._changes(chosen),),
            "worst_pair": (min((self.points[pair] for pair in chosen), default=NOBODY),),
            "points": (sum(self.points[pair] for pair in chosen),),
            "spread": (len(chosen) - len({mentor for _, mentor in chosen}),),
            "travel_minutes": (sum(self.minutes[pair] for pair in chosen),),
        }

    def _changes(self, chosen: set[Ids]) -> int:
        if self.previous is None:
            return 0
        new = [school for school, _ in chosen - self.previous]
        beyond = sum(max(0, new.count(school) - self.left.get(school, 0)) for school in set(new))
        return len(self.previous - chosen) + beyond

    def table(self) -> Table:
        """Make every plan that keeps the rules."""
        return Table(self)


class Table:
    """All plans of a world that keep the rules, each a row of flags over the pairs that may be."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pairs = sorted(pair for pair in world.points if world.possible(pair))
        self.number = {pair: place for place, pair in enumerate(self.pairs)}
        self.plans = self._joined()
        columns = self._columns()
        self.goals = world.given.policy.goals
        self.value = {name: columns[name] for name in self.goals}
        self.order = self._order()

    def _options(self, school: str) -> np.ndarray:
        """Give the choices of mentors for one school that break no rule by themselves."""
        world = self.world
        mine = [pair for pair in self.pairs if pair[0] == school]
        must = {pair for pair in world.locked("required") if pair[0] == school}
        found = []
        for size in range(world.school[school].mentors_wanted + 1):
            for chosen in combinations(mine, size):
                companies = [world.mentor[mentor].company_key for _, mentor in chosen]
                fits = must <= set(chosen) and len(set(companies)) == size
                if fits and world.served(school, [mentor for _, mentor in chosen]):
                    flags = np.zeros(len(self.pairs), dtype=np.bool_)
                    flags[[self.number[pair] for pair in chosen]] = True
                    found.append(flags)
        return np.array(found, dtype=np.bool_).reshape(len(found), len(self.pairs))

    def _joined(self) -> np.ndarray:
        """Join the schools' choices, leaving out what asks a mentor or a company too often."""
        world = self.world
        by_mentor = np.array([[pair[1] == one for one in world.mentor] for pair in self.pairs], dtype=np.int8)
        by_mentor = by_mentor.reshape(len(self.pairs), len(world.mentor))
        room = np.array([one.max_schools for one in world.given.mentors])
        limits = list(world.limit.items())
        by_company = np.array(
            [[world.mentor[pair[1]].company_key == one for one, _ in limits] for pair in self.pairs], dtype=np.int8
        ).reshape(len(self.pairs), len(limits))
        most = np.array([limit for _, limit in limits], dtype=np.int64)
        plans = np.zeros((1, len(self.pairs)), dtype=np.bool_)
        for school in world.school:
            options = self._options(school)
            joined = (plans[:, None, :] | options[None, :, :]).reshape(len(plans) * len(options), len(self.pairs))
            few = joined.astype(np.int8)
            plans = joined[(few @ by_mentor <= room).all(axis=1) & (few @ by_company <= most).all(axis=1)]
        return plans

    def _columns(self) -> dict[str, np.ndarray]:
        world, plans = self.world, self.plans
        points = np.array([world.points[pair] for pair in self.pairs], dtype=np.int64)
        minutes = np.array([world.minutes[pair] for pair in self.pairs], dtype=np.int64)
        by = np.array([[pair[1] == one for one in world.mentor] for pair in self.pairs], dtype=np.int64)
        filled = plans @ self._at()
        most = max((one.mentors_wanted for one in world.given.schools), default=1)
        reserve = np.array([world.mentor[mentor].status == "reserve" for _, mentor in self.pairs], dtype=np.int64)
        had = np.array([school in world.had for school in world.school], dtype=np.bool_)
        return {
            "places_filled": np.stack([(filled > place).sum(axis=1) for place in range(most)], axis=1),
            "reserves_used": (plans @ reserve)[:, None],
            "stranded": ((filled == 0) & had).sum(axis=1)[:, None],
            "changes": self._changes()[:, None],
            "worst_pair": np.where(plans, points, NOBODY).min(axis=1, initial=NOBODY)[:, None],
            "points": (plans @ points)[:, None],
            "spread": np.maximum(plans @ by.reshape(len(self.pairs), len(world.mentor)) - 1, 0).sum(axis=1)[:, None],
            "travel_minutes": (plans @ minutes)[:, None],
        }

    def _at(self) -> np.ndarray:
        schools = self.world.school
        at = np.array([[pair[0] == one for one in schools] for pair in self.pairs], dtype=np.int64)
        return at.reshape(len(self.pairs), len(schools))

    def _changes(self) -> np.ndarray:
        """Count earlier pairs that are gone, and new ones beyond the places of who left."""
        world, plans = self.world, self.plans
        if world.previous is None:
            return np.zeros(len(plans), dtype=np.int64)
        kept = np.array([pair in world.previous for pair in self.pairs], dtype=np.int64)
        room = np.array([world.left.get(school, 0) for school in world.school], dtype=np.int64)
        new = plans @ (self._at() * (1 - kept)[:, None])
        return len(world.previous) - plans @ kept + np.maximum(new - room, 0).sum(axis=1)

    def _order(self) -> np.ndarray:
        """Order the plans, the best first."""
        keys = []
        for name in self.goals:
            sign = 1 if name in FEWER else -1
            keys += [sign * self.value[name][:, place] for place in range(self.value[name].shape[1])]
        return np.lexsort(keys[::-1]) if len(self.plans) else np.array([], dtype=np.int64)

    def best(self, holding: Ids | None = None, without: Ids | None = None) -> Values | None:
        """Give the values of the best plan, with a pair or without one; None where there is none."""
        right = np.ones(len(self.plans), dtype=np.bool_)
        if holding is not None:
            right &= self.plans[:, self.number[holding]] if holding in self.number else False
        if without is not None and without in self.number:
            right &= ~self.plans[:, self.number[without]]
        found = self.order[right[self.order]]
        if not len(found):
            return None
        return {name: tuple(int(one) for one in self.value[name][found[0]]) for name in self.goals}
