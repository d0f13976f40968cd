"""Years of sessions to measure on, in which every host and date suits all: social golfers, and places in Flanders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.year_problem import YearProblem

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Ints

FLANDERS = ((50.78, 51.33), (2.8, 5.6))
"""A box of latitudes and longitudes; places lie in it at random."""


def golfers(groups: int, size: int, weeks: int, schools: int | None = None) -> YearProblem:
    """Make a year in which only who meets whom counts: no travel, hosts and dates for all."""
    schools = schools or groups * size
    return _open_year(np.zeros((schools, groups), dtype=np.int64), weeks, groups, size)


def flanders(seed: int, schools: int = 20, others: int = 20, rounds: int = 5, size: int = 4) -> YearProblem:
    """Make a year in which every school and every other place may host once; one date a round suits all."""
    draw = np.random.default_rng(seed)
    hosts = schools + others
    (south, north), (west, east) = FLANDERS
    place = np.column_stack((draw.uniform(south, north, hosts) * 111.2, draw.uniform(west, east, hosts) * 70.0))
    kilometres = np.hypot(*(place[:schools, None] - place[None]).transpose(2, 0, 1))
    given = _open_year(np.ceil(kilometres * 1.3 / 50 * 60).astype(np.int64), rounds, schools // size, size)
    return replace(
        given,
        own=np.concatenate((np.arange(schools), np.full(others, -1))),
        times=np.ones(hosts, dtype=np.int64),
        spacing=21,
        host_spacing=21,
    )


def _open_year(minutes: Ints, rounds: int, groups: int, size: int) -> YearProblem:
    """Make a year of so many groups a round, a month apart, in which nothing is fixed or closed."""
    schools, hosts = minutes.shape
    return YearProblem(
        minutes=minutes,
        own=np.full(hosts, -1),
        room=np.full(hosts, size),
        times=np.full(hosts, rounds),
        here=np.ones((rounds, schools), dtype=np.bool_),
        groups=np.full(rounds, groups),
        low=np.full(rounds, schools // groups),
        high=np.full(rounds, size),
        counts=np.ones(rounds, dtype=np.bool_),
        met=np.zeros((schools, schools), dtype=np.int64),
        day=np.arange(rounds)[:, None] * 30,
        hour=np.zeros((rounds, 1), dtype=np.int64),
        school_free=np.ones((rounds, schools, 1), dtype=np.bool_),
        host_free=np.ones((rounds, hosts, 1), dtype=np.bool_),
        spacing=0,
        host_spacing=0,
        seat_pin=np.full((rounds, schools), -1),
        frozen=np.zeros((rounds, groups), dtype=np.bool_),
        barred=np.zeros((rounds, groups, hosts), dtype=np.bool_),
        shut=np.zeros((rounds, groups, 1), dtype=np.bool_),
    )
