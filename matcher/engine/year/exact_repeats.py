"""Which repair meets again least? Among those with the fewest changes, and the other way round, for CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.calls import Stop
from matcher.engine.stopping import stopping
from matcher.engine.year.exact_year import MOST_SEATS, Answer, Kept, count_changes, keep_terms, open_seats
from matcher.engine.year.year_model import YearModel, add_hint, build_year, new_solver, read_year
from matcher.engine.year.year_problem import Arrangement, YearProblem

MOST_MEETINGS = 40_000
"""Meetings of two schools in a group above which repeats are left to the search."""


def with_fewest_repeats(  # noqa: PLR0913 - the choices of a search, all by name
    given: YearProblem,
    kept: Sequence[Kept],
    plan: Arrangement,
    *,
    changes_first: bool,
    effort: float,
    seed: int = 0,
    stop: Stop | None = None,
) -> Answer:
    """Find a year that holds with the fewest repeats: with no more changes than `plan`, or else whatever they take.

    `proven` says that none has fewer. Among years with as few repeats, where changes come second, those with the fewest
    changes that are found. Unknown where the year is too large, or time ran out.
    """
    size = comb(given.schools, 2) * int(given.groups[given.counts].sum())
    if not effort or size > MOST_MEETINGS or open_seats(given) > MOST_SEATS or (stop is not None and stop()):
        return Answer("unknown")
    model = build_year(given)
    stays = sum(weight * literal for weight, literal in keep_terms(model, kept))
    repeats = sum(_repeats(model))
    if changes_first:
        model.model.add(stays >= _weight(plan, kept))
        model.model.minimize(repeats)
    else:
        model.model.minimize((1 + _weight(None, kept)) * repeats - stays)
    add_hint(model, plan)
    solver = new_solver(effort, seed)
    with stopping(solver, stop):
        status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer("unknown")
    found = read_year(model, solver)
    return Answer("possible", found, *count_changes(found, kept), proven=status == cp_model.OPTIMAL)


def _weight(plan: Arrangement | None, kept: Sequence[Kept]) -> int:
    """Add up what stays in a plan, or all that could, as `keep_terms` weighs it: a session goes before invitations."""
    invitations = sum(len(one.schools) for one in kept)
    changed, moved = (0, 0) if plan is None else count_changes(plan, kept)
    return (1 + invitations) * (len(kept) - changed) + invitations - moved


def _repeats(model: YearModel) -> list[cp_model.IntVar]:
    """Add what every two schools count as repeats, at least; minimised it is just that."""
    given, m = model.given, model.model
    together: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for number in np.nonzero(given.counts)[0].tolist():
        seats: dict[int, dict[int, cp_model.IntVar]] = {}
        for (row, school, group), literal in model.seat.items():
            if row == number:
                seats.setdefault(group, {})[school] = literal
        for members in seats.values():
            for one, other in combinations(sorted(members), 2):
                both = m.new_bool_var("")
                m.add_bool_or(both, members[one].negated(), members[other].negated())
                together.setdefault((one, other), []).append(both)
    return [_cost(model, pair, met) for pair, met in together.items()]


def _cost(model: YearModel, pair: tuple[int, int], met: list[cp_model.IntVar]) -> cp_model.IntVar:
    given, before = model.given, int(model.given.met[pair])
    rounds = int(given.counts.sum())
    old = max(before - 1, 0)
    most = before + rounds
    cost = model.model.new_int_var(0, most**2, "")
    beyond = sum(met) + (before - 1)
    if given.rising:
        for step in range(old, most):
            model.model.add(cost >= (2 * step + 1) * beyond - step * (step + 1) - old**2)
    else:
        model.model.add(cost >= beyond - old)
    return cost
