"""Is a first year there at once, also for large seasons, and does it break no rule?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.year_instances import flanders
from matcher.engine.year import first_year
from matcher.engine.year.first_year import round_by_round
from matcher.engine.year.open_round import open_round
from matcher.engine.year.year_problem import YearProblem, faults, held_groups, school_days, together
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.sessions.season_random import random_season


def now() -> bool:
    """Say stop at once."""
    return True


def one_round(given: YearProblem) -> YearProblem:
    """Keep the first round."""
    names = (*first_year.OF_ROUNDS, *first_year.OF_GROUPS)
    return replace(given, **{name: getattr(given, name)[:1] for name in names})


def test_most_random_seasons_get_a_year_round_by_round() -> None:
    found = [
        (given, round_by_round(given, effort=1)) for given in (facts_of(random_season(n)).given for n in range(40))
    ]
    assert all(plan is None or faults(given, plan) == 0 for given, plan in found)
    assert sum(plan is not None for _, plan in found) > 30


@pytest.mark.parametrize(("seed", "schools"), [(0, 40), (1, 60), (2, 80), (5, 80), (8, 80)])
def test_large_season_needs_no_exact_model(seed: int, schools: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("an exact model was asked")

    monkeypatch.setattr(first_year, "solve_year", never)
    given = facts_of(random_season(seed, schools=schools)).given
    plan = round_by_round(given, effort=1, stop=now)
    assert plan is not None
    assert faults(given, plan) == 0


@pytest.mark.parametrize("seed", [2, 5])
def test_who_stops_at_once_still_gets_a_year(seed: int) -> None:
    season = random_season(seed, schools=60)
    year = plan_year(season, stop=now)
    assert year.sessions
    assert check_year(season, year) == ()
    assert any(note.startswith("Gestopt na") for note in year.notes)


def test_round_that_is_held_comes_first_and_stays() -> None:
    given = facts_of(random_season(3, schools=20)).given
    plan = round_by_round(given, effort=1)
    assert plan is not None
    last = given.rounds - 1
    groups = np.arange(plan.host.shape[1])
    held = (np.arange(given.rounds) == last)[:, None] & (groups < given.groups[:, None])
    other = held[:, :, None] & (np.arange(given.hosts) != plan.host[:, :, None])
    asked = replace(
        given,
        frozen=held,
        seat_pin=np.where((np.arange(given.rounds) == last)[:, None], plan.group, -1),
        barred=given.barred | other,
        shut=given.shut | (held[:, :, None] & (np.arange(given.day.shape[1]) != plan.moment[:, :, None])),
    )
    again = round_by_round(asked, effort=1, seed=5)
    assert again is not None
    assert faults(asked, again) == 0
    assert len([*held_groups(asked)]) == given.groups[last]
    assert (again.group[last] == plan.group[last]).all()


def test_agreed_meeting_is_made_in_the_last_round_that_can() -> None:
    given = replace(flanders(0, 12, 12, 3, 3), meet=np.array([[0, 5], [3, 4]]), apart=np.array([[1, 2]]))
    plan = round_by_round(given, effort=1)
    assert plan is not None
    assert together(given, plan.group, given.meet).any(axis=0).all()
    assert not together(given, plan.group, given.apart).any()


def test_rounds_near_each_other_keep_days_apart() -> None:
    given = flanders(1, 12, 12, 3, 3)
    near = replace(given, day=np.array([[0, 5, 9]] * 3), spacing=4, shut=np.zeros((3, 4, 3), dtype=np.bool_))
    near = replace(near, school_free=np.ones((3, 12, 3), dtype=np.bool_), host_free=np.ones((3, 24, 3), dtype=np.bool_))
    near = replace(near, hour=np.zeros((3, 3), dtype=np.int64))
    plan = round_by_round(near, effort=1)
    assert plan is None or faults(near, plan) == 0
    if plan is not None:
        days = np.sort(school_days(near, plan), axis=0)
        assert (np.diff(days, axis=0) >= near.spacing).all()


def test_round_without_room_or_moment_gives_nothing() -> None:
    given = one_round(flanders(2, 12, 12, 3, 3))
    assert open_round(given) is not None
    assert open_round(replace(given, room=np.full(24, 2))) is None
    assert open_round(replace(given, times=np.zeros(24, dtype=np.int64))) is None
    away = given.school_free.copy()
    away[0, 4] = False
    assert open_round(replace(given, school_free=away)) is None
    assert open_round(replace(given, far=np.ones((12, 24), dtype=np.bool_))) is None


def test_host_school_sits_where_it_receives() -> None:
    given = one_round(flanders(3, 12, 0, 3, 3))
    plan = open_round(given)
    assert plan is not None
    assert [int(plan.group[0, host]) for host in plan.host[0]] == [0, 1, 2, 3]
