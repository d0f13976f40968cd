"""Do algebraic designs really let nobody meet twice?"""

from __future__ import annotations

import numpy as np
import pytest

from matcher.engine.year.designs import transversal_design


@pytest.mark.parametrize(
    ("groups", "size", "rounds"),
    [(5, 4, 5), (5, 5, 6), (4, 4, 5), (8, 4, 9), (9, 3, 10), (7, 3, 7), (16, 4, 17), (25, 5, 26), (8, 7, 8)],
)
def test_a_design_has_full_groups_and_no_repeat(groups: int, size: int, rounds: int) -> None:
    design = transversal_design(groups, size)
    assert design is not None
    assert design.shape == (rounds, groups * size)
    met = np.zeros((groups * size, groups * size), dtype=int)
    for one in design:
        assert np.bincount(one, minlength=groups).tolist() == [size] * groups
        met += one[:, None] == one
    assert np.triu(met, 1).max() == 1


def test_no_design_where_algebra_has_none() -> None:
    assert transversal_design(6, 3) is None
    assert transversal_design(3, 4) is None
