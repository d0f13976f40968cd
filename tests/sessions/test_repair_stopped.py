"""Does a repair whose search ends early change nothing where the whole year can stay?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.engine.year.annealing import Effort
from matcher.sessions.repair import repair
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_host, a_round, a_season

QUICK = Effort(chains=2, mixing=40, nearing=40, saving=20, proof=0.0)


@pytest.mark.parametrize("effort", [0.01, 0.3, 1.0])
def test_year_that_can_stay_stays_however_early_the_search_ends(effort: float) -> None:
    season = a_season(
        20,
        [a_host(n, capacity=8, max_times=2) for n in range(1, 14)],
        rounds=tuple(a_round(n, smallest=3, largest=5) for n in (1, 2, 3)),
    )
    year = plan_year(season, effort=QUICK)
    assert year.sessions
    answer = repair(facts_of(replace(season, previous=year)), effort=effort).answer
    assert (answer.status, answer.changed, answer.moved, answer.proven) == ("possible", 0, 0, True)
