"""Is what few arcs are looked at for all at once the same as what many are looked at for one by one?"""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.errors import NotBestError
from matcher.engine.flow import optimal_face


@pytest.mark.parametrize("seed", range(20))
def test_few_arcs_have_the_same_shortest_ways_as_many(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(seed)
    tail, head = draw.integers(12, size=(2, 40))
    height = draw.integers(50, size=12)
    length = draw.integers(9, size=40) + height[head] - height[tail]  # of both signs, without a negative cycle
    few = optimal_face.shortest(tail, head, length, np.zeros(12, dtype=np.int64), np.arange(12))
    monkeypatch.setattr(optimal_face, "FEW", 0)
    many = optimal_face.shortest(tail, head, length, np.zeros(12, dtype=np.int64), np.arange(12))
    assert few.tolist() == many.tolist()
    assert (few[head] <= few[tail] + length).all()


@pytest.mark.parametrize("few", [0, 10])
def test_a_cycle_of_negative_length_is_told_of_few_arcs_and_of_many(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimal_face, "FEW", few)
    with pytest.raises(NotBestError):
        optimal_face.shortest(
            np.array([0, 1]), np.array([1, 0]), np.array([1, -2]), np.zeros(2, dtype=np.int64), np.arange(2)
        )
