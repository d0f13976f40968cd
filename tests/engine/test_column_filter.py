"""Does the filter keep every session of a best choice, and say so where there is none?"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from matcher.engine.year.column_filter import Offered, worth_a_look


def some_sessions(seed: int, schools: int = 6, hosts: int = 5) -> Offered:
    """Draw all groups of two schools at each of some hosts, for two visits of every school."""
    draw = np.random.default_rng(seed)
    groups = [one for one in combinations(range(schools), 2) for _ in range(hosts)]
    inside = np.zeros((len(groups), schools), dtype=np.bool_)
    for row, members in enumerate(groups):
        inside[row, list(members)] = True
    host = np.arange(len(groups)) % hosts
    minutes = np.where(inside, draw.integers(5, 90, size=(hosts, schools))[host], 0)
    return Offered(
        inside=inside, host=host, minutes=minutes, visits=np.full(schools, 1), left=draw.integers(40, 90, size=schools)
    )


def best_choices(offered: Offered) -> tuple[int | None, set[int]]:
    """Give the lowest minutes of a choice, and the sessions of all such choices, by trying all."""
    every = np.array(list(combinations(range(len(offered.host)), offered.inside.shape[1] // 2)))
    several = (np.diff(np.sort(offered.host[every], axis=1), axis=1) > 0).all(axis=1)
    every = every[several]
    once = (offered.inside[every].sum(axis=1) == 1).all(axis=1)
    every = every[once & (offered.minutes[every].sum(axis=1) <= offered.left).all(axis=1)]
    if not len(every):
        return None, set()
    cost = offered.minutes[every].sum(axis=(1, 2))
    return int(cost.min()), set(every[cost == cost.min()].ravel().tolist())


@pytest.mark.parametrize("seed", range(12))
def test_no_session_of_a_best_choice_is_left_out(seed: int) -> None:
    offered = some_sessions(seed, hosts=4)
    best, used = best_choices(offered)
    first = np.arange(3)
    if best is None:
        return
    for now in (best + 1, best + 40):
        kept = worth_a_look(offered, now, first)
        assert kept is not None
        assert kept[sorted(used)].all()


def test_most_drawn_sessions_have_a_choice() -> None:
    assert sum(best_choices(some_sessions(seed, hosts=4))[0] is not None for seed in range(12)) > 6


def test_filter_drops_what_is_far_too_dear() -> None:
    dropped = 0
    for seed in range(12):
        offered = some_sessions(seed, hosts=4)
        best = best_choices(offered)[0]
        kept = None if best is None else worth_a_look(offered, best + 1, np.arange(3))
        dropped += 0 if kept is None else int((~kept).sum())
    assert dropped > 0


def test_filter_says_when_nothing_is_to_be_gained() -> None:
    offered = some_sessions(1, hosts=4)
    assert worth_a_look(offered, int(offered.cost.min()), np.arange(2)) is None


def test_filter_says_when_a_school_has_no_way() -> None:
    offered = some_sessions(2, hosts=4)
    nowhere = Offered(
        inside=offered.inside, host=offered.host, minutes=offered.minutes, visits=offered.visits, left=offered.left * 0
    )
    assert worth_a_look(nowhere, None, np.arange(2)) is None
