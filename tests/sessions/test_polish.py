"""Do the lowest goals decide among years that are equal on repeats and travel, and cost nothing where they are not?"""

from __future__ import annotations

from dataclasses import replace

from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.year_problem import score
from matcher.sessions.checker import check_year
from matcher.sessions.polish import polish
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_host, a_participant, a_round, a_season
from tests.sessions.season_random import random_season

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)


def test_schools_of_one_town_are_mixed_by_type_and_hosts_take_turns() -> None:
    """Everybody travels nothing: four groups of three can each hold all three types, at four hosts of five."""
    schools = [a_participant(n, school_types=(("ASO", "TSO", "BSO")[n // 4],)) for n in range(12)]
    hosts = [a_host(n, max_times=4) for n in range(5)]
    season = a_season(schools, hosts, rounds=(a_round(1, smallest=3, largest=3),))
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    assert (year.value("repeat_hosting"), year.value("type_mix")) == (0, 12)


def test_themes_that_fit_bring_schools_together() -> None:
    themes = ("leerplan", "professionalisering")
    schools = [a_participant(n, themes=(themes[n % 2],)) for n in range(8)]
    year = plan_year(a_season(schools, 4, rounds=(a_round(1, smallest=4, largest=4),)), effort=QUICK)
    assert year.value("theme_fit") == 8


def test_no_higher_goal_and_no_rule_pays_for_it() -> None:
    for seed in range(6):
        season = random_season(seed, schools=12)
        facts = facts_of(replace(season, pins=()))
        found = arrange(facts.given, seed=seed, effort=QUICK)
        before, after = found.score, score(facts.given, polish(facts, facts.given, found.plan))
        assert (after.faults, after.repeats, after.worst, after.total) <= (
            before.faults,
            before.repeats,
            before.worst,
            before.total,
        )
