"""What is the best plan that holds a given pair, found by solving anew? The slow way, right in every case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.problem import Problem, goal_values
from matcher.engine.flow.solve import chosen_of, solve_network


def best_with(problem: Problem, chosen: Flags, pair: int) -> tuple[Ints, int] | None:
    """Give the goals' values (a column per place level) of the best plan with a pair, and the moves.

    Moves are the fewest pairs of `chosen` that go. None where required pairs leave no room for the pair.
    """
    required = problem.required.copy()
    required[pair] = True
    if not room_for(problem, required):
        return None
    # The last word between equal plans: as many pairs of `chosen` as can be.
    found = chosen_of(solve_network(replace(problem, required=required, tie=-chosen.astype(np.int64))))
    return flat_values(problem, found), int((chosen & ~found).sum())


def room_for(problem: Problem, required: Flags) -> bool:
    """Tell whether the required pairs (flags) keep to places, room, and a company at most once per school."""
    school, mentor = problem.school[required], problem.mentor[required]
    company = problem.company[mentor]
    once = school * len(problem.company_limit) + company
    return bool(
        (np.bincount(school, minlength=len(problem.demand)) <= problem.demand).all()
        and (np.bincount(mentor, minlength=len(problem.capacity)) <= problem.capacity).all()
        and (np.bincount(company, minlength=len(problem.company_limit)) <= problem.company_limit).all()
        and len(np.unique(once)) == len(once)
    )


def flat_values(problem: Problem, chosen: Flags) -> Ints:
    """Give the goals' values in order, with a column per place level."""
    values = goal_values(problem, chosen)
    flat: list[int] = []
    for name in ("places_filled", *problem.goals):
        value = values[name]
        flat += value if isinstance(value, tuple) else (value,)
    return np.array(flat, dtype=np.int64)
