"""How long do the questions about a plan take, beside one solve of the same round?

All in one process, in turn, the median of several runs. One solve is `solve_network`, the engine alone: from the
problem's arrays to proven pairs. One round is `assign` with the verdicts known: the same with the plan's sentences.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.instances import cohort
from benchmarks.peers import bare_flow
from matcher.engine.flow.prices import price_pairs
from matcher.engine.flow.problem import only
from matcher.engine.flow.repair import repair_without, rerun_of
from matcher.engine.flow.solve import solve_network
from matcher.matching.assign import assign
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.engine.calls import Flags
    from matcher.engine.flow.problem import Problem

SCHOOLS_ASKED = 9
"""Schools whose prices are asked one by one at the large size: spread over the round."""


def run(runs: int) -> list[dict[str, Any]]:
    """Measure every question at the size for which its speed is promised."""
    return [_small(20, 60, runs), _small(300, 1_000, max(1, runs // 2)), _large(1_000, 3_000, runs)]


def _small(schools: int, mentors: int, runs: int) -> dict[str, Any]:
    print(f"{schools} x {mentors}, all prices and every drop-out", flush=True)
    given = cohort(schools, mentors)
    verdicts = judge(given)
    problem = problem_of(Facts(given, verdicts))
    chosen = _solve(problem)
    in_plan = np.unique(problem.mentor[chosen])
    reruns = [_without(problem, chosen, int(one)) for one in in_plan]
    found = _in_turn(
        {
            "one solve": lambda: _solve(problem),
            "one round": lambda: assign(given, verdicts),
            "all prices": lambda: price_pairs(problem, chosen, np.arange(problem.pairs)),
            "every drop-out": lambda: [repair_without(problem, chosen, np.array([one])) for one in in_plan],
            "every drop-out, solved anew": lambda: [_solve(one) for one in reruns],
        },
        runs,
    )
    anew = [_solve(one) for one in reruns]
    equal = all(
        bool((repair_without(problem, chosen, np.array([one]))[problem.mentor != one] == other).all())
        for one, other in zip(in_plan, anew, strict=True)
    )
    return {
        "schools": schools,
        "mentors": mentors,
        "possible": problem.pairs,
        "drop_outs": len(in_plan),
        "equal": equal,
        "results": found,
    }


def _without(problem: Problem, chosen: Flags, gone: int) -> Problem:
    """Make the problem of a rerun after one mentor left."""
    return only(rerun_of(problem, chosen, np.array([gone])), problem.mentor != gone)


def _large(schools: int, mentors: int, runs: int) -> dict[str, Any]:
    print(f"{schools} x {mentors}, one school's prices and a rerun", flush=True)
    given = cohort(schools, mentors)
    verdicts = judge(given)
    problem = problem_of(Facts(given, verdicts))
    chosen = _solve(problem)
    gone = int(problem.mentor[np.nonzero(chosen)[0][0]])
    rerun = _without(problem, chosen, gone)
    asked = [np.nonzero(problem.school == row)[0] for row in range(0, schools, max(1, schools // SCHOOLS_ASKED))]
    asked = [pairs for pairs in asked if len(pairs)]
    found = _in_turn(
        {
            "one bare flow": lambda: bare_flow.solve(problem, 60.0),
            "one solve": lambda: _solve(problem),
            "one round": lambda: assign(given, verdicts),
            "one school's prices": lambda: [price_pairs(problem, chosen, pairs) for pairs in asked],
            "rerun after a drop-out": lambda: _solve(rerun),
        },
        runs,
    )
    found["one school's prices"]["seconds"] /= len(asked)
    levels = solve_network(rerun).levels
    return {
        "schools": schools,
        "mentors": mentors,
        "possible": problem.pairs,
        "equal": all(level.proven for level in levels),
        "results": found,
    }


def _solve(problem: Problem) -> Flags:
    chosen = solve_network(problem).chosen
    if chosen is None:
        raise AssertionError("a network round always has a plan")
    return chosen


def _in_turn(contenders: Mapping[str, Callable[[], object]], runs: int) -> dict[str, dict[str, float]]:
    """Run all contenders in turn and give the median time of each; the first turn is not counted."""
    took: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(runs + 1):
        for name, contender in contenders.items():
            start = time.perf_counter()
            contender()
            if turn:
                took[name].append(time.perf_counter() - start)
    return {name: {"seconds": median(times)} for name, times in took.items()}
