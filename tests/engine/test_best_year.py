"""Which of two years is the better one, strictly in order and with a margin on the worst journey?"""

from __future__ import annotations

import numpy as np
import pytest

from matcher.engine.year.annealing import Best
from matcher.engine.year.year_problem import Arrangement, Score

HELD = Score(0, 0, 343, 6153)


def year(number: int) -> Arrangement:
    return Arrangement(*np.full((3, 1, 1), number))


def kept_after(margin: int, *offered: tuple[int, int, int]) -> Score:
    """Give what is kept of years (repeats, worst, total), once the search goes on to the total."""
    best = Best("mixing", year(0), HELD)
    best.allow(margin)
    for number, (repeats, worst, total) in enumerate(offered, start=1):
        best.offer(year(number), Score(0, repeats, worst, total))
    assert best.fairest == HELD.worst
    return best.score


@pytest.mark.parametrize("margin", [0, 1])
def test_a_year_with_less_in_total_is_kept(margin: int) -> None:
    assert kept_after(margin, (0, 343, 6152)) == Score(0, 0, 343, 6152)
    assert kept_after(margin, (0, 343, 6154), (1, 300, 6000)) == HELD


def test_in_strict_order_a_lower_worst_journey_comes_before_any_total() -> None:
    assert kept_after(0, (0, 341, 6181)) == Score(0, 0, 341, 6181)
    assert kept_after(0, (0, 341, 6181), (0, 342, 5000)) == Score(0, 0, 341, 6181)


def test_within_a_margin_only_the_total_counts() -> None:
    assert kept_after(1, (0, 341, 6181)) == HELD
    assert kept_after(1, (0, 346, 6152)) == Score(0, 0, 346, 6152)
    assert kept_after(1, (0, 347, 5000)) == HELD


def test_a_margin_of_less_than_a_minute_is_the_strict_order() -> None:
    best = Best("mixing", year(0), Score(0, 0, 80, 900))
    best.allow(1)
    best.offer(year(1), Score(0, 0, 79, 950))
    assert best.score.worst == 79
