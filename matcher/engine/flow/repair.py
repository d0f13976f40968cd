"""What becomes of a plan when one mentor leaves? Fewest changes first, then all goals as always."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.free_replacement import replaced_by_free
from matcher.engine.flow.network import build_network, fill_places
from matcher.engine.flow.problem import Problem, goal_values, only
from matcher.engine.flow.solve import solve_network

SECONDS = 10.0
"""Time for one drop-out where the rules are no network."""


class NoRepairError(Exception):
    """No plan without these mentors was found: with rules that are no network there may be none."""


def repair_without(problem: Problem, chosen: Flags, gone: Ints) -> Flags:
    """Give the best plan (flags over the same pairs) without the mentors in `gone`, as a rerun of `chosen` would.

    `chosen` must fill the most places that can be filled without reserves. Most mentors are replaced by somebody
    who is free, which needs no solver. Raises NoRepairError, on rules that are no network alone.
    """
    problem, stays, lost = _rerun(problem, chosen, gone)
    if not len(lost):
        return chosen
    direct = _taken_over(problem, chosen, lost, gone)
    if direct is not None:
        return direct
    found = _solved(only(problem, stays))
    result = np.zeros(problem.pairs, dtype=np.bool_)
    result[np.nonzero(stays)[0]] = found
    return result


def taken_over(problem: Problem, chosen: Flags, gone: Ints) -> Flags | None:
    """Give what `repair_without` gives where free mentors take over and nobody else moves, else None."""
    problem, _, lost = _rerun(problem, chosen, gone)
    return _taken_over(problem, chosen, lost, gone) if len(lost) else chosen


def _rerun(problem: Problem, chosen: Flags, gone: Ints) -> tuple[Problem, Flags, Ints]:
    """Give the rerun without some mentors, which pairs are not theirs, and which pairs they lose."""
    leaves = np.zeros(len(problem.capacity), dtype=np.bool_)
    leaves[gone] = True
    stays = ~leaves[problem.mentor]
    problem = rerun_of(problem, chosen, gone)
    return replace(problem, required=problem.required & stays), stays, np.flatnonzero(chosen & ~stays)


def _taken_over(problem: Problem, chosen: Flags, lost: Ints, gone: Ints) -> Flags | None:
    before = problem.goals[: problem.goals.index("changes")]
    if not problem.is_network or not set(before) <= {"reserves_used", "stranded"}:
        return None
    leaves = np.zeros(len(problem.capacity), dtype=np.bool_)
    leaves[gone] = True
    return replaced_by_free(problem, chosen, lost, leaves)


def _solved(problem: Problem) -> Flags:
    """Solve anew; raises NoRepairError where rules that are no network leave no plan, or none is found in time."""
    if problem.is_network:
        found = solve_network(problem).chosen
    else:
        # Loading CP-SAT takes seconds, and most rounds do without.
        from matcher.engine.flow.cp_sat import searcher  # noqa: PLC0415

        found = searcher(SECONDS)(problem, None, None).chosen
    if found is None:
        raise NoRepairError
    return found


def rerun_of(problem: Problem, chosen: Flags, gone: Ints) -> Problem:
    """Make `chosen` the previous plan of a problem, with the places that the mentors in `gone` leave."""
    count = len(problem.demand)
    counts_new = "stranded" in problem.goals  # an order of before that goal counts no new pair as a change
    own = np.flatnonzero(chosen)
    left = np.bincount(problem.school[own[np.isin(problem.mentor[own], gone)]], minlength=count)
    return replace(
        problem,
        kept=chosen,
        had=np.bincount(problem.school[chosen], minlength=count) > 0,
        left=left if counts_new else problem.demand,
    )


def places_without(problem: Problem, allowed: Ints) -> tuple[int, ...]:
    """Give the most places that these mentors alone can fill, by level."""
    part = only(problem, np.isin(problem.mentor, allowed))
    network = build_network(part)
    face = fill_places(network)
    chosen = part.required.copy()
    chosen[network.pairs[face.flow[network.pair_arcs] > 0]] = True
    filled = goal_values(part, chosen)["places_filled"]
    return filled if isinstance(filled, tuple) else ()
