"""Is a price what solving anew with the pair in the plan would lose?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.errors import NotBestError
from matcher.engine.flow import packing, wide_costs, worst_pair_prices
from matcher.engine.flow import prices as module
from matcher.engine.flow.forced_pair import best_with
from matcher.engine.flow.prices import IMPOSSIBLE, price_pairs
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem

if TYPE_CHECKING:
    from matcher.engine.calls import Flags
    from matcher.engine.flow.prices import Prices
    from matcher.engine.flow.problem import Problem

GOALS = ("reserves_used", "stranded", "changes", "worst_pair", "points", "spread", "travel_minutes")


@cache
def planned(seed: int, goals: tuple[str, ...]) -> tuple[Problem, Flags]:
    """Draw a problem with such goals and plan it, once for all the tests below, which only read both."""
    problem = replace(a_problem(seed), goals=goals)
    return problem, solve_network(problem).chosen


@cache
def all_prices(seed: int, goals: tuple[str, ...]) -> Prices:
    """Price every pair of such a problem, as it is done where nothing is made smaller."""
    problem, chosen = planned(seed, goals)
    return price_pairs(problem, chosen, np.arange(problem.pairs))


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


@pytest.mark.parametrize("largest", [2**58, 0])
def test_price_with_a_better_worst_pair_is_read_from_above(largest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to solving anew where a better worst pair comes in reach, by one search or goal by goal."""
    monkeypatch.setattr(worst_pair_prices, "SOLVED_ANEW", 0)
    monkeypatch.setattr(worst_pair_prices, "LARGEST_COST", largest)
    monkeypatch.setattr(module, "best_with", _never_for_possible_pairs)
    better = 0
    for seed in range(60):
        problem, chosen = planned(seed, GOALS)
        if not packing.pack(problem, chosen).fits:
            continue
        prices = price_pairs(problem, chosen, np.arange(problem.pairs))
        worst = prices.names.index("worst_pair")
        now = min(problem.points[chosen], default=0)
        for pair in np.flatnonzero((prices.values[:, worst] > now) & (prices.moves >= 0)).tolist():
            better += 1
            forced = best_with(problem, chosen, pair)
            assert (prices.values[pair].tolist(), prices.moves[pair]) == (forced[0].tolist(), forced[1])
    assert better > 20


def _never_for_possible_pairs(problem: Problem, chosen: Flags, pair: int) -> None:
    assert best_with(problem, chosen, pair) is None


def test_prices_of_a_plan_that_is_not_the_best_are_refused() -> None:
    problem = a_problem(4, schools=15, mentors=30)
    chosen = solve_network(problem).chosen
    worse = chosen.copy()
    worse[np.flatnonzero(chosen)[0]] = False
    with pytest.raises(NotBestError):
        price_pairs(problem, worse, np.arange(problem.pairs))


@pytest.mark.parametrize("bits", [50, 34, 28])
@pytest.mark.parametrize("goals", [GOALS, (*GOALS[4:], "changes", "worst_pair"), ("points", "worst_pair", "spread")])
def test_price_in_two_words_equals_that_in_one(
    bits: int, goals: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    split = 0
    for seed in range(40):
        (problem, chosen), one_word = planned(seed, goals), all_prices(seed, goals)
        with monkeypatch.context() as small:
            small.setattr(packing, "MOST_BITS", 0)
            small.setattr(packing, "WORD_BITS", bits)
            packed = packing.pack(problem, chosen)
            split += packed.packed and packed.cost.dtype == np.complex128
            two_words = price_pairs(problem, chosen, np.arange(problem.pairs))
        assert two_words.values.tolist() == one_word.values.tolist()
        assert two_words.moves.tolist() == one_word.moves.tolist()
    assert split > 10


def test_goals_that_fit_no_two_words_are_priced_by_solving_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_problem(4, schools=6, mentors=12)
    chosen = solve_network(problem).chosen
    expected = price_pairs(problem, chosen, np.arange(problem.pairs))
    monkeypatch.setattr(packing, "MOST_BITS", 0)
    monkeypatch.setattr(packing, "WORD_BITS", 0)
    assert not packing.pack(problem, chosen).fits
    found = price_pairs(problem, chosen, np.arange(problem.pairs))
    assert (found.values.tolist(), found.moves.tolist()) == (expected.values.tolist(), expected.moves.tolist())


@given(st.integers(-(2**51), 2**51), st.integers(-(2**51), 2**51), st.integers(-(2**51), 2**51))
def test_two_words_are_ordered_and_add_up_as_their_whole_numbers(first: int, second: int, third: int) -> None:
    kind = np.dtype(np.complex128)
    one, other = np.complex128(complex(first, second)), np.complex128(complex(second, third))
    assert (one < other) == (wide_costs.whole(one) < wide_costs.whole(other))
    assert wide_costs.whole(one + other) == wide_costs.whole(one) + wide_costs.whole(other)
    assert wide_costs.number_of(wide_costs.whole(one), kind) == one


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
