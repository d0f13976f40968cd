"""Is a repaired plan what solving anew gives?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.engine.flow.problem import only
from matcher.engine.flow.repair import places_without, repair_without, rerun_of
from matcher.engine.flow.solve import solve_network
from tests.random_problems import a_problem


@pytest.mark.parametrize("seed", range(80))
def test_repair_equals_solving_anew_for_every_mentor(seed: int) -> None:
    problem = replace(a_problem(seed, schools=10, mentors=20), required=np.zeros(0, dtype=np.bool_))
    problem = replace(problem, required=np.zeros(problem.pairs, dtype=np.bool_))
    chosen = solve_network(problem).chosen
    for mentor in range(len(problem.capacity)):
        stays = problem.mentor != mentor
        anew = solve_network(only(rerun_of(problem, chosen, np.array([mentor])), stays)).chosen
        repaired = repair_without(problem, chosen, np.array([mentor]))
        assert repaired[stays].tolist() == anew.tolist()
        assert not repaired[~stays].any()


@pytest.mark.parametrize("seed", range(40))
def test_places_without_equals_what_a_plan_of_those_mentors_fills(seed: int) -> None:
    problem = a_problem(seed)
    problem = replace(problem, required=np.zeros(problem.pairs, dtype=np.bool_))
    allowed = np.arange(0, len(problem.capacity), 2)
    part = only(problem, np.isin(problem.mentor, allowed))
    assert places_without(problem, allowed) == solve_network(part).levels[0].value
