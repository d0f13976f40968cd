"""What becomes of a plan when one mentor leaves? Fewest changes first, then all goals as always."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.flow.network import build_network, fill_places
from matcher.engine.flow.problem import goal_values, only
from matcher.engine.flow.solve import solve_network

if TYPE_CHECKING:
    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.problem import Problem

SECONDS = 10.0
"""Time for one drop-out where the rules are no network."""


class NoRepairError(Exception):
    """No plan without these mentors was found: with rules that are no network there may be none."""


def repair_without(problem: Problem, chosen: Flags, gone: Ints) -> Flags:
    """Give the best plan (flags over the same pairs) without the mentors in `gone`, as a rerun of `chosen` would.

    `chosen` must fill the most places that can be filled without reserves. Most mentors are replaced by somebody
    who is free, which needs no solver. Raises NoRepairError, on rules that are no network alone.
    """
    lost = np.nonzero(chosen & np.isin(problem.mentor, gone))[0]
    if not len(lost):
        return chosen
    problem = rerun_of(problem, chosen, gone)
    problem = replace(problem, required=problem.required & ~np.isin(problem.mentor, gone))
    before = problem.goals[: problem.goals.index("changes")]
    if problem.is_network and len(lost) == 1 and len(gone) == 1 and set(before) <= {"reserves_used", "stranded"}:
        direct = _free_replacement(problem, chosen, int(lost[0]))
        if direct is not None:
            return direct
    stays = ~np.isin(problem.mentor, gone)
    found = _solved(only(problem, stays))
    result = np.zeros(problem.pairs, dtype=np.bool_)
    result[np.nonzero(stays)[0]] = found
    return result


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
    left = np.bincount(problem.school[chosen & np.isin(problem.mentor, gone)], minlength=count)
    return replace(
        problem,
        kept=chosen,
        had=np.bincount(problem.school[chosen], minlength=count) > 0,
        left=left if counts_new else problem.demand,
    )


def _free_replacement(problem: Problem, chosen: Flags, lost: int) -> Flags | None:
    """Replace one pair by the best free mentor, None where nobody is free or more could follow from it.

    With all other pairs kept no plan changes less, and the places are as full as before, so that the
    best replacement is the best plan; unless the company's limit now lets a colleague help elsewhere, somebody in
    reserve helps who might stand by again, or reserves could fill places that were open.
    """
    reserves = problem.reserve[problem.mentor]
    if (reserves & chosen).any() or (reserves.any() and chosen.sum() < problem.demand.sum()):
        return None
    company = problem.company[problem.mentor]
    used = np.bincount(company[chosen], minlength=len(problem.company_limit))
    spare = problem.capacity - np.bincount(problem.mentor[chosen], minlength=len(problem.capacity))
    own = company[lost]
    colleagues = (problem.company == own) & (np.arange(len(spare)) != problem.mentor[lost])
    if used[own] >= problem.company_limit[own] and (spare[colleagues] > 0).any():
        return None
    at_school = chosen & (problem.school == problem.school[lost])
    at_school[lost] = False
    candidates = (
        (problem.school == problem.school[lost])
        & ~chosen
        & ~reserves
        & (problem.mentor != problem.mentor[lost])
        & (spare[problem.mentor] > 0)
        & ((used < problem.company_limit)[company] | (company == own))
        & ~np.isin(company, company[at_school])
    )
    if not candidates.any():
        return None
    rest = chosen.copy()
    rest[lost] = False
    rest[_best(problem, np.nonzero(candidates)[0], rest)] = True
    return rest


def _best(problem: Problem, candidates: Ints, rest: Flags) -> int:
    worst = int(problem.points[rest].min(initial=1000))
    busy = np.bincount(problem.mentor[rest], minlength=len(problem.capacity)) > 0
    same = np.zeros(len(candidates), dtype=np.int64)
    keys = {
        "reserves_used": same,
        "stranded": same,
        "changes": same,
        "worst_pair": -np.minimum(problem.points[candidates], worst),
        "points": -problem.points[candidates],
        "spread": busy[problem.mentor[candidates]].astype(np.int64),
        "travel_minutes": problem.minutes[candidates],
    }
    order = np.lexsort([problem.tie[candidates], *(keys[name] for name in reversed(problem.goals))])
    return int(candidates[order[0]])


def places_without(problem: Problem, allowed: Ints) -> tuple[int, ...]:
    """Give the most places that these mentors alone can fill, by level."""
    part = only(problem, np.isin(problem.mentor, allowed))
    network = build_network(part)
    face = fill_places(network)
    chosen = part.required.copy()
    chosen[network.pairs[face.flow[network.pair_arcs] > 0]] = True
    filled = goal_values(part, chosen)["places_filled"]
    return filled if isinstance(filled, tuple) else ()
