"""Where one path a place says that all stay full, do they?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.engine.flow.problem import goal_values
from matcher.engine.flow.refill import Refill
from matcher.engine.flow.repair import places_without
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem


def answers(seed: int) -> list[tuple[bool, bool]]:
    """Give of each mentor in a plan what the paths say, and whether the others really fill as much."""
    drawn = a_problem(seed, schools=5 + seed % 8, mentors=9 + seed % 13)
    problem = replace(drawn, required=np.zeros(drawn.pairs, dtype=np.bool_))
    chosen = solve_network(problem).chosen
    in_plan = np.unique(problem.mentor[chosen])
    target = places_without(problem, in_plan)
    assert goal_values(problem, chosen)["places_filled"] == target
    refill = Refill(problem, chosen, in_plan)
    return [(refill.fills(one), places_without(problem, in_plan[in_plan != one]) >= target) for one in in_plan.tolist()]


@pytest.mark.parametrize("seed", range(80))
def test_places_stay_full_where_the_paths_say_so(seed: int) -> None:
    assert all(really for said, really in answers(seed) if said)


def test_the_paths_find_most_of_what_is_so() -> None:
    found = [one for seed in range(80) for one in answers(seed)]
    covered = [said for said, really in found if really]
    assert len(covered) > 30
    assert sum(covered) > 0.9 * len(covered)
