"""Does every year hold? Random seasons against the checker, tiny ones against every possible year."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Window
from matcher.domain.position import Position
from matcher.domain.season import Season, SessionRound
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from tests.oracle_sessions import best_year
from tests.season_builders import a_host, a_participant, a_season
from tests.sessions.season_random import random_season

TINY = Effort(chains=8, mixing=40, nearing=180, saving=60, proof=0.1)
BLOCK = 20
QUICK = Effort(chains=2, mixing=30, nearing=45, saving=15, proof=0.0)


@pytest.mark.parametrize("block", range(15))
def test_twenty_random_seasons_of_a_block_pass_the_checker(block: int) -> None:
    """Three hundred years in all; a season that a short search leaves unfinished, or that can't be, is not counted."""
    held = refused = 0
    for seed in range(40 * block, 40 * block + 40):
        season = random_season(seed)
        year = plan_year(season, effort=QUICK)
        if year.sessions:
            assert check_year(season, year) == (), seed
            held += 1
        else:
            assert year.status in ("conflict", "unfinished")
            refused += 1
        if held == BLOCK:
            break
    assert held == BLOCK
    assert refused <= BLOCK // 2


def tiny_season(seed: int) -> Season:
    draw = random.Random(seed)  # noqa: S311 - a reproducible draw

    def somewhere() -> Position:
        return Position(draw.uniform(50.8, 51.3), draw.uniform(3.0, 5.5))

    windows = [Window(date(2027, 1, 12), date(2027, 1, 14)), Window(date(2027, 2, 2), date(2027, 2, 4))]
    schools = [a_participant(n + 1, position=somewhere()) for n in range(4)]
    hosts = [a_host(n + 1, position=somewhere(), max_times=draw.choice((1, 2))) for n in range(2)]
    hosts += [a_host("S001", kind="school", position=schools[0].position, max_times=1)]
    hosts += [a_host("H009", position=somewhere(), max_times=1)]
    return a_season(
        schools,
        hosts,
        rounds=tuple(SessionRound(number=n + 1, window=one, smallest=2, largest=2) for n, one in enumerate(windows)),
        half_days=("wo-nm", "di-nm") if draw.random() < 0.5 else ("wo-nm",),
        first=draw.choice(("mixing", "travel")),
        travel_margin=0,
        history={("S001", "S002"): 1} if draw.random() < 0.5 else {},
        seed=seed,
    )


@pytest.mark.parametrize("seed", range(6))
def test_tiny_seasons_reach_the_best_of_all_years(seed: int) -> None:
    season = tiny_season(seed)
    year = plan_year(season, effort=TINY)
    expected = best_year(season)
    assert check_year(season, year) == ()
    assert tuple(year.value(name) for name in ("repeats", "worst_travel", "total_travel")) == expected


@pytest.mark.parametrize("seed", range(6))
def test_margin_spends_no_more_than_it_says_and_spares_all(seed: int) -> None:
    strict = plan_year(tiny_season(seed), effort=TINY)
    wide = plan_year(replace(tiny_season(seed), travel_margin=50), effort=TINY)
    assert wide.value("worst_travel") <= strict.value("worst_travel") * 150 // 100
    if wide.value("repeats") == strict.value("repeats"):
        assert wide.value("total_travel") <= strict.value("total_travel")
    told = [note for note in wide.notes if note.startswith("De verste school reist")]
    assert bool(told) == (wide.value("worst_travel") > strict.value("worst_travel"))


def test_margin_outside_its_bounds_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="tussen 0 en 100 %"):
        replace(tiny_season(0), travel_margin=101)
