"""Do cuts hold for all groups that meet at most once, are they found, and does no year fall below a bound with them?"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.year_instances import flanders
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.column_bound import column_bound
from matcher.engine.year.column_prices import Known
from matcher.engine.year.group_cuts import PACKINGS, TRIPLE, Cut, violated
from matcher.engine.year.listed_groups import list_groups
from tests.engine.test_column_bound import some_offers

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Ints, YearProblem

QUICK = Effort(chains=4, mixing=600, nearing=200, saving=100)


def all_cuts(schools: int, hosts: int) -> list[Cut]:
    """List every cut of every sort."""
    cuts = [Cut(who, *PACKINGS[size]) for size in PACKINGS for who in combinations(range(schools), size)]
    triples = combinations(range(schools), 3)
    return cuts + [Cut(who, TRIPLE[0], 1, host, TRIPLE[1]) for who in triples for host in range(hosts)]


def counted(cut: Cut, host: int, members: tuple[int, ...]) -> int:
    """Tell for how much a group counts."""
    return cut.weight(host, len({*cut.schools} & {*members}))


@pytest.mark.parametrize("size", PACKINGS)
def test_no_groups_that_meet_at_most_once_count_for_more(size: int) -> None:
    by, most = PACKINGS[size]
    subsets = [set(one) for count in range(3, size + 1) for one in combinations(range(size), count)]

    def heaviest(left: list[set[int]]) -> int:
        return max(
            (
                by[len(one)] + heaviest([two for two in left[at + 1 :] if len(one & two) < 2])
                for at, one in enumerate(left)
            ),
            default=0,
        )

    assert heaviest(subsets) == most


@pytest.mark.parametrize("seed", range(3))
def test_a_year_without_a_repeat_keeps_every_cut(seed: int) -> None:
    given = flanders(seed, 12, 8, 3, 4) if seed else flanders(seed, 12, 12, 4, 3)
    best = arrange(given, effort=QUICK, seed=seed)
    rounds = 3 if best.score.repeats == 0 else 1
    groups = [
        (int(best.plan.host[number, group]), tuple(np.nonzero(best.plan.group[number] == group)[0].tolist()))
        for number in range(rounds)
        for group in range(int(given.groups[number]))
    ]
    assert best.score.faults == 0
    for cut in all_cuts(12, given.hosts):
        assert sum(counted(cut, *one) for one in groups) <= cut.most


def test_halves_of_groups_that_share_two_schools_go_beyond_a_cut() -> None:
    groups = [(0, 1, 2, 4), (0, 1, 3, 5), (0, 2, 3, 6), (1, 2, 3, 7)]
    members = np.array([[who in one for who in range(8)] for one in groups])
    found = violated(members, np.arange(4), np.full(4, 0.5), np.ones(4, dtype=np.int64))
    assert Cut((0, 1, 2, 3), *PACKINGS[4]) in found
    for cut in found:
        assert sum(0.5 * counted(cut, host, one) for host, one in enumerate(groups)) > cut.most
    assert not violated(members[:2], np.arange(2), np.full(2, 0.5), np.ones(4, dtype=np.int64))


def test_a_host_that_receives_twice_has_no_cut() -> None:
    groups = [(0, 1, 3), (0, 2, 4), (1, 2, 5)]
    members = np.array([[who in one for who in range(6)] for one in groups])
    once = violated(members, np.zeros(3, dtype=np.int64), np.full(3, 0.5), np.array([1]))
    assert Cut((0, 1, 2), TRIPLE[0], 1, 0, TRIPLE[1]) in once
    twice = violated(members, np.zeros(3, dtype=np.int64), np.full(3, 0.5), np.array([2]))
    assert [one.host for one in twice if one.host >= 0] == []


@pytest.mark.parametrize("seed", range(20))
def test_the_cheapest_of_all_groups_pays_for_the_cuts_that_it_counts_in(seed: int) -> None:
    offers, prices = some_offers(seed)
    listed, draw = list_groups(offers), np.random.default_rng(seed)
    assert listed is not None
    cuts = [all_cuts(9, 6)[one] for one in draw.integers(len(all_cuts(9, 6)), size=30)]
    listed.mind(cuts)
    fines = draw.integers(0, 9, size=25).astype(float)  # the last five have no price yet
    expected = [np.inf, np.inf]
    for offer, kind in enumerate(offers.kind.tolist()):
        who = np.nonzero(offers.free[offer])[0].tolist()
        for size in range(offers.low[offer], offers.high[offer] + 1):
            for members in combinations(who, size):
                if offers.must[offer] in (-1, *members):
                    cost = prices.turns[offer] + prices.weights[offer, list(members)].sum()
                    cost += sum(prices.pairs[pair] for pair in combinations(members, 2))
                    host = int(offers.host[offer])
                    cost += sum(fine * counted(cut, host, members) for fine, cut in zip(fines, cuts, strict=False))
                    expected[kind] = min(expected[kind], float(cost))
    best, groups = listed.cheapest(prices, fines, 2)
    assert best.tolist() == expected
    assert min((cost for cost, _, _ in groups), default=0.0) == min(0.0, *expected)


def nine_at_halls(seed: int) -> YearProblem:
    """Make a year of two rounds for nine schools in groups of three, in six halls that each receive once."""
    given = flanders(seed, 9, 6, 2, 3)
    return replace(given, times=np.where(given.own >= 0, 0, 1))


def travels_of_nine(given: YearProblem) -> tuple[Ints, Ints]:
    """Give the worst and total travel of every year of `nine_at_halls` without a repeat."""
    rounds = []
    for first in combinations(range(1, 9), 2):
        one, *rest = (who for who in range(1, 9) if who not in first)
        rounds += [((0, *first), (one, *two), tuple({*rest} - {*two})) for two in combinations(rest, 2)]
    apart = [
        (*one, *two)
        for one, two in combinations(rounds, 2)
        if all(len({*left} & {*right}) < 2 for left in one for right in two)
    ]
    seats = np.array([[next(g for g in range(3) if who in year[g]) for who in range(9)] for year in apart])
    later = np.array([[next(g for g in range(3, 6) if who in year[g]) for who in range(9)] for year in apart])
    worst, total = [], []
    for halls in permutations(range(9, 15)):
        at = np.array(halls)
        minutes = given.minutes[np.arange(9), at[seats]] + given.minutes[np.arange(9), at[later]]
        worst.append(minutes.max(axis=1))
        total.append(minutes.sum(axis=1))
    return np.concatenate(worst), np.concatenate(total)


@pytest.mark.parametrize("seed", range(3))
def test_no_year_is_below_a_bound_with_cuts(seed: int) -> None:
    given, known = nine_at_halls(seed), Known()
    worst, total = travels_of_nine(given)
    free = column_bound(given, 0, worst=False, after=known, cuts=3) or 0
    assert (column_bound(given, 0, worst=False) or 0) <= free <= total.min()
    for most in np.quantile(np.unique(worst), (0, 0.02, 0.1, 0.5)).astype(int).tolist():
        bound = column_bound(given, 0, worst=False, most=most, after=known, cuts=3) or 0
        assert bound <= total[worst <= most].min(initial=1_000_000)
    assert (column_bound(given, 0, worst=True, after=known) or 0) <= worst.min()


def test_cuts_bring_a_bound_nearer_and_the_next_goes_on_with_them() -> None:
    given, known = flanders(1, 12, 12, 3, 4), Known()
    free = column_bound(given, 0, worst=False) or 0
    cut = column_bound(given, 0, worst=False, after=known, cuts=1) or 0
    assert cut > 1.002 * free > 0
    assert len(known.cuts) > 0
    assert (column_bound(given, 0, worst=False, most=10_000, after=known, cuts=1) or 0) >= 0.999 * cut


def test_who_may_meet_again_gets_no_cuts() -> None:
    given, known = flanders(2, 12, 12, 4, 3), Known()
    for repeats in (None, 2):
        asked = column_bound(given, repeats, worst=False, after=known, cuts=3)
        assert (asked or 0) > 0
        assert known.cuts == ()
