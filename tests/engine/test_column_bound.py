"""Does the search for the cheapest group find it, and does no year stay below the bounds that follow from it?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from benchmarks.year_instances import flanders
from matcher.engine.year.annealing import Best, Effort, arrange
from matcher.engine.year.column_bound import column_bound
from matcher.engine.year.column_prices import Known
from matcher.engine.year.group_pricing import Offers, Prices, Search
from matcher.engine.year.relaxed_year import relax
from matcher.engine.year.travel_bound import travel_bounds
from matcher.engine.year.year_problem import school_minutes
from matcher.sessions.year_arrays import facts_of
from tests.engine.tiny_years import travels_of_every_year
from tests.sessions.season_random import random_season

QUICK = Effort(chains=4, mixing=600, nearing=200, saving=100)
FAIR = Effort(chains=4, mixing=600, nearing=1200, saving=600)
"""A search that finds a good year, though not the best: a bound that is near what it finds is nearer to the best."""


@cache
def quick_year(seed: int) -> Best:
    """Search a year of twelve schools in Flanders, once for the tests that only read it."""
    return arrange(flanders(seed, 12, 12, 4, 3), effort=QUICK, seed=seed)


def some_offers(seed: int, schools: int = 9, count: int = 6) -> tuple[Offers, Prices]:
    """Draw places to meet, prices of both signs for schools, and prices for meeting."""
    draw = np.random.default_rng(seed)
    free = draw.random((count, schools)) < 0.8
    must = np.where(draw.random(count) < 0.5, draw.integers(schools, size=count), -1)
    free[np.arange(count), np.maximum(must, 0)] |= must >= 0
    low = draw.integers(1, 4, size=count)
    pairs = np.triu(draw.integers(0, 12, size=(schools, schools)), 1)
    offers = Offers(
        kind=draw.integers(2, size=count), host=np.arange(count), free=free, must=must, low=low, high=low + 2
    )
    weights = draw.integers(-20, 10, size=(count, schools)).astype(float)
    return offers, Prices(weights=weights, turns=draw.integers(0, 9, size=count).astype(float), pairs=pairs + pairs.T)


def cheapest_by_trying_all(offers: Offers, prices: Prices) -> list[float]:
    """Give the lowest cost of each of two kinds of rounds."""
    best = [np.inf, np.inf]
    for offer, kind in enumerate(offers.kind):
        who = np.nonzero(offers.free[offer])[0]
        for size in range(offers.low[offer], offers.high[offer] + 1):
            for members in combinations(who.tolist(), size):
                if offers.must[offer] in (-1, *members):
                    cost = prices.turns[offer] + prices.weights[offer, list(members)].sum()
                    cost += sum(prices.pairs[pair] for pair in combinations(members, 2))
                    best[kind] = min(best[kind], float(cost))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_group_is_that_of_trying_all(seed: int) -> None:
    offers, prices = some_offers(seed)
    expected = cheapest_by_trying_all(offers, prices)
    assert Search(offers, prices, 2).exact(10**9).tolist() == expected
    after_a_beam = Search(offers, prices, 2)
    after_a_beam.beam(2)
    assert (after_a_beam.best >= expected).all()
    assert after_a_beam.exact(10**9).tolist() == expected


@pytest.mark.parametrize("seed", range(10))
def test_a_search_cut_short_still_gives_a_bound(seed: int) -> None:
    offers, prices = some_offers(seed)
    assert (Search(offers, prices, 2).exact(1) <= cheapest_by_trying_all(offers, prices)).all()


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("order", ["mixing", "travel"])
def test_no_year_that_was_found_is_below_its_bounds(seed: int, order: str) -> None:
    given = facts_of(random_season(seed, schools=(6, 9, 12)[seed % 3])).given
    best = arrange(given, order=order, effort=QUICK, seed=seed)  # type: ignore[arg-type]
    if best.score.faults:
        best = arrange(given, order=order, effort=QUICK, seed=seed + 100)  # type: ignore[arg-type]
    repeats = best.score.repeats if order == "mixing" else None
    worst, total = travel_bounds(given, repeats, plan=best.plan, effort=0.5, cuts=seed % 3)
    assert best.score.faults or (worst <= best.score.worst and total <= best.score.total)


def test_the_bound_is_near_where_schools_may_not_meet_again() -> None:
    given = flanders(0)
    best = arrange(given, margin=18, effort=FAIR)
    worst, total = travel_bounds(given, 0, plan=best.plan, effort=1)
    assert 0.85 * best.score.total <= total <= best.score.total
    assert 0.5 * best.score.worst <= worst <= best.score.worst
    assert total > 1.5 * travel_bounds(given, None, effort=1)[1]


def test_a_bound_is_exact_where_every_host_is_as_far() -> None:
    given = replace(flanders(1, rounds=2), minutes=np.full((20, 40), 30))
    assert column_bound(given, 0, worst=False) == 20 * 2 * 30
    assert column_bound(given, 0, worst=True) == 2 * 30


def test_what_was_held_is_a_fact_whatever_the_host_can_take_now() -> None:
    given = flanders(2, rounds=2)
    plan = arrange(given, effort=QUICK).plan
    held = replace(
        given,
        seat_pin=np.where(np.arange(2)[:, None] == 0, plan.group, -1),
        frozen=np.array([[True] * 5, [False] * 5]),
        barred=np.where((np.arange(2) == 0)[:, None, None], np.arange(40) != plan.host[:, :, None], False),  # noqa: FBT003
        room=np.where(np.isin(np.arange(40), plan.host[0]), 1, given.room),
    )
    year = relax(held)
    first = replace(plan, group=np.array([plan.group[0], np.full(20, -1)]))
    assert year.spent.tolist() == school_minutes(given, first).tolist()
    assert (year.kind.tolist(), year.apart.sum()) == ([-1, 0], 20 * 20 - 20 * 3)
    worst, total = travel_bounds(held, 0, plan=plan, effort=0.3)
    minutes = school_minutes(given, plan)
    assert (worst <= minutes.max(), total <= minutes.sum()) == (True, True)
    assert total >= year.spent.sum() + given.minutes.min(axis=1).sum()


def test_a_bound_that_is_stopped_at_once_claims_nothing() -> None:
    assert column_bound(flanders(3), 0, worst=False, stop=lambda: True) == 0
    assert column_bound(flanders(3), 0, worst=False, effort=0) is None
    assert column_bound(flanders(3, schools=80, size=4), 0, worst=False) is None


@pytest.mark.parametrize("seed", range(4))
def test_less_travel_for_the_worst_school_costs_all_together(seed: int) -> None:
    given, best = flanders(seed, 12, 12, 4, 3), quick_year(seed)
    free = column_bound(given, 0, worst=False, plan=best.plan)
    under = column_bound(given, 0, worst=False, most=best.score.worst, plan=best.plan)
    assert free is not None
    assert under is not None
    assert best.score.repeats == 0
    assert 0.99 * free <= under <= best.score.total


@pytest.mark.parametrize("seed", [3, 7])
def test_the_bound_under_a_worst_journey_holds_for_every_year(seed: int) -> None:
    given = flanders(seed, 4, 2, 2, 2)
    every = travels_of_every_year(given)
    bounds = []
    for most in sorted({worst for worst, _ in every}):
        bounds.append(column_bound(given, 0, worst=False, most=most) or 0)
        assert bounds[-1] <= min(total for worst, total in every if worst <= most)
    assert bounds[0] > bounds[-1]


@pytest.mark.parametrize("seed", [3, 7])
def test_a_bound_that_begins_with_another_holds_for_every_year(seed: int) -> None:
    given, known = flanders(seed, 4, 2, 2, 2), Known()
    every = travels_of_every_year(given)
    total = column_bound(given, 0, worst=False, after=known) or 0
    assert (known.prices is not None, known.value <= total <= min(total for _, total in every)) == (True, True)
    assert (column_bound(given, 0, worst=True, after=known) or 0) <= min(worst for worst, _ in every)
    for most in sorted({worst for worst, _ in every}):
        under = column_bound(given, 0, worst=False, most=most, after=known) or 0
        assert under <= min(total for worst, total in every if worst <= most)


@pytest.mark.parametrize("seed", range(3))
def test_a_bound_that_begins_with_another_is_as_near(seed: int) -> None:
    given, known, best = flanders(seed, 12, 12, 4, 3), Known(), quick_year(seed)
    column_bound(given, 0, worst=False, plan=best.plan, after=known)
    columns = len(known.columns)
    for choices in ({"worst": True}, {"worst": False, "most": best.score.worst}):
        alone = column_bound(given, 0, plan=best.plan, **choices)  # type: ignore[arg-type]
        after = column_bound(given, 0, plan=best.plan, after=known, **choices)  # type: ignore[arg-type]
        assert (after or 0) >= 0.98 * (alone or 0) > 0
    assert columns > 0


def test_who_never_meet_make_the_bound_higher_and_no_year_falls_below_it() -> None:
    given = flanders(3, 4, 2, 2, 2)
    for apart in ([[0, 1]], [[0, 2]], [[0, 3]]):
        asked = replace(given, apart=np.array(apart))
        every = travels_of_every_year(asked, repeats=True)
        worst, total = (column_bound(asked, None, worst=one) or 0 for one in (True, False))
        assert worst <= min(worst for worst, _ in every)
        assert total <= min(total for _, total in every)
        free = column_bound(given, None, worst=False) or 0
        assert total >= 0.99 * free
    apart = np.array([[one, other] for one in range(12) for other in range(one % 6 + 6, 12)])
    given = flanders(0, 12, 12, 3, 3)
    held_apart = column_bound(replace(given, apart=apart), None, worst=False)
    assert held_apart is not None
    assert held_apart > (column_bound(given, None, worst=False) or 0)
