"""What is sure of several weights at once: is it so at each of them, and is it often sure?"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

import matcher
from matcher.questions.still_best import still_best
from tests.oracle import best_by_enumeration, numbers_of, values_of
from tests.random_rounds import random_round


@pytest.mark.parametrize("seed", range(12))
def test_what_holds_for_several_points_holds_for_each(seed: int) -> None:
    """With enumeration of all plans as the judge."""
    given, random = random_round(seed, 3, 5), Random(seed)  # noqa: S311 - reproducible, no secrets
    verdicts = matcher.judge(given)
    asked = matcher.solved(given, matcher.assign(given))
    problem, test = asked.problem, still_best(asked.problem, asked.chosen)
    pairs = frozenset(zip(problem.school[asked.chosen].tolist(), problem.mentor[asked.chosen].tolist(), strict=True))
    told = set()
    for most in (0, 2, 10, 60):
        for _ in range(6):
            shift = np.array([[random.randint(-most, most) for _ in range(problem.pairs)] for _ in range(4)])
            points = np.clip(problem.points + shift, 0, 1000)
            best = []
            for row in points:
                table = verdicts.points.astype(np.int64)
                table[problem.school, problem.mentor] = row
                numbers = numbers_of(given, verdicts.allowed.tolist(), table.tolist(), verdicts.minutes.tolist())
                best.append(values_of(numbers, pairs) == best_by_enumeration(numbers))
            assert [test.better(row) is None for row in points] == best
            holds = test.holds(points)
            assert all(best) or not holds
            told.add((most, holds))
    assert (0, test.network is not None) in told
