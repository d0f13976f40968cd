"""Are the pairs said to cost nothing, or least, those whose price says so?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.engine.flow.cheap_pairs import cheapest_pairs, free_pairs
from matcher.engine.flow.prices import price_pairs
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem

if TYPE_CHECKING:
    from matcher.engine.calls import Flags
    from matcher.engine.flow.prices import Prices

KINDS = ["as drawn", "few values"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(60))
def test_free_pairs_are_those_whose_price_is_nothing(seed: int, kind: str) -> None:
    problem = a_problem(seed, schools=6 + seed % 9, mentors=12 + seed % 17)
    if kind == "few values":  # where little tells plans apart, many pairs are free
        problem = replace(problem, points=problem.points // 400 * 400, minutes=problem.minutes // 30)
    chosen = solve_network(problem).chosen
    numbers, moves = free_pairs(problem, chosen)
    found = price_pairs(problem, chosen, np.arange(problem.pairs))
    now = found.values[np.flatnonzero(chosen)[:1]]
    same = (found.values == now).all(axis=1) & ~chosen & (found.moves >= 0) if len(now) else np.zeros(0, dtype=bool)
    assert numbers.tolist() == np.flatnonzero(same).tolist()
    assert moves.tolist() == found.moves[numbers].tolist()


def test_there_are_free_pairs_to_find() -> None:
    counts = []
    for seed in range(60):
        drawn = a_problem(seed, schools=6 + seed % 9, mentors=12 + seed % 17)
        problem = replace(drawn, points=drawn.points // 400 * 400, minutes=drawn.minutes // 30)
        counts.append(len(free_pairs(problem, solve_network(problem).chosen)[0]))
    assert sum(one > 0 for one in counts) > 20


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_pairs_are_first_among_all_prices(seed: int, kind: str) -> None:
    problem = a_problem(seed, schools=6 + seed % 9, mentors=12 + seed % 17)
    if kind == "few values":
        problem = replace(problem, points=problem.points // 400 * 400, minutes=problem.minutes // 30)
    chosen = solve_network(problem).chosen
    everything = price_pairs(problem, chosen, np.arange(problem.pairs))
    for most in (1, 5):
        found = cheapest_pairs(problem, chosen, most)
        if found is None:
            continue
        assert found.names == everything.names
        assert len(found.pairs) == most
        order = ranked(chosen, everything)[:most]
        assert found.pairs.tolist() == order
        assert found.values.tolist() == everything.values[order].tolist()
        assert found.moves.tolist() == everything.moves[order].tolist()


def test_cheapest_pairs_are_often_found_without_pricing_all() -> None:
    found = []
    for seed in range(40):
        problem = a_problem(seed, schools=6 + seed % 9, mentors=12 + seed % 17)
        found.append(cheapest_pairs(problem, solve_network(problem).chosen, 3) is not None)
    assert sum(found) >= 8


def ranked(chosen: Flags, prices: Prices) -> list[int]:
    """Order the pairs outside the plan by what they lose, goal after goal, then by moves."""
    now = prices.values[np.flatnonzero(chosen)[:1]]
    more = {"points", "worst_pair", *(name for name in prices.names if name.startswith("places_filled"))}
    signs = np.array([-1 if name in more else 1 for name in prices.names])
    losses = (prices.values - now) * signs
    outside = np.flatnonzero(~chosen & (prices.moves >= 0)).tolist()
    return sorted(outside, key=lambda one: (*losses[one].tolist(), int(prices.moves[one]), one))
