"""Is there a year as good that spreads hosts, mixes school types or fits themes better? Small steps that cost nothing.

The search looks at repeats and travel alone; among years that are equal there, the lowest goals decide.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from matcher.domain.season import THEMES
from matcher.domain.vocabulary import SCHOOL_TYPES
from matcher.engine.year.annealing import movable_schools
from matcher.engine.year.year_problem import Arrangement, score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.engine.calls import Stop
    from matcher.engine.year.year_problem import Flags, Gathering, Ints
    from matcher.sessions.year_arrays import Facts

    Step = tuple[str, int, int, int]

MOST_STEPS: Final = 4000
"""Steps that are tried at most in one pass; fewer where there are more than twenty schools."""

MOST_PASSES: Final = 4


def polish(facts: Facts, given: Gathering, plan: Arrangement, stop: Stop | None = None) -> Arrangement:
    """Improve the lowest goals by swaps, trades of whole years and other hosts, where no higher goal gets worse.

    `given` are the arrays with what must stay fixed. A plan that breaks a rule is given back as it is.
    """
    best = _key(facts, given, plan)
    if best[0]:
        return plan
    for _ in range(MOST_PASSES):
        before = best
        for step in islice(_steps(given, plan), MOST_STEPS * 20 // max(20, given.schools)):
            if stop is not None and stop():
                return plan
            tried = _take(plan, step)
            key = _key(facts, given, tried)
            if key < best:
                plan, best = tried, key
        if best == before:
            break
    return plan


def _key(facts: Facts, given: Gathering, plan: Arrangement) -> tuple[int, ...]:
    """Sort years: broken rules, then all goals that hang on groups and hosts, in their order."""
    found = score(given, plan)
    travel = (found.worst, found.total)
    upper = (found.repeats, *travel) if facts.season.first == "mixing" else (*travel, found.repeats)
    return (found.faults, *upper, *_lowest(facts, given, plan))


def _lowest(facts: Facts, given: Gathering, plan: Arrangement) -> tuple[int, int, int]:
    members = plan.group[:, None, :] == np.arange(plan.host.shape[1])[None, :, None]
    real = np.arange(plan.host.shape[1]) < given.groups[:, None]
    turns = np.bincount(plan.host[real], minlength=given.hosts)
    types = int(((members @ _flags(facts, "school_types", SCHOOL_TYPES)) > 0).sum())
    fitting = members.astype(np.int64) @ _flags(facts, "themes", tuple(THEMES)).astype(np.int64)
    fit = 0
    for number, one in enumerate(facts.season.rounds):
        asked = fitting[number].max(axis=1) if one.theme is None else fitting[number][:, list(THEMES).index(one.theme)]
        fit += int(asked.sum())
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
