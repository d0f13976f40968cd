"""Small random problems in the engine's arrays, with ties, locks, earlier plans and company limits among them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from matcher.engine.flow.forced_pair import room_for
from matcher.engine.flow.problem import Problem, goal_values, only
from matcher.engine.flow.solve import solve_network

DEFAULT_GOALS = ("reserves_used", "stranded", "changes", "worst_pair", "points", "spread", "travel_minutes")


def a_problem(seed: int, schools: int = 8, mentors: int = 13) -> Problem:
    """Make a problem of at most so many schools and mentors; the same seed gives the same one."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(2, schools + 1)), int(rng.integers(2, mentors + 1))
    companies = int(rng.integers(1, m + 1))
    school, mentor = np.nonzero(rng.random((n, m)) < rng.choice([0.3, 0.5, 0.8]))
    count = len(school)
    problem = Problem(
        demand=rng.integers(1, 4, n),
        capacity=rng.integers(0, rng.choice([3, 5]), m),
        company=rng.integers(0, companies, m),
        company_limit=rng.integers(1, 4, companies),
        school=school,
        mentor=mentor,
        points=rng.integers(0, rng.choice([5, 30, 1000]) + 1, count),
        minutes=rng.integers(0, rng.choice([4, 60]), count),
        kept=np.zeros(count, dtype=np.bool_),
        required=np.zeros(count, dtype=np.bool_),
        tie=rng.integers(0, 2**32, count),
        goals=tuple(rng.permutation(DEFAULT_GOALS).tolist()) if rng.random() < 0.5 else DEFAULT_GOALS,
    )
    problem = only(problem, problem.capacity[mentor] > 0)
    if rng.random() < 0.4:
        earlier = solve_network(replace(problem, points=rng.integers(0, 100, problem.pairs))).chosen
        problem = _rerun(problem, earlier, rng)
    if rng.random() < 0.3:
        problem = replace(problem, required=_some_required(problem, rng))
    return problem


def _rerun(problem: Problem, earlier: np.ndarray, rng: np.random.Generator) -> Problem:
    """Let some pairs of an earlier plan go with mentors who left, and some mentors be reserves."""
    stays = rng.random(problem.pairs) < 0.7
    count = len(problem.demand)
    return replace(
        problem,
        kept=earlier & stays,
        had=np.bincount(problem.school[earlier], minlength=count) > 0,
        left=np.bincount(problem.school[earlier & ~stays], minlength=count),
        reserve=rng.random(len(problem.capacity)) < rng.choice([0, 0.3]),
    )


def with_clauses(problem: Problem, seed: int) -> Problem:
    """Add a few random clauses that are no network."""
    rng = np.random.default_rng(seed)
    pairs = np.nonzero(~problem.required)[0]
    if len(pairs) < 3:
        return problem
    exclusive = tuple(tuple(sorted(rng.choice(pairs, 2, replace=False).tolist())) for _ in range(3))
    one, *others = rng.choice(pairs, 3, replace=False).tolist()
    return replace(problem, exclusive=exclusive, needs_one=((one, tuple(others)),))


def brute_force(problem: Problem) -> dict[str, int | tuple[int, ...]] | None:
    """Try every set of pairs; give the goals' values of the best, None where none is allowed."""
    best: tuple[tuple[int, ...], dict[str, int | tuple[int, ...]]] | None = None
    for choice in product((False, True), repeat=problem.pairs):
        chosen = np.array(choice, dtype=np.bool_)
        if not _allowed(problem, chosen):
            continue
        values = goal_values(problem, chosen)
        places = values["places_filled"]
        rank = (*places, *((1 if name in ("worst_pair", "points") else -1) * values[name] for name in problem.goals))
        if best is None or rank > best[0]:
            best = rank, values
    return None if best is None else best[1]


def _allowed(problem: Problem, chosen: np.ndarray) -> bool:
    return (
        bool((chosen | ~problem.required).all())
        and room_for(problem, chosen)
        and not any(chosen[one] and chosen[other] for one, other in problem.exclusive)
        and all(chosen[list(others)].any() for one, others in problem.needs_one if chosen[one])
    )


def _some_required(problem: Problem, rng: np.random.Generator) -> np.ndarray:
    required = problem.required.copy()
    for pair in rng.permutation(problem.pairs)[:2]:
        required[pair] = True
        required[pair] = room_for(problem, required)
    return required
