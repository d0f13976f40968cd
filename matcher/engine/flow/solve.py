"""How are all goals of a network problem reached? Goal after goal; with colleagues on a rerun, in more ways than one.

A colleague who comes for a mentor who could stay may be no change, where the school also lost somebody: that is no
sum of arcs, but it is one where that mentor (a rival) may not stay. So the problem is solved as it is, which charges
such colleagues in full, and once more without each set of rivals that matters; the best of all is the best plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations

import numpy as np

from matcher.domain.policy import MORE_IS_BETTER
from matcher.engine.calls import Flags, Progress, Stop
from matcher.engine.flow.network import Network, arc_cost, build_network, fill_places, reach
from matcher.engine.flow.optimal_face import Face
from matcher.engine.flow.problem import Level, Problem, Solution, goal_values, only

MOST_RIVALS = 8
"""With more rivals that matter than this, the goals from the changes on are not called proven."""


def solve_network(problem: Problem, progress: Progress | None = None, stop: Stop | None = None) -> Solution:
    """Reach the goals in order, each proven before the next is looked at.

    `required` must be possible by itself (capacities, companies): see `matching.agreements`. `stop` is asked
    between the goals; the plan so far is kept, and only the goals reached are called proven.
    """
    network = build_network(problem)
    found = _solve(problem, network, progress, stop)
    if not found.complete or not has_rivals(problem, network):
        return found
    rivals = rivals_that_matter(problem, network, rank(problem, chosen_of(found)))
    best = chosen_of(found)
    for keep in without_some(problem, rivals[:MOST_RIVALS]):
        part = only(problem, keep)
        other = np.zeros(problem.pairs, dtype=np.bool_)
        other[keep] = chosen_of(_solve(part, build_network(part), None, None))
        best = min(best, other, key=lambda one: (rank(problem, one), int(problem.tie[one].sum())))
    before = ("places_filled", *problem.goals[: problem.goals.index("changes")])
    sure = before if len(rivals) > MOST_RIVALS else ("places_filled", *problem.goals)
    return _told(problem, best, sure, complete=len(rivals) <= MOST_RIVALS)


def has_rivals(problem: Problem, network: Network | None = None) -> bool:
    """Tell whether the arcs charge some colleague in full who might be no change."""
    network = build_network(problem) if network is None else network
    return "changes" in problem.goals and len(network.rivals) > 0


def rivals_that_matter(problem: Problem, network: Network, best: tuple[int, ...]) -> tuple[int, ...]:
    """Give the rivals (pair numbers) without whom a plan might rank as high as `best`, as far as the changes tell."""
    few = problem.goals[: problem.goals.index("changes") + 1]
    found = []
    for rival in network.rivals.tolist():
        keep = np.ones(problem.pairs, dtype=np.bool_)
        keep[rival] = False
        lowest = _lowest(replace(only(problem, keep), goals=few))
        if (*lowest[:-1], lowest[-1] + 1) <= best[: len(lowest)]:
            found.append(int(rival))
    return tuple(found)


def without_some(problem: Problem, rivals: tuple[int, ...]) -> Iterator[Flags]:
    """Yield which pairs are left (flags) without each set of rivals but the empty one."""
    for gone in chain.from_iterable(combinations(rivals, size + 1) for size in range(len(rivals))):
        keep = np.ones(problem.pairs, dtype=np.bool_)
        keep[list(gone)] = False
        yield keep


def rank(problem: Problem, chosen: Flags) -> tuple[int, ...]:
    """Give the goals' values in order, so that less is better."""
    values, flat = goal_values(problem, chosen), list[int]()
    for name in ("places_filled", *problem.goals):
        value = values[name]
        sign = -1 if MORE_IS_BETTER[name] else 1
        flat += [sign * one for one in value] if isinstance(value, tuple) else [sign * value]
    return tuple(flat)


def chosen_of(solution: Solution) -> Flags:
    """Give the pairs of a solution; a network always has one."""
    assert solution.chosen is not None  # noqa: S101
    return solution.chosen


def _lowest(problem: Problem) -> tuple[int, ...]:
    """Rank the best plan where colleagues are never a change: no plan ranks lower. Changes are the last goal."""
    network = build_network(problem)
    change = network.change.copy()
    change[network.colleagues] = 0
    network = replace(network, change=change)
    face = best_face(problem, network)
    required = rank(problem, problem.required)[-1]
    return (*rank(problem, flags_of(problem, network, face))[:-1], required + int((change * face.flow).sum()))


def _solve(problem: Problem, network: Network, progress: Progress | None, stop: Stop | None) -> Solution:
    face = fill_places(network)
    steps = [one for one in problem.goals if one == "worst_pair" or arc_cost(problem, network, one).any()]
    done = {"places_filled", *problem.goals} - set(steps)
    for number, name in enumerate((*steps, "tie")):
        if stop is not None and stop():
            break
        if progress is not None:
            progress(name, (number + 1) / (len(steps) + 2))
        face = reach(name, problem, network, face)
        done.add(name)
    return _told(problem, flags_of(problem, network, face), done, complete="tie" in done)


def best_face(problem: Problem, network: Network) -> Face:
    """Reach the goals of a problem, without a last word between plans that are equal on all."""
    face = fill_places(network)
    for name in problem.goals:
        if name == "worst_pair" or arc_cost(problem, network, name).any():
            face = reach(name, problem, network, face)
    return face


def flags_of(problem: Problem, network: Network, face: Face) -> Flags:
    """Tell which pairs a flow stands for, required ones too."""
    chosen = problem.required.copy()
    chosen[network.pairs[face.flow[network.pair_arcs] > 0]] = True
    return chosen


def _told(problem: Problem, chosen: Flags, sure: tuple[str, ...] | set[str], *, complete: bool) -> Solution:
    values = goal_values(problem, chosen)
    levels = tuple(
        Level(name, values[name], values[name] if name in sure else None, name in sure)
        for name in ("places_filled", *problem.goals)
    )
    return Solution(chosen, levels, complete)
