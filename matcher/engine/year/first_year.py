"""Is a year that breaks no rule found at once? One round after another, which large seasons need.

A round takes what the rounds before it leave: days apart for every school, the turns of a host and its days. Rounds in
which most is fixed come first. Most rounds are open, and places and moments are found in a blink (`open_round`); the
others are a small exact model. Where a round has no way left, all have to be looked at together (`exact_year`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.engine.calls import Stop
from matcher.engine.year.exact_year import solve_year
from matcher.engine.year.open_round import open_round
from matcher.engine.year.year_problem import (
    NEVER,
    Arrangement,
    Flags,
    YearProblem,
    faults,
    school_days,
    take_turns,
    together,
)

OF_ROUNDS = ("here", "groups", "low", "high", "counts", "day", "hour", "school_free", "host_free")
OF_GROUPS = ("seat_pin", "frozen", "barred", "shut")


def round_by_round(given: YearProblem, *, effort: float, seed: int = 0, stop: Stop | None = None) -> Arrangement | None:
    """Give a year that breaks no rule, not yet near or mixed; None where this way found none.

    `effort` limits CP-SAT's deterministic time for each round that needs it.
    """
    shape = given.frozen.shape
    plan = Arrangement(
        np.full(given.here.shape, -1, dtype=np.int64), np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    )
    done: list[int] = []
    for number in _order(given):
        alone = _alone(given, number, plan, done)
        found = open_round(alone, seed)
        if found is None:
            found = solve_year(alone, effort=effort, seed=seed, stop=stop).plan
        if found is None:
            return None
        plan.group[number], plan.host[number], plan.moment[number] = found.group[0], found.host[0], found.moment[0]
        done.append(number)
    return plan if not faults(given, plan) else None


def _order(given: YearProblem) -> list[int]:
    """List the rounds in which most is fixed first, then those with the fewest moments."""
    fixed = (given.seat_pin >= 0).sum(axis=1)
    moments = (given.day > NEVER).sum(axis=1)
    return [int(number) for number in np.lexsort((moments, -fixed))]


def _alone(given: YearProblem, number: int, plan: Arrangement, done: list[int]) -> YearProblem:
    """Give the year of one round, with what the rounds that are `done` leave of days and turns."""
    who, where = given.school_free[number].copy(), given.host_free[number].copy()
    day, days = given.day[number], school_days(given, plan)
    for other in done:
        who &= np.abs(days[other][:, None] - day) >= given.spacing
    times = take_turns(given, plan, number, done, where)
    alone: dict[str, object] = {name: getattr(given, name)[number : number + 1] for name in OF_ROUNDS + OF_GROUPS}
    alone |= {"school_free": who[None], "host_free": where[None], "times": np.maximum(times, 0)}
    alone["online"] = None if given.online is None else given.online[number : number + 1]
    alone["meet"] = given.meet[_due(given, number, plan, done)]
    return replace(given, **alone)  # type: ignore[arg-type]


def _due(given: YearProblem, number: int, plan: Arrangement, done: list[int]) -> Flags:
    """Flag the agreed meetings (p) that have not been yet and for which this is the last round."""
    one, other = given.meet[:, 0], given.meet[:, 1]
    can = given.here[:, one] & given.here[:, other] & given.counts[:, None]
    can[[*done, number]] = False
    return np.asarray(~together(given, plan.group, given.meet).any(axis=0) & ~can.any(axis=0))
