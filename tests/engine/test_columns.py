"""Is a plan that was found on few pairs the best of all, and the same as if all had been looked at?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.errors import NotBestError
from matcher.engine.flow import columns, packing
from matcher.engine.flow.column_prices import Pricing
from matcher.engine.flow.columns import solve_by_columns
from matcher.engine.flow.problem import Problem, only
from matcher.engine.flow.solve import rank, solve_network
from tests.random_problems import a_problem


def _same(problem: Problem, per_school: int) -> None:
    few, all_pairs = solve_by_columns(problem, per_school=per_school), solve_network(problem)
    assert few.levels == all_pairs.levels
    assert few.chosen.tolist() == all_pairs.chosen.tolist()
    assert few.complete == all_pairs.complete


@pytest.mark.parametrize("per_school", [0, 1, 3])
@pytest.mark.parametrize("seed", range(80))
def test_columns_give_the_plan_of_all_pairs(seed: int, per_school: int) -> None:
    """With required pairs, plans before, reserves, companies' limits, ties, and goals in every order."""
    _same(a_problem(seed), per_school)


@pytest.mark.parametrize("seed", range(200, 206))
def test_columns_give_the_plan_of_all_pairs_where_there_are_many(seed: int) -> None:
    _same(a_problem(seed, schools=60, mentors=150), 2)


@pytest.mark.parametrize("bits", [50, 34, 0])
def test_columns_are_priced_in_two_words_and_all_are_looked_at_where_those_are_too_few(
    bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MOST_BITS", 0)
    monkeypatch.setattr(packing, "WORD_BITS", bits)
    for seed in range(25):
        _same(a_problem(seed, schools=10, mentors=25), 1)


def test_columns_come_in_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "ADDED", 1)
    for seed in range(25):
        _same(a_problem(seed, schools=12, mentors=30), 1)


@pytest.mark.parametrize("seed", [302, 305, 307, 308])
def test_columns_leave_most_pairs_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is solved in the end is a part of the pairs: else nothing is gained."""
    solved = []

    def counting(problem: Problem, *others: object) -> object:
        solved.append(problem.pairs)
        return solve_network(problem, *others)

    problem = a_problem(seed, schools=60, mentors=150)
    problem = replace(problem, points=np.random.default_rng(1).integers(0, 1001, problem.pairs))
    monkeypatch.setattr(columns, "solve_network", counting)
    solve_by_columns(problem, per_school=4)
    assert 0 < solved[-1] < problem.pairs // 2


def test_pricing_finds_every_pair_that_makes_a_plan_better() -> None:
    """A plan with nothing below zero outside is the best of all; where there is a better one, something is."""
    found = {True: 0, False: 0}
    for seed in range(120):
        problem = a_problem(seed)
        problem = replace(problem, goals=tuple(one for one in problem.goals if one != "worst_pair"))
        try:
            pricing = Pricing(problem)
        except columns.NoRoomError:
            continue
        inside = (np.random.default_rng(seed).random(problem.pairs) < 0.7) | problem.required | problem.kept
        chosen = np.zeros(problem.pairs, dtype=np.bool_)
        chosen[inside] = solve_network(only(problem, inside)).chosen
        below = bool((pricing.reduced(chosen, inside) < 0)[~inside].any())
        better = rank(problem, solve_network(problem).chosen) < rank(problem, chosen)
        assert below or not better
        found[better] += 1
    assert min(found.values()) > 10


def test_pricing_refuses_a_plan_that_is_not_the_best() -> None:
    problem = replace(a_problem(202, schools=20, mentors=40), goals=("points",))
    nothing, everything = np.zeros(problem.pairs, dtype=np.bool_), np.ones(problem.pairs, dtype=np.bool_)
    with pytest.raises(NotBestError):
        Pricing(problem).reduced(nothing | problem.required, everything)


def test_columns_that_are_stopped_call_nothing_proven() -> None:
    problem = a_problem(203, schools=20, mentors=40)
    solution = solve_by_columns(problem, stop=lambda: True)
    assert solution.chosen.any()
    assert not solution.complete
    assert not any(level.proven for level in solution.levels)
