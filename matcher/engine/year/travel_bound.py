"""How little can schools travel at best? A relaxed year in which only hosts' turns and room bind."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.calls import Stop
from matcher.engine.stopping import stopping
from matcher.engine.year.column_bound import SCHOOLS, column_bound
from matcher.engine.year.column_prices import Known
from matcher.engine.year.travelled_rounds import only_travelled
from matcher.engine.year.year_problem import Arrangement, Ints, YearProblem, group_limits, held_groups

MOST_VARIABLES = 20_000
"""School-host pairs above which only the nearest hosts are counted."""


def travel_bounds(  # noqa: PLR0913 - the choices of a search, all by name
    given: YearProblem,
    repeats: int | None,
    *,
    plan: Arrangement | None = None,
    known: Known | None = None,
    effort: float = 2.0,
    cuts: int = 0,
    seed: int = 0,
    stop: Stop | None = None,
) -> tuple[int, int]:
    """Give minutes that no year with at most so many repeats stays below: of the worst school, and of all together.

    `repeats` None: however often schools meet; `plan` is a year to start from, `known` keeps what
    another bound of this year can begin with; `cuts` are looked for so many times for all together: for the worst
    school they prove little more. Large cohorts get the weaker bound of
    a year in which nobody meets: a school goes to a host at most as often as that host receives, a host takes between
    its sessions' smallest and largest numbers, a school that hosts is at home.
    """
    given, plan = only_travelled(given, plan)
    if not given.rounds:
        return 0, 0
    worst, total = _nearest(given)
    known = known or Known()  # all together first: its prices are where the worst school begins
    bounds = [
        column_bound(
            given, repeats, worst=one, plan=plan, after=known, effort=effort, cuts=0 if one else cuts, stop=stop
        )
        for one in (False, True)
    ]
    worst, total = (max(pair) for pair in zip((worst, total), (one or 0 for one in reversed(bounds)), strict=True))
    weak = None in bounds or given.schools > SCHOOLS
    if weak and effort and 0 < given.schools * given.hosts <= MOST_VARIABLES:
        total = max(total, _relaxed(given, effort, seed, stop, worst=False))
        worst = max(worst, _relaxed(given, effort, seed, stop, worst=True))
    return max(worst, -(-total // max(given.schools, 1))), total


def _nearest(given: YearProblem) -> tuple[int, int]:
    """Send every school to its nearest hosts, each as often as that host receives."""
    visits = given.here.sum(axis=0)
    bounds = []
    for school in range(given.schools):
        order = np.argsort(given.minutes[school], kind="stable")
        turns = np.repeat(order, np.minimum(given.times[order], given.rounds))
        bounds.append(int(given.minutes[school, turns[: visits[school]]].sum()))
    return max(bounds, default=0), sum(bounds)


def _relaxed(given: YearProblem, effort: float, seed: int, stop: Stop | None, *, worst: bool) -> int:
    if stop is not None and stop():
        return 0
    m = cp_model.CpModel()
    fewest, largest = group_limits(given)
    turns = [m.new_int_var(0, int(min(t, given.rounds * int(largest.max()))), "") for t in given.times]
    m.add_linear_constraint(sum(turns), int(fewest.sum()), int(largest.sum()))
    minutes: list[cp_model.LinearExprT] = []
    visits: list[list[cp_model.IntVar]] = [[] for _ in range(given.hosts)]
    for school in range(given.schools):
        count = int(given.here[:, school].sum())
        mine = [m.new_int_var(0, int(min(count, given.times[host])), "") for host in range(given.hosts)]
        m.add(sum(mine) == count)
        for host, visit in enumerate(mine):
            visits[host].append(visit)
            if given.times[host] > 1 or given.own[host] == school:
                m.add(visit <= turns[host]) if given.own[host] != school else m.add(visit == turns[host])
        minutes.append(sum(int(cost) * visit for cost, visit in zip(given.minutes[school], mine, strict=True)))
    least, most, room = _sizes(given)
    for host, guests in enumerate(visits):
        m.add(sum(guests) <= int(min(most, room[host])) * turns[host])
        m.add(sum(guests) >= least * turns[host])
    return _least(m, minutes, (effort, seed, stop), worst=worst)


def _sizes(given: YearProblem) -> tuple[int, int, Ints]:
    """Give the smallest and largest session and each host's room (h), as wide as the sessions that were held."""
    least, most, room = int(given.low.min()), int(given.high.max()), given.room.copy()
    for _, members, host in held_groups(given):
        held = len(members)
        least, most, room[host] = min(least, held), max(most, held), max(room[host], held)
    return least, most, room


def _least(
    m: cp_model.CpModel,
    minutes: list[cp_model.LinearExprT],
    limits: tuple[float, int, Stop | None],
    *,
    worst: bool,
) -> int:
    effort, seed, stop = limits
    if worst:
        most = m.new_int_var(0, 1_000_000, "")
        for one in minutes:
            m.add(one <= most)
        m.minimize(most)
    else:
        m.minimize(sum(minutes))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.catch_sigint_signal = False
    with stopping(solver, stop):
        status = solver.solve(m)
    if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
        return 0
    bound = solver.best_objective_bound
    return max(0, int(np.ceil(bound - 1e-6))) if np.isfinite(bound) else 0
