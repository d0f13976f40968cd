"""Is what counting proves about repeats true, and said as a coordinator would?"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.chains import load, start_chains
from matcher.engine.year.host_moves import move_a_group
from matcher.engine.year.swaps import swap_in_round
from matcher.engine.year.trades import trade_years
from matcher.engine.year.travel_bound import travel_bounds
from matcher.engine.year.year_problem import score
from matcher.sessions.bounds import Shape, even_pairs, fewest_repeats, most_rounds, outlook
from matcher.sessions.groups import group_sizes
from matcher.sessions.half_days import default_rounds
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_host, a_season
from tests.sessions.season_random import random_season


def shape(schools: int, groups: int, rounds: int) -> Shape:
    common = tuple(tuple(schools for _ in range(rounds)) for _ in range(rounds))
    return Shape((schools,) * rounds, (groups,) * rounds, schools, common)


def given_of(schools: int, size: int, rounds: int) -> object:
    hosts = [a_host(n + 1) for n in range(schools)]
    season = a_season(schools, hosts, rounds=default_rounds(2026, rounds, size, size))
    return facts_of(season).given


def test_seven_rounds_of_four_are_impossible_by_counting() -> None:
    assert most_rounds(20, 4) == 6
    assert fewest_repeats(shape(20, 5, 6)) == 0
    assert fewest_repeats(shape(20, 5, 7)) == 20


def test_groups_of_five_repeat_in_the_second_round() -> None:
    assert fewest_repeats(shape(20, 4, 2)) == 4


def test_bound_is_reached_or_below_the_best_of_all_second_rounds() -> None:
    for schools, groups in ((6, 2), (6, 3), (7, 2), (8, 2)):
        first = [school % groups for school in range(schools)]
        best = min(
            sum(first[a] == first[b] and second[a] == second[b] for a, b in combinations(range(schools), 2))
            for second in product(range(groups), repeat=schools)
            if max(map(second.count, range(groups))) - min(map(second.count, range(groups))) <= 1
        )
        assert fewest_repeats(shape(schools, groups, 2)) == best


def test_even_groups_have_the_fewest_pairs() -> None:
    assert even_pairs(20, 3) == 21 + 21 + 15
    assert even_pairs(4, 9) == 0


def test_outlook_speaks_dutch_before_and_after_a_year_is_found() -> None:
    given = given_of(20, 4, 5)
    limit = "elke school ontmoet er drie per ronde en er zijn er maar negentien."
    assert outlook(given) == (f"Vijf rondes zonder herhaling bestaan; zeven kunnen niet: {limit}",)  # type: ignore[arg-type]
    assert outlook(given, 0) == (f"Vijf rondes zonder herhaling bestaan; zeven kunnen niet: {limit}",)  # type: ignore[arg-type]
    forced = outlook(given_of(20, 5, 2))  # type: ignore[arg-type]
    assert forced[-1].startswith("Vanaf de tweede ronde zien sommige scholen elkaar terug: vijf scholen van één groep")


def test_outlook_tells_the_most_rounds_whatever_number_is_asked() -> None:
    """Three rounds of four are asked, five are known; one round of six is asked, and a second one would repeat."""
    assert outlook(given_of(20, 4, 3), 0)[0].startswith("Vijf rondes zonder herhaling bestaan; zeven kunnen niet: ")  # type: ignore[arg-type]
    why = "vijf scholen van één groep verdelen zich daarna over vier groepen."
    assert outlook(given_of(20, 5, 1)) == (f"Meer dan één ronde zonder herhaling kan niet: {why}",)  # type: ignore[arg-type]
    assert outlook(given_of(24, 4, 4), 2)[-1] == (  # type: ignore[arg-type]
        "Gevonden is een jaar met 2 herhaalde ontmoetingen; of het zonder kan, is niet bewezen."
    )


def test_bounds_hold_for_every_number_of_groups_that_sizes_allow() -> None:
    """Five turns give nine schools two groups and three; sizes of three would meet nobody twice."""
    hosts = [a_host(n, max_times=1, capacity=9) for n in range(1, 6)]
    rounds = default_rounds(2026, 2, 3, 9)
    year = plan_year(a_season(9, hosts, rounds=rounds), effort=Effort(chains=4, mixing=80, nearing=80, saving=40))
    goal = next(one for one in year.goals if one.name == "repeats")
    assert sorted(len(one.schools) for one in year.sessions) != [4, 4, 5, 5]
    assert (goal.bound, goal.proven) == (0, False)


@pytest.mark.parametrize(
    ("schools", "size", "expected"),
    [(20, None, (6, 7)), (20, 4, (4, 4)), (18, 4, (3, 5)), (17, None, (5, 6)), (3, 6, (3, 3)), (8, None, (8, 8))],
)
def test_group_sizes_fit_everybody(schools: int, size: int | None, expected: tuple[int, int]) -> None:
    low, high = group_sizes(schools, size)
    assert -(-schools // high) <= schools // low
    if size != 4 or schools != 18:
        assert (low, high) == expected


@pytest.mark.parametrize("size", range(3, 9))
def test_group_sizes_are_the_nearest_to_the_wish(size: int) -> None:
    assert group_sizes(20, 8) == (6, 7)
    for schools in range(8, 61):
        apart = {groups: abs(Fraction(schools, groups) - size) for groups in range(1, schools + 1)}
        nearest = [groups for groups in apart if apart[groups] == min(apart.values())]
        assert group_sizes(schools, size) in {(schools // groups, -(-schools // groups)) for groups in nearest}


def test_moves_keep_their_sums_right() -> None:
    given = facts_of(random_season(3, schools=12)).given
    chains = start_chains(given, 3, 1)
    rng = np.random.default_rng(0)
    movable = given.here.all(axis=0) & (given.seat_pin < 0).all(axis=0) & ~given.met.any(axis=0)
    for _ in range(60):
        number = int(rng.integers(given.rounds))
        swap_in_round(chains, number)
        move_a_group(chains, number)
        trade_years(chains, movable)
    for chain in range(3):
        plan = chains.arrangement(chain)
        found = score(given, plan)
        met = np.maximum(chains.met[chain].astype(int) - 1, 0).sum() // 2
        old = np.maximum(given.met - 1, 0).sum() // 2
        assert (met - old, chains.minutes[chain].max(), chains.minutes[chain].sum()) == (
            found.repeats, found.worst, found.total
        )  # fmt: skip
        assert (np.sort(plan.group >= 0) == np.sort(given.here)).all()
    kept, everywhere = (chains.instead.copy(), chains.wrong.copy()), slice(0, given.schools)
    load(chains, [chains.arrangement(chain) for chain in range(3)])
    for before, after in zip(kept, (chains.instead, chains.wrong), strict=True):
        assert (before[:, everywhere, everywhere] == after[:, everywhere, everywhere]).all()


def test_travel_bounds_are_below_every_year() -> None:
    given = facts_of(random_season(4, schools=10)).given
    worst, total = travel_bounds(given, None, effort=0.5)
    found = arrange(given, order="travel", effort=Effort(chains=4, nearing=150, saving=80)).score
    assert worst <= found.worst
    assert total <= found.total
    assert worst * given.schools >= total
