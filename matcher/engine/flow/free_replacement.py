"""Who takes over when mentors leave, where somebody free can at every school of theirs? Nobody else moves then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.problem import Problem, only
from matcher.engine.flow.solve import solve_network


def replaced_by_free(problem: Problem, chosen: Flags, lost: Ints, leaves: Flags) -> Flags | None:
    """Replace the pairs `lost` of the mentors who leave (flags) by the best free ones.

    `problem` is the rerun of `chosen` without them. None where not every place finds somebody free, or where more could
    follow. With all other pairs kept no plan changes less, and the places are as full as before, so that the best
    replacement is the best plan; unless a company's limit now lets a colleague help elsewhere, somebody in reserve
    helps who might stand by again, or reserves could fill places that were open.
    """
    own = np.flatnonzero(chosen)
    of_reserves = problem.reserve[problem.mentor[own]].any()
    if of_reserves or (problem.reserve.any() and len(own) < problem.demand.sum()):
        return None
    used = np.bincount(problem.company[problem.mentor[own]], minlength=len(problem.company_limit))
    spare = problem.capacity - np.bincount(problem.mentor[own], minlength=len(problem.capacity))
    spare[leaves] = 0
    freed = np.bincount(problem.company[problem.mentor[lost]], minlength=len(used))
    at_limit = (freed > 0) & (used >= problem.company_limit)
    if (spare[at_limit[problem.company]] > 0).any():
        return None
    rest = np.setdiff1d(own, lost, assume_unique=True)
    candidates = _candidates(problem, lost, rest, (spare > 0) & (used - freed < problem.company_limit)[problem.company])
    if len(np.unique(problem.school[candidates])) < len(np.unique(problem.school[lost])):
        return None
    if len(lost) == 1:
        return _flags(problem, rest, [_best(problem, candidates, rest)])
    return _best_together(problem, candidates, lost, rest)


def _candidates(problem: Problem, lost: Ints, rest: Ints, free: Flags) -> Ints:
    """Give the pairs by which a free mentor could take a place that is lost, of a company that is not at the school."""
    schools = np.unique(problem.school[lost])
    inside = _pairs_of(problem, schools)
    inside = inside[free[problem.mentor[inside]] & ~problem.reserve[problem.mentor[inside]]]
    count = len(problem.company_limit)
    taken = problem.school[rest] * count + problem.company[problem.mentor[rest]]
    wanted: Ints = inside[~np.isin(problem.school[inside] * count + problem.company[problem.mentor[inside]], taken)]
    return wanted


def _pairs_of(problem: Problem, schools: Ints) -> Ints:
    """Give the pairs of some schools; pairs stand in the order of their schools."""
    first, last = np.searchsorted(problem.school, schools), np.searchsorted(problem.school, schools, side="right")
    return np.concatenate([np.arange(*both) for both in zip(first.tolist(), last.tolist(), strict=True)])


def _best_together(problem: Problem, candidates: Ints, lost: Ints, rest: Ints) -> Flags | None:
    """Choose for several places at once, with all other pairs required; None where not all of them can be filled."""
    keep = np.union1d(rest, candidates)
    part = only(problem, _flags(problem, keep, []))
    part = replace(part, required=np.isin(keep, rest, assume_unique=True))
    found = keep[solve_network(part).chosen]
    return _flags(problem, found, []) if len(found) == len(rest) + len(lost) else None


def _flags(problem: Problem, pairs: Ints, more: list[int]) -> Flags:
    flags = np.zeros(problem.pairs, dtype=np.bool_)
    flags[pairs] = True
    flags[more] = True
    return flags


def _best(problem: Problem, candidates: Ints, rest: Ints) -> int:
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
