"""Do the lowest goals decide among years that are equal on repeats and travel, and cost nothing where they are not?"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.year_problem import score
from matcher.sessions.checker import check_year
from matcher.sessions.polish import _steps, polish
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from matcher.sessions.year_judge import Judge, _after
from tests.season_builders import a_host, a_participant, a_round, a_season
from tests.sessions.season_random import random_season

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Arrangement, YearProblem
    from matcher.sessions.year_arrays import Facts

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


@pytest.mark.parametrize("first", ["mixing", "travel"])
@pytest.mark.parametrize("rising", [False, True])
def test_a_step_is_judged_as_the_whole_year_counted_anew(*, rising: bool, first: str) -> None:
    """What a step leaves as it was is not counted again: taken is what holds and is better by all goals, no other."""
    season = replace(random_season(3, schools=12), pins=(), rising_repeats=rising, first=first)
    facts = facts_of(season)
    given, online = facts.given, facts.given.here & False
    online[0, :2] = True
    given = replace(given, online=online)
    plan = arrange(given, seed=3, effort=replace(QUICK, nearing=40, saving=0, proof=0)).plan
    assert not score(given, plan).faults
    judge = Judge(facts, given, plan)
    swaps = [("swap", n, one, 11 - one) for n in range(given.rounds) for one in range(6)]
    swaps = [step for step in swaps if given.here[step[1], list(step[2:])].all()]
    hosts = [("host", n, group, (5 * n + group) % given.hosts) for n in range(given.rounds) for group in range(2)]
    for step in [*swaps, *hosts, *islice(_steps(given, plan), 200)]:
        before, after = judge.plan, _after(judge.plan, step)
        holds = score(given, after).faults == 0
        is_better = _goals(facts, given, after) < _goals(facts, given, before)
        assert judge.take(step) == (holds and is_better), step
        assert judge.plan is before or holds
    assert judge.plan is not plan


def _goals(facts: Facts, given: YearProblem, plan: Arrangement) -> tuple[int, ...]:
    found, lowest = score(given, plan), Judge(facts, given, plan)._low
    travel = (found.worst, found.total)
    return (found.repeats, *travel, *lowest) if facts.season.first == "mixing" else (*travel, found.repeats, *lowest)
