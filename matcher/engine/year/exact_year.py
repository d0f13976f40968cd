"""Can all rules of a year hold together, and how much of an earlier year can stay? An exact model for CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.calls import Stop
from matcher.engine.stopping import stopping
from matcher.engine.year.year_model import YearModel, add_hint, build_year, new_solver, read_year
from matcher.engine.year.year_problem import Arrangement, Ints, YearProblem

MOST_SEATS = 60_000
"""Seat variables above which the exact model is not tried."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A session of an earlier year that may stay, as group `group` of a round; `moment` -1 where it is gone.

    `host` -1 where that is gone. `schools` are the numbers of those still there; `whole` that all are.
    """

    round: int
    group: int
    schools: tuple[int, ...]
    host: int
    moment: int
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the exact model says; `changed` sessions and `moved` invitations, each with a bound."""

    status: Literal["possible", "impossible", "unknown"]
    plan: Arrangement | None = None
    changed: int = 0
    moved: int = 0
    proven: bool = False


def solve_year(  # noqa: PLR0913 - the choices of a search, all by name
    given: YearProblem,
    kept: Sequence[Kept] = (),
    *,
    effort: float = 20.0,
    seed: int = 0,
    hint: Arrangement | None = None,
    stop: Stop | None = None,
) -> Answer:
    """Find a year that breaks no rule, with the fewest changed sessions, then the fewest moved invitations.

    `effort` limits CP-SAT's deterministic time, so that the answer does not depend on the machine.
    Travel and repeats are left out of it.
    """
    if not effort or open_seats(given) > MOST_SEATS or (stop is not None and stop()):
        return Answer("unknown")
    model = build_year(given)
    objective = keep_terms(model, kept)
    if objective:
        model.model.maximize(sum(weight * literal for weight, literal in objective))
    if hint is not None:
        add_hint(model, hint)
    solver = new_solver(effort, seed)
    with stopping(solver, stop):
        status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return Answer("impossible", proven=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer("unknown")
    plan = read_year(model, solver)
    changed, moved = count_changes(plan, kept)
    return Answer("possible", plan, changed, moved, proven=status == cp_model.OPTIMAL)


def possible_counts(
    given: YearProblem, always: Ints, *, effort: float = 20.0, seed: int = 0, stop: Stop | None = None
) -> tuple[Literal["possible", "impossible", "unknown"], Ints | None]:
    """Tell whether any year holds with `always` to `given.groups` groups a round, and how many (r) it has."""
    if not effort or open_seats(given) > MOST_SEATS or (stop is not None and stop()):
        return "unknown", None
    model = build_year(given, always)
    solver = new_solver(effort, seed)
    with stopping(solver, stop):
        status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return "impossible", None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return "unknown", None
    counts = always.copy()
    for (number, _), used in model.used.items():
        counts[number] += solver.value(used)
    return "possible", counts


def open_seats(given: YearProblem) -> int:
    """Count the seat variables that the exact model needs: one for each group that a school may still join."""
    loose = (given.here & (given.seat_pin < 0)).sum(axis=1)
    unfrozen = given.groups - given.frozen.sum(axis=1)
    return int((loose * unfrozen).sum() + (given.seat_pin >= 0).sum())


def count_changes(plan: Arrangement, kept: Sequence[Kept]) -> tuple[int, int]:
    """Count the sessions that are not as they were, and the schools asked elsewhere or at another time."""
    changed = moved = 0
    for one in kept:
        members = np.nonzero(plan.group[one.round] == one.group)[0]
        same_place = (plan.host[one.round, one.group], plan.moment[one.round, one.group]) == (one.host, one.moment)
        changed += not (one.whole and same_place and set(members.tolist()) == set(one.schools))
        stayed = len(set(members.tolist()) & set(one.schools)) if same_place else 0
        moved += len(one.schools) - stayed
    return changed, moved


def keep_terms(model: YearModel, kept: Sequence[Kept]) -> list[tuple[int, cp_model.IntVar]]:
    """Add what stays of an earlier year, with its weights: a session outweighs all invitations."""
    m, heavy = model.model, 1 + sum(len(one.schools) for one in kept)
    objective: list[tuple[int, cp_model.IntVar]] = []
    for one in kept:
        place = model.host.get((one.round, one.group, one.host))
        time = model.moment.get((one.round, one.group, one.moment))
        if place is None or time is None:
            continue
        seats = [model.seat.get((one.round, school, one.group)) for school in one.schools]
        for seat in seats:
            if seat is not None:
                stay = m.new_bool_var("")
                m.add_bool_and(place, time, seat).only_enforce_if(stay)
                objective.append((1, stay))
        present = [seat for seat in seats if seat is not None]
        if one.whole and len(present) == len(seats):
            whole = m.new_bool_var("")
            others = [
                literal.negated()
                for (r, school, g), literal in model.seat.items()
                if (r, g) == (one.round, one.group) and school not in one.schools
            ]
            m.add_bool_and(place, time, *present, *others).only_enforce_if(whole)
            objective.append((heavy, whole))
    return objective
