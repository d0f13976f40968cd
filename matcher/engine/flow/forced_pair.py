"""What is the best plan that holds a given pair, found by solving anew? The slow way, right in every case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.flow.network import build_network, fill_places, reach
from matcher.engine.flow.optimal_face import cheapest
from matcher.engine.flow.problem import goal_values

if TYPE_CHECKING:
    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.problem import Problem


def best_with(problem: Problem, chosen: Flags, pair: int) -> tuple[Ints, int] | None:
    """Give the goals' values (a column per place level) of the best plan with a pair, and the moves.

    Moves are the fewest pairs of `chosen` that go. None where required pairs leave no room for the pair.
    """
    required = problem.required.copy()
    required[pair] = True
    if not room_for(problem, required):
        return None
    forced = replace(problem, required=required)
    network = build_network(forced)
    face = fill_places(network)
    for name in problem.goals:
        face = reach(name, forced, network, face)
    face = cheapest(face, network.costs(-chosen.astype(np.int64)))
    found = required.copy()
    found[network.pairs[face.flow[network.pair_arcs] > 0]] = True
    return flat_values(forced, found), int((chosen & ~found).sum())


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


def only(problem: Problem, keep: Flags) -> Problem:
    """Leave out the possible pairs that are not in `keep`."""
    fields = ("school", "mentor", "points", "minutes", "kept", "required", "tie")
    return replace(problem, **{name: getattr(problem, name)[keep] for name in fields})
