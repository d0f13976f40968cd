"""Does a repair whose search ends early change nothing where the whole year can stay?"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from matcher.domain.agreement import Agreement
from matcher.engine.year.annealing import Effort
from matcher.sessions.repair import repair
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_host, a_round, a_season

if TYPE_CHECKING:
    from matcher.domain.season import Season

QUICK = Effort(chains=2, mixing=40, nearing=40, saving=20, proof=0.0)


@pytest.fixture(scope="module")
def season() -> Season:
    """Give a season with a year that keeps to all its rules."""
    asked = a_season(
        20,
        [a_host(n, capacity=8, max_times=2) for n in range(1, 14)],
        rounds=tuple(a_round(n, smallest=3, largest=5) for n in (1, 2, 3)),
    )
    year = plan_year(asked, effort=QUICK)
    assert year.sessions
    return replace(asked, previous=year)


@pytest.mark.parametrize("effort", [0.01, 0.3, 1.0])
def test_year_that_can_stay_stays_however_early_the_search_ends(effort: float, season: Season) -> None:
    answer = repair(facts_of(season), effort=effort).answer
    assert (answer.status, answer.changed, answer.moved, answer.proven) == ("possible", 0, 0, True)


def test_year_that_can_stay_in_parts_alone_is_repaired_though_the_search_ends_early(season: Season) -> None:
    assert season.previous is not None
    met = {pair for one in season.previous.sessions for pair in combinations(sorted(one.schools), 2)}
    schools = sorted(one.id for one in season.participants)
    parted = tuple(pair for pair in combinations(schools, 2) if pair not in met)[:3]
    wanted = replace(season, agreements=tuple(Agreement(kind="meet", schools=pair) for pair in parted))
    answer = repair(facts_of(wanted), effort=0.3).answer
    assert (answer.status, answer.proven) == ("possible", False)
    assert answer.changed
