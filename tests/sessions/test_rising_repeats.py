"""Does a third meeting of the same two schools weigh more than a second one, in count, search and bound alike?"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.domain.season_document import season_from_document, season_to_document
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.chains import random_arrangement, start_chains
from matcher.engine.year.column_bound import column_bound
from matcher.engine.year.swaps import swap_in_round
from matcher.engine.year.year_problem import old_repeats, repeat_counts, score
from matcher.sessions.bounds import fewest_repeats, outlook, shape_of
from matcher.sessions.goals import count_repeats
from matcher.sessions.half_days import default_rounds
from matcher.sessions.session_list import sessions_of
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_host, a_season, a_session

if TYPE_CHECKING:
    from matcher.domain.season import Season


def a_year_of(schools: int, size: tuple[int, int], rounds: int, **changes: object) -> Season:
    """Make a season in which only who meets whom counts."""
    hosts = [a_host(n + 1) for n in range(schools)]
    values: dict[str, object] = {"rounds": default_rounds(2026, rounds, *size), "rising_repeats": True}
    return a_season(schools, hosts, **(values | changes))


@pytest.mark.parametrize(
    ("met", "before", "rising"), [(1, 0, 0), (2, 0, 1), (3, 0, 4), (4, 0, 9), (1, 1, 1), (2, 2, 8)]
)
def test_each_next_meeting_counts_two_more(met: int, before: int, rising: int) -> None:
    history = {("S001", "S002"): before} if before else {}
    season = a_year_of(4, (2, 2), 4, history=history)
    sessions = [a_session(round=n + 1) for n in range(met)]
    assert count_repeats(season, sessions) == rising
    assert count_repeats(replace(season, rising_repeats=False), sessions) == met - (not before)


@pytest.mark.parametrize("rising", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_search_counts_as_the_sessions_do(seed: int, *, rising: bool) -> None:
    history = {("S001", "S002"): 2, ("S003", "S004"): 1}
    facts = facts_of(a_year_of(9, (3, 3), 5, history=history, rising_repeats=rising))
    chains = start_chains(facts.given, 4, seed)
    for step in range(60):
        swap_in_round(chains, step % 5)
    for chain in range(4):
        plan = chains.arrangement(chain)
        counted = count_repeats(facts.season, sessions_of(facts, plan))
        running = int(repeat_counts(facts.given, chains.met[chain].astype(np.int64)).sum()) // 2
        assert score(facts.given, plan).repeats == running - old_repeats(facts.given) == counted


def test_default_year_shows_no_school_the_same_one_three_times() -> None:
    """Twenty schools, three rounds of six or seven: counted evenly, thirteen pairs meet in each round."""
    given = facts_of(a_year_of(20, (6, 7), 3)).given
    bound = fewest_repeats(shape_of(given))
    quick = Effort(chains=4, mixing=3000, nearing=0, saving=0)
    best = arrange(given, effort=quick)
    met = sum((row[:, None] == row).astype(int) for row in best.plan.group)
    np.fill_diagonal(met, 0)
    assert (best.score.faults, best.score.repeats, bound, int(met.max())) == (0, 39, 39, 2)
    assert fewest_repeats(replace(shape_of(given), rising=False)) == 26
    assert outlook(given, 39)[-1].startswith("Een derde ontmoeting van dezelfde twee scholen telt daarin voor drie")


def test_bound_is_reached_or_below_the_best_of_all_years() -> None:
    """Every year of three rounds of six schools in two groups, and of five in two."""
    for schools in (5, 6):
        half = (schools // 2, -(-schools // 2))
        halves = [set(one) for size in half for one in combinations(range(schools), size)]
        pairs = [*combinations(range(schools), 2)]
        together = [[(a in one) == (b in one) for a, b in pairs] for one in halves]
        best = min(
            sum(max(sum(met) - 1, 0) ** 2 for met in zip(together[0], two, three, strict=True))
            for two, three in product(together, repeat=2)
        )
        given = facts_of(a_year_of(schools, half, 3)).given
        assert 0 < fewest_repeats(shape_of(given)) <= best


@pytest.mark.parametrize("seed", range(4))
def test_travel_bound_stays_below_a_year_in_which_some_meet_three_times(seed: int) -> None:
    given = facts_of(a_year_of(8, (4, 4), 4)).given
    given = replace(given, minutes=np.random.default_rng(seed).integers(5, 90, given.minutes.shape))
    plan = random_arrangement(given, np.random.default_rng(seed))
    found = score(given, plan)
    bound = column_bound(given, found.repeats, worst=False, plan=plan, effort=0.3)
    assert bound is not None
    assert bound <= found.total


def test_older_season_counts_as_it_did() -> None:
    old, new = a_year_of(4, (2, 2), 3, rising_repeats=False), a_year_of(4, (2, 2), 3)
    assert "rising_repeats" not in season_to_document(old)
    assert not season_from_document(season_to_document(old)).rising_repeats
    assert season_from_document(season_to_document(new)).rising_repeats
