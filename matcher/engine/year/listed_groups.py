"""Which group, with its host, is cheapest under given prices? By weighing all, where they are few enough to list."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

from matcher.engine.year.group_cuts import Cut
from matcher.engine.year.group_pricing import Group, Offers, Prices
from matcher.engine.year.year_problem import Ints, Numbers

MOST = 2_000_000
"""Groups times offers above which groups are searched (`group_pricing`): weighing all would take longer."""

EACH = 6
"""Groups of one offer that are given at most."""


def list_groups(offers: Offers) -> Listed | None:
    """List all groups that the offers can have; None where there are none or too many."""
    low, high = int(offers.low.min(initial=1)), int(offers.high.max(initial=0))
    schools = offers.free.shape[1]
    if not 0 < sum(comb(schools, size) for size in range(low, high + 1)) * len(offers.host) <= MOST:
        return None
    return Listed(offers, [one for size in range(low, high + 1) for one in combinations(range(schools), size)])


class Listed:
    """All groups, with the cuts that they count in: each group's price is the same at all hosts but for a few cuts."""

    def __init__(self, offers: Offers, groups: list[tuple[int, ...]]) -> None:
        self.offers, self.groups = offers, groups
        self.cuts: list[Cut] = []
        self.inside = np.zeros((len(groups), offers.free.shape[1]))
        for row, members in enumerate(groups):
            self.inside[row, list(members)] = 1
        size = self.inside.sum(axis=1)
        open_ = (~offers.free).astype(np.float64) @ self.inside.T == 0
        open_ &= (size >= offers.low[:, None]) & (size <= offers.high[:, None])
        must = np.nonzero(offers.must >= 0)[0]
        open_[must] &= self.inside.T[offers.must[must]] > 0
        self.closed = np.where(open_, 0.0, np.inf)
        self.by = np.zeros((0, len(groups)))
        self.there: list[Ints] = []

    def mind(self, cuts: list[Cut]) -> None:
        """Count what each group counts in more cuts."""
        self.cuts += cuts
        for one in cuts:
            among = self.inside[:, list(one.schools)].sum(axis=1).astype(np.int64)
            self.by = np.concatenate((self.by, np.array(one.by)[None, among]))
            self.there.append(np.nonzero(np.array(one.there)[among])[0] if one.there else among[:0])

    def cheapest(self, prices: Prices, fines: Numbers, kinds: int) -> tuple[Numbers, list[Group]]:
        """Give the lowest cost of each kind of round (k), and the cheapest groups below 0.

        `fines` are the prices of cuts, in their order; none for the last ones.
        """
        together = ((self.inside @ prices.pairs) * self.inside).sum(axis=1) / 2
        together += fines @ self.by[: len(fines)]
        cost = prices.weights @ self.inside.T
        cost += together
        cost += prices.turns[:, None]
        for fine, cut, there in zip(fines.tolist(), self.cuts, self.there, strict=False):
            if fine and len(there):
                cost[np.ix_(self.offers.host == cut.host, there)] += fine * max(cut.there)
        cost += self.closed
        best = np.full(kinds, np.inf)
        np.minimum.at(best, self.offers.kind, cost.min(axis=1, initial=np.inf))
        few = min(EACH, cost.shape[1])
        places = np.argpartition(cost, few - 1, axis=1)[:, :few]
        found = np.take_along_axis(cost, places, axis=1)
        offer, column = np.nonzero(found < 0)
        groups = [
            (float(found[one, at]), int(one), self.groups[int(places[one, at])])
            for one, at in zip(offer, column, strict=True)
        ]
        return best, groups
