"""Does the flow engine reach every goal, in order, and the same plan whoever asks?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.engine.flow.cp_sat import solve_search
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem, brute_force, with_clauses


@pytest.mark.parametrize("seed", range(60))
def test_network_equals_brute_force(seed: int) -> None:
    problem = a_problem(seed, schools=4, mentors=4)
    solution = solve_network(problem)
    assert {level.name: level.value for level in solution.levels} == brute_force(problem)
    assert all(level.proven and level.bound == level.value for level in solution.levels)


@pytest.mark.parametrize("seed", range(100, 140))
def test_network_and_search_choose_the_same_pairs(seed: int) -> None:
    problem = a_problem(seed)
    flow, search = solve_network(problem), solve_search(problem, 30)
    assert [(level.name, level.value, level.proven) for level in search.levels] == [
        (level.name, level.value, level.proven) for level in flow.levels
    ]
    assert search.chosen.tolist() == flow.chosen.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_search_with_clauses_equals_brute_force(seed: int) -> None:
    problem = with_clauses(a_problem(seed, schools=4, mentors=4), seed)
    solution = solve_search(problem, 30)
    found = None if solution.chosen is None else {level.name: level.value for level in solution.levels}
    assert found == brute_force(problem)


def test_network_does_not_depend_on_the_order_of_the_pairs() -> None:
    problem = a_problem(5, schools=20, mentors=40)
    order = np.random.default_rng(0).permutation(problem.pairs)
    fields = ("school", "mentor", "points", "minutes", "kept", "required", "tie")
    shuffled = replace(problem, **{name: getattr(problem, name)[order] for name in fields})
    assert solve_network(shuffled).chosen.tolist() == solve_network(problem).chosen[order].tolist()


def test_network_stopped_at_once_fills_the_places_and_calls_only_those_proven() -> None:
    problem = a_problem(7, schools=20, mentors=40)
    stopped = solve_network(problem, stop=lambda: True)
    assert stopped.levels[0] == solve_network(problem).levels[0]
    assert [level.proven for level in stopped.levels if level.name in {"points", "travel_minutes"}] == [False, False]
    assert not stopped.complete


def test_network_tells_its_progress_goal_by_goal() -> None:
    told: list[str] = []
    solve_network(a_problem(3), progress=lambda name, _fraction: told.append(name))
    assert told[-1] == "tie"
    assert "points" in told


def test_search_out_of_time_gives_no_plan_or_an_unproven_one() -> None:
    problem = with_clauses(a_problem(11), 11)
    solution = solve_search(problem, 0.0)
    assert not solution.complete
    assert not all(level.proven for level in solution.levels) or not solution.levels


def test_required_pairs_bound_what_the_worst_pair_can_reach() -> None:
    problem = a_problem(5, schools=6, mentors=12)
    weakest = int(np.argmin(problem.points))
    required = np.zeros(problem.pairs, dtype=np.bool_)
    required[weakest] = True
    locked = replace(problem, required=required, kept=np.zeros(problem.pairs, dtype=np.bool_))
    values = {level.name: level.value for level in solve_network(locked).levels}
    assert values["worst_pair"] == int(problem.points[weakest])
