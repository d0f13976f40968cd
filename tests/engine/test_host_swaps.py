"""Do groups exchange hosts where that brings schools nearer, and does every sum and rule still hold?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.year_instances import flanders
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.chains import load, start_chains
from matcher.engine.year.host_swaps import swap_hosts
from matcher.engine.year.year_problem import Arrangement, YearProblem, score, what_may_be_exchanged
from matcher.sessions.year_arrays import facts_of
from tests.sessions.season_random import random_season

if TYPE_CHECKING:
    from matcher.engine.year.chains import Chains

ROUGH = Effort(chains=4, mixing=600, nearing=60, saving=20, proof=0)
KEPT = ("met", "minutes", "day", "turns", "instead", "wrong")


def exchanged(
    given: YearProblem, plan: Arrangement, *, heat: float, steps: int = 60
) -> tuple[Chains, list[Arrangement]]:
    """Let the groups of a year exchange hosts for some steps."""
    chains = start_chains(given, 4, 0, (plan,))
    chains.heat[:], chains.cap[:] = heat, 1e9
    for step in range(steps):
        swap_hosts(chains, step % given.rounds)
    return chains, [chains.arrangement(one) for one in range(chains.count)]


def kept(chains: Chains) -> list[np.ndarray]:  # type: ignore[type-arg]
    """Give all that the moves keep up to date, without the empty seat."""
    size = chains.given.schools
    found = [getattr(chains, name) for name in KEPT]
    return [
        one[:, :size] if one.shape[1] == size + 1 else one[..., :size] if name == "day" else one.copy()
        for name, one in zip(KEPT, found, strict=True)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_every_sum_is_what_adding_up_anew_gives(seed: int) -> None:
    given = flanders(seed)
    chains, plans = exchanged(given, arrange(given, effort=ROUGH, seed=seed).plan, heat=500.0)
    moved = kept(chains)
    load(chains, plans)
    assert len({plan.host.tobytes() for plan in plans}) > 1
    for one, anew in zip(moved, kept(chains), strict=True):
        assert np.array_equal(one[..., : given.schools], anew[..., : given.schools])


@pytest.mark.parametrize("seed", range(12))
def test_no_rule_is_broken_and_nobody_changes_groups(seed: int) -> None:
    given = replace(facts_of(random_season(seed, schools=(8, 12, 15)[seed % 3])).given, far=None)
    plan = arrange(given, effort=ROUGH, seed=seed).plan
    faults = score(given, plan).faults
    for after in exchanged(given, plan, heat=500.0)[1]:
        assert (after.group == plan.group).all()
        assert (after.moment == plan.moment).all()
        assert faults or score(given, after).faults == 0


def test_hosts_that_each_suit_the_other_group_are_exchanged() -> None:
    given = replace(flanders(0, 8, 2, 1), own=np.full(10, -1), minutes=np.full((8, 10), 90))
    given.minutes[:4, 0] = given.minutes[4:, 1] = 10
    plan = Arrangement(np.repeat([[0, 1]], 4, axis=1), np.array([[1, 0]]), np.zeros((1, 2), dtype=np.int64))
    assert score(given, plan).total == 8 * 90
    assert [score(given, one).total for one in exchanged(given, plan, heat=1.0)[1]] == [8 * 10] * 4


def test_hosts_that_a_rule_minds_stay_where_they_are() -> None:
    given = flanders(0, 8, 8, 2, 4)
    free = what_may_be_exchanged(given)
    assert (free.hosts == (np.arange(16) >= 8)).all()
    assert [one.tolist() for one in free.groups] == [[0, 1], [0, 1]]
    closed, twice, small, barred = given.host_free.copy(), given.times.copy(), given.room.copy(), given.barred.copy()
    closed[1, 8], twice[9], small[10] = False, 2, 3
    barred[0, 0], barred[1, 1, 12] = np.arange(16) != 11, True
    minded = replace(given, host_free=closed, times=twice, room=small, barred=barred)
    left = what_may_be_exchanged(minded)
    assert np.nonzero(left.hosts)[0].tolist() == [11, 13, 14, 15]
    assert [one.tolist() for one in left.groups] == [[1], [0, 1]]
    plan = Arrangement(
        np.repeat([[0, 1], [1, 0]], 4, axis=1), np.array([[11, 13], [14, 15]]), np.zeros((2, 2), dtype=np.int64)
    )
    assert all(one.host[0, 0] == 11 for one in exchanged(minded, plan, heat=500.0)[1])


def test_without_such_hosts_nothing_is_drawn() -> None:
    given = flanders(0, 8, 0, 2, 4)
    chains = start_chains(given, 4, 0)
    before = chains.rng.bit_generator.state
    swap_hosts(chains, 0)
    assert chains.rng.bit_generator.state == before
