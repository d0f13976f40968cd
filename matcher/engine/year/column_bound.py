"""How little can schools travel at best, when nobody may meet too often? A bound by column generation.

A column is a group with its host. A year takes columns so that every school sits in one group a round, pairs meet
no more often than the repeats allow, and no host receives more often than it can. Left out are dates (but a group and
its host need a common free moment in the round) and that columns are whole. The prices of the linear programme give a
bound at any time (Lagrange; see Luebbecke and Desrosiers, Operations Research 2005). They are rounded to a power of
two, so that sums of them are exact in floating point and the bound is no matter of tolerance.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, isfinite

import numpy as np

from matcher.engine.calls import Stop
from matcher.engine.year.column_prices import Duals, Known
from matcher.engine.year.column_programme import Programme
from matcher.engine.year.group_cuts import Cut
from matcher.engine.year.group_pricing import Group, Prices, Search
from matcher.engine.year.listed_groups import list_groups
from matcher.engine.year.relaxed_year import RelaxedYear, relax
from matcher.engine.year.year_problem import Arrangement, Numbers, YearProblem, school_minutes

TRUST = 0.5
"""How much of the best prices so far stays in the next: those of a linear programme jump, and mixing calms them."""

NEAR = 0.9993
"""The part of what the linear programme could still prove that is enough."""

NEVER_TOGETHER = 2.0**20
"""The price of two in one group who agreed never to meet: no year has such a group, so that it proves nothing."""

MOST_SCHOOLS = 60
"""Schools above which searching groups takes longer than the bound is worth."""

KEPT = 400
"""Columns that a bound takes over from the one before it."""

AT_ONCE = 150
"""Columns that join the programme at a time: as many as pay for solving again."""

SHARE = 0.9
"""The part of what a school travels in the year at hand that its visits are first said to be worth."""

TURNS, SCHOOLS = 60, 24
"""Linear programmes that are solved at most for so many schools; for more schools fewer, as each takes longer."""


def column_bound(  # noqa: PLR0913 - the choices of a search, all by name
    given: YearProblem,
    repeats: int | None,
    *,
    worst: bool,
    most: int | None = None,
    plan: Arrangement | None = None,
    after: Known | None = None,
    effort: float = 1.0,
    cuts: int = 0,
    stop: Stop | None = None,
) -> int | None:
    """Give minutes that no year with at most so many repeats stays below: all together, or of the worst school.

    `repeats` None lets everyone meet as often as they like; `most` are minutes that no school may go beyond, where all
    together are asked; `plan` is a year to start from, `after` what another bound of this year found;
    what this one finds is kept there. None where the cohort is too large for it. `effort` scales how
    long is searched, and so many times `cuts` are looked for, where nobody may meet again and all groups
    can be listed; the answer depends on nothing else.
    """
    if given.schools > MOST_SCHOOLS or not given.schools or effort <= 0:
        return None
    year = relax(given)
    allowed = None if repeats is None else repeats - year.repeats
    if (allowed is not None and allowed < 0) or not len(year.offers.host) or not len(year.visits):
        return None
    if most is not None and (worst or (year.spent > most).any()):
        most = None
    generation = _Generation(year, allowed, worst=worst, most=most, cuts=cuts if allowed == 0 else 0)
    if plan is not None:
        generation.start(given, plan)
    if after is not None:
        generation.go_on(after)
    bound = generation.run(effort, stop)
    if after is not None and generation.best is not None and not worst:
        (after.value, after.prices), after.columns = generation.best, tuple(sorted(generation.programme.known))
        after.cuts = tuple(generation.programme.cuts)
    return bound


class _Generation:
    """The linear programme over the columns so far, and the best prices so far."""

    def __init__(self, year: RelaxedYear, allowed: int | None, *, worst: bool, most: int | None, cuts: int) -> None:
        self.year, self.allowed, self.worst, self.most = year, allowed, worst, most
        self.programme = Programme(year, allowed, worst=worst, most=most)
        self.listed = list_groups(year.offers) if cuts else None
        self.cuts = cuts if self.listed is not None else 0
        self.best: tuple[float, Duals] | None = None

    def start(self, given: YearProblem, plan: Arrangement) -> None:
        """Take the groups of a year as the first columns, and what each school travels in it as the first prices."""
        year = self.year
        count = len(year.minutes)
        each = SHARE * school_minutes(given, plan) / np.maximum(year.visits.sum(axis=0), 1)
        first = Duals(
            visit=np.broadcast_to(each, year.visits.shape),
            meeting=np.zeros((count, count)),
            repeat=np.zeros(()),
            turn=np.zeros(len(year.turns)),
            session=np.zeros(len(year.fewest)),
            minute=np.ones(count),
            cut=np.zeros(0),
        )
        self.best = None if self.worst else (0.0, first)
        for number, kind in enumerate(self.year.kind):
            for group in np.nonzero(~given.frozen[number, : int(given.groups[number])])[0] if kind >= 0 else ():
                members = tuple(np.nonzero(plan.group[number] == group)[0].tolist())
                if members:
                    self.programme.add(int(kind), int(plan.host[number, group]), members)

    def go_on(self, after: Known) -> None:
        """Begin at the prices of a bound on all together, with the columns that are cheapest under them.

        For the worst school every minute weighs alike at first: the worst is never below the mean.
        """
        prices = after.prices
        if prices is None:
            return
        if self.cuts:
            self._mind([*after.cuts])
        else:
            prices = replace(prices, cut=prices.cut[:0])
        share = 1.0 / len(self.year.minutes) if self.worst else 1.0
        offered = [(self._reduced(prices, column), column) for column in after.columns]
        for _, column in sorted(offered)[:KEPT]:
            self.programme.add(*column)
        self.best = (
            share * after.value,
            prices.times(share),
        )

    def _reduced(self, prices: Duals, column: tuple[int, int, tuple[int, ...]]) -> float:
        """Give what a column costs under prices."""
        kind, host, members = column
        who = list(members)
        pairs = prices.meeting[np.ix_(who, who)].sum() / 2
        cost = self.year.minutes[who, host].sum() - prices.visit[kind, who].sum() + pairs
        among = sum(1 << one for one in members)
        for cut, fine in zip(self.programme.cuts, prices.cut.tolist(), strict=False):
            cost += fine * cut.weight(host, (cut.mask & among).bit_count()) if fine else 0
        return float(cost + prices.turn[host] - prices.session[kind])

    def run(self, effort: float, stop: Stop | None) -> int:
        """Add columns until none is missing, or the effort is spent."""
        bound, failures = 0, 0
        for _ in range(round(TURNS * effort * min(1.0, (SCHOOLS / len(self.year.minutes)) ** 2))):
            if stop is not None and stop():
                break
            if not self.programme.solve():
                break
            value = self.programme.lp.Objective().Value()
            duals = self.programme.duals()
            calm = self.best[1] if self.best is not None and not failures else duals
            prices = calm.mixed(duals, TRUST)
            cheapest, groups = self._cheapest(prices, effort)
            proven = self._bound(prices, cheapest)
            if not isfinite(proven):
                break
            if self.best is None or proven > self.best[0]:
                self.best = proven, prices
            bound = max(bound, ceil(proven))
            added = self._add(groups)
            failures = 0 if added else failures + 1
            if failures > 1 or bound >= NEAR * value:
                if not self._cut():
                    break
                failures = 0
        return bound

    def _cheapest(self, prices: Duals, effort: float) -> tuple[Numbers, list[Group]]:
        """Give a cost below which no group of a kind of round is (k), and cheap groups."""
        kinds = len(self.year.visits)
        if self.listed is not None:
            return self.listed.cheapest(self._prices(prices), prices.cut, kinds)
        search = Search(self.year.offers, self._prices(prices), kinds)
        search.beam(4)
        return search.exact(round(300_000 * effort)), search.groups

    def _cut(self) -> bool:
        """Add the cuts that the solution goes beyond; tell whether there are any."""
        cuts = self.programme.beyond() if self.cuts > 0 and self.programme.solve() else []
        self.cuts -= 1
        self._mind(cuts)
        return bool(cuts)

    def _mind(self, cuts: list[Cut]) -> None:
        if self.listed is not None:
            self.listed.mind(cuts)
            self.programme.mind(cuts)

    def _prices(self, duals: Duals) -> Prices:
        offers = self.year.offers
        weights = (self.year.minutes * duals.minute[:, None]).T[offers.host] - duals.visit[offers.kind]
        turns = duals.turn[offers.host] - duals.session[offers.kind]
        return Prices(weights=weights, turns=turns, pairs=duals.meeting + NEVER_TOGETHER * self.year.never)

    def _bound(self, duals: Duals, cheapest: Numbers) -> float:
        """Add up what the prices prove: no column costs less than `cheapest` (k)."""
        year = self.year
        each = cheapest + duals.session
        sessions = np.where(each < 0, year.most * each, year.fewest * each).sum()
        limits = (
            (np.triu(year.apart, 1) * duals.meeting).sum()
            + duals.repeat * (self.allowed or 0)
            + year.turns @ duals.turn
            + (self.most or 0) * (duals.minute - 1).sum()
            + sum(one.most * fine for one, fine in zip(self.programme.cuts, duals.cut.tolist(), strict=False))
        )
        return float((year.visits * duals.visit).sum() + year.spent @ duals.minute - limits + sessions)

    def _add(self, groups: list[Group]) -> int:
        """Add the cheapest new columns, `AT_ONCE` at most; give their number."""
        added = 0
        for _, offer, members in sorted(groups):
            added += self.programme.add(int(self.year.offers.kind[offer]), int(self.year.offers.host[offer]), members)
            if added == AT_ONCE:
                break
        return added
