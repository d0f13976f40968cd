"""Is a price what solving anew with the pair in the plan would lose?"""

from __future__ import annotations

import numpy as np
import pytest

from matcher.engine.flow import prices as module
from matcher.engine.flow.forced_pair import best_with
from matcher.engine.flow.prices import IMPOSSIBLE, price_pairs
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem


@pytest.mark.parametrize("seed", range(120))
def test_price_equals_a_forced_solve_for_every_pair(seed: int) -> None:
    problem = a_problem(seed)
    chosen = solve_network(problem).chosen
    prices = price_pairs(problem, chosen, np.arange(problem.pairs))
    for pair in range(problem.pairs):
        forced = best_with(problem, chosen, pair)
        if forced is None:
            assert prices.moves[pair] == IMPOSSIBLE
        else:
            assert (prices.values[pair].tolist(), prices.moves[pair]) == (forced[0].tolist(), forced[1])


def test_price_of_one_school_equals_its_part_of_all_prices() -> None:
    problem = a_problem(4, schools=15, mentors=30)
    chosen = solve_network(problem).chosen
    everything = price_pairs(problem, chosen, np.arange(problem.pairs))
    own = np.nonzero(problem.school == 2)[0]
    alone = price_pairs(problem, chosen, own)
    assert alone.values.tolist() == everything.values[own].tolist()
    assert alone.moves.tolist() == everything.moves[own].tolist()


def test_price_of_a_pair_in_the_plan_is_nothing() -> None:
    problem = a_problem(8, schools=10, mentors=20)
    chosen = solve_network(problem).chosen
    inside = np.nonzero(chosen)[0]
    prices = price_pairs(problem, chosen, inside)
    assert prices.moves.tolist() == [0] * len(inside)
    assert len(np.unique(prices.values, axis=0)) == 1


def test_price_reads_most_pairs_without_solving_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_problem(13, schools=25, mentors=60)
    chosen = solve_network(problem).chosen
    solved: list[int] = []

    def counting(*arguments: object) -> object:
        solved.append(1)
        return best_with(*arguments)

    monkeypatch.setattr(module, "best_with", counting)
    price_pairs(problem, chosen, np.arange(problem.pairs))
    assert len(solved) < problem.pairs // 2
