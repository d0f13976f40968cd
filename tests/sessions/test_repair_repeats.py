"""Does a repair meet again least among those with the fewest changes, and say what more changes would spare?"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from matcher.domain.season import Pin, Season
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.half_days import default_rounds
from matcher.sessions.schedule import plan_year
from tests.season_builders import a_season

if TYPE_CHECKING:
    from matcher.domain.year import Year

QUICK = Effort(chains=4, mixing=60, nearing=20, saving=10, proof=1.0)
SCHOOLS, ROUNDS = 6, 3


def a_repair(seed: int) -> tuple[Season, Year]:
    """Plan three rounds of six schools in threes, and ask for two schools in one group."""
    draw = random.Random(seed)  # noqa: S311 - a reproducible draw
    season = a_season(
        SCHOOLS, 6, rounds=default_rounds(2026, ROUNDS, 3, 3), half_days=("wo-nm",), rising_repeats=True, seed=seed
    )
    year = plan_year(season, effort=QUICK)
    together = {(one.round, pair) for one in year.sessions for pair in combinations(one.schools, 2)}
    names = [one.id for one in season.participants]
    asked = [
        (number + 1, pair)
        for number, pair in product(range(ROUNDS), combinations(names, 2))
        if (number + 1, pair) not in together
    ]
    number, pair = draw.choice(asked)
    return replace(season, previous=year, pins=(Pin(round=number, schools=pair),)), year


def all_repairs(season: Season, year: Year) -> list[tuple[int, int, int]]:
    """Give changed sessions, changed invitations and repeats of every year with the hosts and days of before."""
    (pin,), names = season.pins, [one.id for one in season.participants]
    before = [[set(one.schools) for one in year.sessions if one.round == n + 1] for n in range(ROUNDS)]
    halves = [set(one) for one in combinations(names, 3)]
    found = []
    for groups in product(halves, repeat=ROUNDS):
        now = [[one, set(names) - one] for one in groups]
        if not any(set(pin.schools) <= one for one in now[pin.round - 1]):
            continue
        sessions = [
            (old, new) for olds, news in zip(before, now, strict=True) for old, new in zip(olds, news, strict=True)
        ]
        met = [sum(any({a, b} <= one for one in two) for two in now) for a, b in combinations(names, 2)]
        changed = sum(old != new for old, new in sessions)
        found.append((changed, sum(len(old - new) for old, new in sessions), sum(max(m - 1, 0) ** 2 for m in met)))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_repair_has_the_fewest_repeats_at_the_fewest_changes(seed: int) -> None:
    season, before = a_repair(seed)
    year, every = plan_year(season, effort=QUICK), all_repairs(season, before)
    assert check_year(season, year) == ()
    reached = tuple(year.value(name) for name in ("changed_sessions", "changed_invitations", "repeats"))
    assert reached == min(every)
    told = [note for note in year.notes if note.startswith("Zo weinig mogelijk wijzigen kost")]
    fewest = min(repeats for _, _, repeats in every)
    assert bool(told) == (fewest < reached[2])  # type: ignore[operator]
    for note in told:
        here, repeats, there, other = map(int, re.findall(r"\d+", note))
        assert (here, repeats, other) == (reached[0], reached[2], fewest)
        assert there == min(changed for changed, _, count in every if count == fewest)


def test_both_kinds_of_repair_are_among_these() -> None:
    """Those that cost repeats and those that do not; else the test above would show only one end."""
    ends = set()
    for seed in range(6):
        season, year = a_repair(seed)
        every = all_repairs(season, year)
        ends.add(min(every)[2] > min(repeats for _, _, repeats in every))
    assert ends == {True, False}


def test_repair_of_hosts_keeps_groups() -> None:
    """A host that drops out takes its session elsewhere, and nobody meets anybody else."""
    season = a_season(8, 4, rounds=default_rounds(2026, 2, 4, 4), rising_repeats=True)
    year = plan_year(season, effort=QUICK)
    gone = year.sessions[0].host
    hosts = tuple(replace(one, max_times=0) if one.id == gone else one for one in season.hosts)
    repaired = plan_year(replace(season, previous=year, hosts=hosts), effort=QUICK)
    assert [one.schools for one in repaired.sessions] == [one.schools for one in year.sessions]
    assert repaired.value("repeats") == year.value("repeats")
