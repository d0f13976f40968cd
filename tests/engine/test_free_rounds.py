"""Are two rounds solved exactly, and does nothing else of the year change?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.year_instances import flanders
from matcher.engine.year.annealing import Best, Effort, arrange
from matcher.engine.year.free_rounds import improve_rounds, loose_rounds
from matcher.engine.year.year_problem import Arrangement, YearProblem, score
from matcher.sessions.year_arrays import facts_of
from tests.engine.tiny_years import travels_of_every_year
from tests.sessions.season_random import random_season

ROUGH = Effort(chains=4, mixing=900, nearing=60, saving=20, proof=0)


def _improved(given: YearProblem, plan: Arrangement, margin: int = 0) -> Arrangement:
    best = Best("mixing", plan, score(given, plan))
    best.allow(margin)
    caps = lambda one: (max(best.enough, one.worst) - 1, max(best.enough, one.worst))  # noqa: E731 - one use
    found, value = improve_rounds(given, plan, key=best.key, cap=caps, effort=1.0)
    assert value == score(given, found)
    assert best.key(value) <= best.key(best.score)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_a_year_gets_better_and_breaks_no_rule(seed: int) -> None:
    given = facts_of(random_season(seed, schools=(8, 12, 15)[seed % 3])).given
    plan = arrange(given, effort=ROUGH, seed=seed).plan
    before, found = score(given, plan), _improved(given, plan)
    assert score(given, found).faults <= before.faults
    loose = loose_rounds(given)
    fixed = [number for number in range(given.rounds) if number not in loose]
    assert (found.group[fixed] == plan.group[fixed]).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_rough_year_in_flanders_gets_nearer(seed: int) -> None:
    given = flanders(seed)
    plan = arrange(given, effort=ROUGH, seed=seed).plan
    before, after = score(given, plan), score(given, _improved(given, plan))
    assert (before.faults, after.faults, after.repeats) == (0, 0, before.repeats)
    assert (after.worst, after.total) < (before.worst, before.total)


def test_two_rounds_of_pairs_are_the_best_of_all() -> None:
    given = flanders(3, 4, 2, 2, 2)
    plan = arrange(given, effort=ROUGH).plan
    found = score(given, _improved(given, plan))
    assert (found.worst, found.total) == min(travels_of_every_year(given))


def test_nothing_fixed_is_touched() -> None:
    given = flanders(1, 12, 12, 3, 3)
    plan = arrange(given, effort=ROUGH).plan
    held = replace(
        given,
        frozen=given.frozen | (np.arange(3) == 0)[:, None],
        seat_pin=np.where((np.arange(3) == 0)[:, None], plan.group, -1),
    )
    found = _improved(held, plan)
    assert loose_rounds(held) == [1, 2]
    assert (found.group[0] == plan.group[0]).all()
    assert (found.host[0] == plan.host[0]).all()
