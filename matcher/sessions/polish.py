"""Is there a year as good that spreads hosts, mixes school types or fits themes better? Small steps that cost nothing.

The search looks at repeats and travel alone; among years that are equal there, the lowest goals decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from matcher.engine.calls import Stop
from matcher.engine.year.annealing import movable_schools
from matcher.engine.year.year_problem import Arrangement, Flags, Ints, YearProblem, faults
from matcher.sessions.year_arrays import Facts
from matcher.sessions.year_judge import Judge, Step

MOST_STEPS: Final = 4000
"""Steps that are tried at most in one pass; fewer where there are more than twenty schools."""

MOST_PASSES: Final = 4


def polish(facts: Facts, given: YearProblem, plan: Arrangement, stop: Stop | None = None) -> Arrangement:
    """Improve the lowest goals by swaps, trades of whole years and other hosts, where no higher goal gets worse.

    `given` are the arrays with what must stay fixed. A plan that breaks a rule is given back as it is.
    """
    if faults(given, plan):
        return plan
    judge = Judge(facts, given, plan)
    for _ in range(MOST_PASSES):
        before = judge.plan
        for step in islice(_steps(given, before), MOST_STEPS * 20 // max(20, given.schools)):
            if stop is not None and stop():
                return judge.plan
            judge.take(step)
        if judge.plan is before:
            break
    return judge.plan


def _steps(given: YearProblem, plan: Arrangement) -> Iterator[Step]:
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
