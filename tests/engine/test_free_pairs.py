"""Are the pairs said to cost nothing those, and all those, whose price is nothing?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.engine.flow.free_pairs import free_pairs
from matcher.engine.flow.prices import price_pairs
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem

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
