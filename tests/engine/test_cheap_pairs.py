"""Are the pairs said to cost nothing, or least, those whose price says so?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.engine.flow.cheap_pairs import cheapest_pairs, free_pairs
from matcher.engine.flow.prices import price_pairs
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem

if TYPE_CHECKING:
    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.prices import Prices
    from matcher.engine.flow.problem import Problem

KINDS = ["as drawn", "few values"]


@cache
def planned(seed: int, kind: str) -> tuple[Problem, Flags]:
    """Draw a problem and plan it, once for all the tests below, which only read both."""
    problem = a_problem(seed, schools=6 + seed % 9, mentors=12 + seed % 17)
    if kind == "few values":  # where little tells plans apart, many pairs are free
        problem = replace(problem, points=problem.points // 400 * 400, minutes=problem.minutes // 30)
    return problem, solve_network(problem).chosen


@cache
def all_prices(seed: int, kind: str) -> Prices:
    """Price every pair of such a problem, by solving again with each."""
    problem, chosen = planned(seed, kind)
    return price_pairs(problem, chosen, np.arange(problem.pairs))


@cache
def free_of(seed: int, kind: str) -> tuple[Ints, Ints]:
    """Find the free pairs of such a problem."""
    return free_pairs(*planned(seed, kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(60))
def test_free_pairs_are_those_whose_price_is_nothing(seed: int, kind: str) -> None:
    _, chosen = planned(seed, kind)
    numbers, moves = free_of(seed, kind)
    found = all_prices(seed, kind)
    now = found.values[np.flatnonzero(chosen)[:1]]
    same = (found.values == now).all(axis=1) & ~chosen & (found.moves >= 0) if len(now) else np.zeros(0, dtype=bool)
    assert numbers.tolist() == np.flatnonzero(same).tolist()
    assert moves.tolist() == found.moves[numbers].tolist()


def test_there_are_free_pairs_to_find() -> None:
    assert sum(len(free_of(seed, "few values")[0]) > 0 for seed in range(60)) > 20


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_pairs_are_first_among_all_prices(seed: int, kind: str) -> None:
    problem, chosen = planned(seed, kind)
    everything = all_prices(seed, kind)
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
    found = [cheapest_pairs(*planned(seed, "as drawn"), 3) is not None for seed in range(40)]
    assert sum(found) >= 8


def ranked(chosen: Flags, prices: Prices) -> list[int]:
    """Order the pairs outside the plan by what they lose, goal after goal, then by moves."""
    now = prices.values[np.flatnonzero(chosen)[:1]]
    more = {"points", "worst_pair", *(name for name in prices.names if name.startswith("places_filled"))}
    signs = np.array([-1 if name in more else 1 for name in prices.names])
    losses = (prices.values - now) * signs
    outside = np.flatnonzero(~chosen & (prices.moves >= 0)).tolist()
    return sorted(outside, key=lambda one: (*losses[one].tolist(), int(prices.moves[one]), one))
