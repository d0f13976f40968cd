"""Do the known designs really let nobody meet twice, whole and with schools left out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.year_instances import golfers
from matcher.engine.year.base_blocks import base_block_design, base_weeks
from matcher.engine.year.designs import design_for, known_design, prime_powers, round_robin, transversal_design

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Ints


def meetings(rounds: Ints) -> Ints:
    """Count how often two schools meet (upper triangle)."""
    met = np.zeros((rounds.shape[1], rounds.shape[1]), dtype=int)
    for one in rounds:
        met += one[:, None] == one
    return np.triu(met, 1)


@pytest.mark.parametrize(
    ("groups", "size", "rounds"),
    [
        (5, 4, 5), (5, 5, 6), (4, 4, 5), (8, 4, 9), (9, 3, 10), (7, 3, 7), (16, 4, 17), (25, 5, 26), (8, 7, 8),
        (12, 3, 13), (15, 3, 16), (20, 4, 21), (36, 4, 37), (35, 5, 36), (60, 3, 61),
    ],
)  # fmt: skip
def test_a_design_has_full_groups_and_no_repeat(groups: int, size: int, rounds: int) -> None:
    design = transversal_design(groups, size)
    assert design is not None
    assert design.shape == (rounds, groups * size)
    assert all(np.bincount(one, minlength=groups).tolist() == [size] * groups for one in design)
    assert meetings(design).max() == 1


@pytest.mark.parametrize(("groups", "size"), base_weeks())
def test_base_blocks_have_full_groups_and_no_repeat(groups: int, size: int) -> None:
    design = base_block_design(groups, size)
    assert design is not None
    assert all(np.bincount(one, minlength=groups).tolist() == [size] * groups for one in design)
    assert meetings(design).max() == 1


@pytest.mark.parametrize("groups", [1, 2, 3, 6, 13, 30])
def test_in_pairs_everyone_meets_everyone_once(groups: int) -> None:
    rounds = round_robin(groups)
    assert all(np.bincount(one).tolist() == [2] * groups for one in rounds)
    met = meetings(rounds)
    assert (met[np.triu_indices(2 * groups, 1)] == 1).all()


def test_no_design_where_algebra_has_none() -> None:
    assert transversal_design(6, 3) is None
    assert transversal_design(3, 4) is None
    assert base_block_design(3, 4) is None
    assert known_design(3, 7) is None
    assert prime_powers(60) == [5, 4, 3]


@pytest.mark.parametrize(
    ("groups", "size", "known"),
    [(8, 4, 10), (7, 3, 10), (9, 3, 13), (6, 3, 8), (6, 4, 7), (7, 4, 9), (6, 5, 6), (8, 3, 11), (9, 4, 11), (5, 4, 5)],
)
def test_as_many_rounds_are_known_as_the_literature_has(groups: int, size: int, known: int) -> None:
    design = known_design(groups, size)
    assert design is not None
    assert len(design) >= known


@pytest.mark.parametrize(
    ("schools", "groups", "size", "rounds"),
    [(23, 6, 4, 7), (27, 7, 4, 9), (22, 6, 4, 7), (19, 5, 4, 5), (26, 9, 3, 13), (17, 5, 4, 3), (32, 8, 4, 10)],
)
def test_fewer_schools_sit_on_points_of_a_larger_design(schools: int, groups: int, size: int, rounds: int) -> None:
    given = golfers(groups, size, rounds, schools)
    design = design_for(given)
    assert design is not None
    assert design.shape == (rounds, schools)
    sizes = np.array([np.bincount(one, minlength=groups) for one in design])
    assert sizes.min() >= given.low[0]
    assert sizes.max() <= size
    assert meetings(design).max() == 1


def test_no_design_where_too_many_rounds_or_too_small_groups_are_asked() -> None:
    assert design_for(golfers(8, 4, 11)) is None
    assert design_for(golfers(7, 4, 9, 22)) is None
