"""Is there a year as good that spreads hosts, mixes school types or fits themes better? Small steps that cost nothing.

The search looks at repeats and travel alone; among years that are equal there, the lowest goals decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from matcher.domain.season import THEMES
from matcher.domain.vocabulary import SCHOOL_TYPES
from matcher.engine.calls import Stop
from matcher.engine.year.annealing import movable_schools
from matcher.engine.year.year_problem import Arrangement, Flags, Gathering, Ints, faults, reached
from matcher.sessions.year_arrays import Facts

Step = tuple[str, int, int, int]

MOST_STEPS: Final = 4000
"""Steps that are tried at most in one pass; fewer where there are more than twenty schools."""

MOST_PASSES: Final = 4


def polish(facts: Facts, given: Gathering, plan: Arrangement, stop: Stop | None = None) -> Arrangement:
    """Improve the lowest goals by swaps, trades of whole years and other hosts, where no higher goal gets worse.

    `given` are the arrays with what must stay fixed. A plan that breaks a rule is given back as it is.
    """
    if faults(given, plan):
        return plan
    judge = _Judge(facts, given)
    best = judge.key(plan)
    for _ in range(MOST_PASSES):
        before = best
        for step in islice(_steps(given, plan), MOST_STEPS * 20 // max(20, given.schools)):
            if stop is not None and stop():
                return plan
            tried = _take(plan, step)
            key = judge.better(tried, best)
            if key is not None:
                plan, best = tried, key
        if best == before:
            break
    return plan


class _Judge:
    """Sorts years by all goals that hang on groups and hosts, in their order; what is cheap to know is asked first."""

    def __init__(self, facts: Facts, given: Gathering) -> None:
        self._given, self._mixing = given, facts.season.first == "mixing"
        self._types = _flags(facts, "school_types", SCHOOL_TYPES)
        self._themes = _flags(facts, "themes", tuple(THEMES)).astype(np.int64)
        self._asked = [None if one.theme is None else list(THEMES).index(one.theme) for one in facts.season.rounds]

    def key(self, plan: Arrangement) -> tuple[int, ...]:
        """Give all goals; less is better."""
        return (*self._upper(plan), *self._lowest(plan))

    def better(self, plan: Arrangement, best: tuple[int, ...]) -> tuple[int, ...] | None:
        """Give all goals of a year that holds and is better; None of any other."""
        upper = self._upper(plan)
        if upper > best[: len(upper)]:
            return None
        key = (*upper, *self._lowest(plan))
        return key if key < best and not faults(self._given, plan) else None

    def _upper(self, plan: Arrangement) -> tuple[int, ...]:
        repeats, worst, total = reached(self._given, plan)
        return (repeats, worst, total) if self._mixing else (worst, total, repeats)

    def _lowest(self, plan: Arrangement) -> tuple[int, ...]:
        members = plan.group[:, None, :] == np.arange(plan.host.shape[1])[None, :, None]
        real = np.arange(plan.host.shape[1]) < self._given.groups[:, None]
        turns = np.bincount(plan.host[real], minlength=self._given.hosts)
        types = int((members @ self._types).sum())
        fitting, fit = members.astype(np.int64) @ self._themes, 0
        for number, theme in enumerate(self._asked):
            fit += int((fitting[number].max(axis=1) if theme is None else fitting[number][:, theme]).sum())
        return int(np.maximum(turns - 1, 0).sum()), -types, -fit


def _flags(facts: Facts, field: str, names: tuple[str, ...]) -> Flags:
    rows = [[name in getattr(one, field) for name in names] for one in facts.season.participants]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(names))


def _steps(given: Gathering, plan: Arrangement) -> Iterator[Step]:
    """Give the steps that add no minute in total: hosts, then swaps in a round, then trades of a whole year."""
    at = np.where(plan.group >= 0, np.take_along_axis(plan.host, np.maximum(plan.group, 0), axis=1), 0)
    cost = np.array([given.minutes[:, hosts] for hosts in at])
    for number in range(given.rounds):
        for group in range(int(given.groups[number])):
            total = given.minutes[plan.group[number] == group].sum(axis=0)
            for host in np.nonzero(total <= total[plan.host[number, group]])[0]:
                yield "host", number, group, int(host)
    for number in range(given.rounds):
        loose = given.here[number] & (given.seat_pin[number] < 0)
        apart = (plan.group[number][:, None] != plan.group[number]) & loose[:, None] & loose
        for one, other in _free(cost[number], apart):
            yield "swap", number, one, other
    movable = movable_schools(given)
    for one, other in _free(cost.sum(axis=0), movable[:, None] & movable):
        yield "trade", 0, one, other


def _free(cost: Ints, allowed: Flags) -> Iterator[tuple[int, int]]:
    """Give the pairs whose exchange adds no minute; `cost` (n x n) is what each would travel in another's place."""
    own = np.diag(cost)
    delta = cost + cost.T - own[:, None] - own
    yield from map(tuple, np.argwhere(np.triu((delta <= 0) & allowed, 1)).tolist())


def _take(plan: Arrangement, step: Step) -> Arrangement:
    kind, number, one, other = step
    if kind == "host":
        host = plan.host.copy()
        host[number, one] = other
        return Arrangement(plan.group, host, plan.moment)
    group = plan.group.copy()
    rows = slice(None) if kind == "trade" else slice(number, number + 1)
    group[rows, [one, other]] = group[rows, [other, one]]
    return Arrangement(group, plan.host, plan.moment)
