"""Which group, with its host, is cheapest under given prices? An exact search over members, many hosts at once.

Each school has a weight at each host, each pair of schools a price of 0 or more for meeting, each host a price for
a turn. A partial group grows by one school at a time, in the order of weight, and is dropped once even the cheapest
schools after it can't bring it below the best that is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.engine.year.year_problem import Flags, Ints, Numbers

Group = tuple[float, int, tuple[int, ...]]

CHUNK = 2000
"""Partial groups that grow together: few enough for memory, enough for numpy."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offers:
    """`s` ways to hold a session: `kind` (s) of round, `host` (s), `free` (s x n) who can come.

    `must` (s) is the school that has to be there, -1 where none has; `low` and `high` (s) the sizes of its groups.
    """

    kind: Ints
    host: Ints
    free: Flags
    must: Ints
    low: Ints
    high: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """`weights` (s x n) of a school in a group, `turns` (s) of a session, `pairs` (n x n) of a meeting: 0 or more."""

    weights: Numbers
    turns: Numbers
    pairs: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Partial:
    """Partial groups: the offer of each (m), members (m x size), cost (m), and what each later school adds (m x n)."""

    offer: Ints
    members: Ints
    cost: Numbers
    adds: Numbers

    def pick(self, which: Ints) -> _Partial:
        return _Partial(self.offer[which], self.members[which], self.cost[which], self.adds[which])

    def chunks(self) -> list[_Partial]:
        return [self.pick(np.arange(at, min(at + CHUNK, len(self.cost)))) for at in range(0, len(self.cost), CHUNK)]


class Search:
    """One search: `best` (k) the lowest cost found for each kind of round, `groups` what was found below 0."""

    def __init__(self, offers: Offers, prices: Prices, kinds: int) -> None:
        """Sort the schools of each offer by weight."""
        self.offers, self.prices = offers, prices
        self.best = np.full(kinds, np.inf)
        self.groups: list[Group] = []
        weights = np.where(offers.free, prices.weights, np.inf)
        with_must = np.nonzero(offers.must >= 0)[0]
        weights[with_must, offers.must[with_must]] = np.inf
        self.order = np.argsort(weights, axis=1, kind="stable")
        self.sorted = np.take_along_axis(weights, self.order, axis=1)

    def beam(self, width: int) -> None:
        """Keep the `width` most promising partial groups of every offer: fast, and finds most of what is cheap."""
        rows = self._start()
        while len(rows.cost):
            rows = self._grow(rows, np.full(len(self.best), np.inf), width)

    def exact(self, budget: int) -> Numbers:
        """Give a cost (k) below which no group of a kind of round is; after `budget` partial groups a weaker one."""
        stack, lowest = self._start().chunks(), np.full(len(self.best), np.inf)
        while stack:
            rows = stack.pop()
            if budget <= 0:
                np.minimum.at(lowest, self.offers.kind[rows.offer], self._outlook(rows)[0])
                continue
            budget -= len(rows.cost)
            stack += self._grow(rows, self.best, None).chunks()
        return np.asarray(np.minimum(lowest, self.best))

    def _start(self) -> _Partial:
        given, singles = self.offers, []
        for has_must in (False, True):
            offer = np.nonzero((given.must >= 0) == has_must)[0]
            adds, cost = self.sorted[offer], self.prices.turns[offer].astype(float)
            members = np.empty((len(offer), 0), dtype=np.int64)
            if has_must:
                must = given.must[offer]
                cost, members = cost + self.prices.weights[offer, must], must[:, None]
                adds = adds + self.prices.pairs[must[:, None], self.order[offer]]
            singles.append(_Partial(offer, members, cost, adds))
        alone, hosting = singles
        if not len(alone.cost):
            return hosting
        first = self._grow(alone, np.full(len(self.best), np.inf), None)
        return _Partial(
            *(np.concatenate((getattr(first, name), getattr(hosting, name))) for name in _Partial.__slots__)
        )

    def _outlook(self, rows: _Partial) -> tuple[Numbers, Numbers]:
        """Tell below which cost no completion is (m), and what all schools after the next one add at least (m)."""
        size = rows.members.shape[1]
        low, high = self.offers.low[rows.offer][:, None], self.offers.high[rows.offer][:, None]
        steps = min(int(high.max(initial=0)) - size, rows.adds.shape[1])
        if steps <= 0:
            return np.full(len(rows.cost), np.inf), np.full(len(rows.cost), np.inf)
        smallest = np.sort(np.partition(rows.adds, steps - 1, axis=1)[:, :steps], axis=1)
        sums = np.cumsum(smallest, axis=1)
        reached = size + 1 + np.arange(steps)
        allowed = (reached >= low) & (reached <= high)
        before = np.concatenate((np.zeros((len(sums), 1)), sums[:, :-1]), axis=1)
        least = rows.cost + np.where(allowed, sums, np.inf).min(axis=1)
        return least, np.where(allowed, before, np.inf).min(axis=1)

    def _grow(self, rows: _Partial, limit: Numbers, width: int | None) -> _Partial:
        """Add one school in every way that may come below the limit of its kind of round (k), and collect groups."""
        least, rest = self._outlook(rows)
        ceiling = limit[self.offers.kind[rows.offer]]
        promise = (rows.cost + rest)[:, None] + rows.adds
        row, place = np.nonzero(np.isfinite(promise) & (promise < ceiling[:, None]) & (least < ceiling)[:, None])
        if width is not None:
            chosen = self._most_promising(rows.offer[row], promise[row, place], width)
            row, place = row[chosen], place[chosen]
        offer = rows.offer[row]
        school = self.order[offer, place]
        adds = rows.adds[row] + self.prices.pairs[school[:, None], self.order[offer]]
        adds[np.arange(adds.shape[1])[None] <= place[:, None]] = np.inf
        members = np.concatenate((rows.members[row], school[:, None]), axis=1)
        grown = _Partial(offer, members, rows.cost[row] + rows.adds[row, place], adds)
        self._collect(grown)
        return grown

    @staticmethod
    def _most_promising(offer: Ints, promise: Numbers, width: int) -> Ints:
        order = np.lexsort((promise, offer))
        first = np.searchsorted(offer[order], offer[order])
        return np.asarray(order[np.arange(len(order)) - first < width])

    def _collect(self, rows: _Partial) -> None:
        full = np.nonzero(self.offers.low[rows.offer] <= rows.members.shape[1])[0]
        np.minimum.at(self.best, self.offers.kind[rows.offer[full]], rows.cost[full])
        cheap = full[rows.cost[full] < 0]
        for row in cheap[np.argsort(rows.cost[cheap], kind="stable")][:CHUNK]:
            self.groups.append((float(rows.cost[row]), int(rows.offer[row]), tuple(sorted(rows.members[row].tolist()))))
