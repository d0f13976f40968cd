"""How far is it from a node to some schools along the steps of a flow? Shortest ways, to many targets at once.

Most nodes have one way out: a mentor who has a school leads there, one who has none to the company and on to the
source. Such a node lies as far from every target as the node where its only way ends, and a little more: so the search
looks at the others alone, and at the cheapest of all ways between two of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.domain.errors import NotBestError
from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.optimal_face import by_node, spans, starts
from matcher.engine.flow.residual import Residual
from matcher.engine.flow.wide_costs import Numbers, far, farthest

_Arcs = tuple[Ints, Ints, Numbers]
"""Tails, heads and costs."""

TARGETS_AT_ONCE = 64
"""So many targets are reached for together: what is offered to them, arcs by targets, stays in a near cache."""

LATE_PART = 4
"""Arcs that came late join the others once they are one in so many of those: until then only they are sorted."""

LONGEST_CHAIN = 3
"""Nodes with one way out are followed so far: mentor, company, source."""


class Ways:
    """The lengths of the shortest ways to some targets (nodes) on the open arcs of a flow.

    Arcs that are closed may be let in later; when the flow itself changes, new ways are to be looked for. Raises
    NotBestError where there is a cycle of negative length on a way to a target.
    """

    def __init__(self, residual: Residual, targets: Ints) -> None:
        self._residual = residual
        self.steps = residual.steps()
        tail, head, cost = self.steps
        stays = np.zeros(len(residual.potential), dtype=np.bool_)
        stays[targets] = True
        stays[residual.tail[~residual.is_open]] = True  # a node that may get another way out
        root, self._ahead = _only_ways(tail, head, cost, stays)
        stays[tail] = True
        stays &= root == np.arange(len(stays))
        # All nodes without a way out share the last row, which is far from everything.
        self._count = int(stays.sum())
        row = np.full(len(stays), self._count, dtype=np.int64)
        row[stays] = np.arange(self._count)
        self._row = row[root]
        inside = np.flatnonzero(root[tail] == tail)
        self._one = len(targets) == 1  # then sorting would be most of the work
        arcs = self._shortened(tail[inside], head[inside], cost[inside])
        self._arcs = _by_head(*arcs, self._count + 1) if self._one else self._least(*arcs)
        self._first = starts(self._arcs[1], self._count + 1)
        self._waiting: list[_Arcs] = []
        self._late = self._together()
        kind = residual.cost.dtype
        self.distance: Numbers = np.full((self._count + 1, len(targets)), far(kind), dtype=kind)
        rows = row[targets]
        self.distance[rows, np.arange(len(targets))] = 0
        for few in _blocks(len(targets)):
            near = np.zeros(self._count + 1, dtype=np.bool_)
            near[rows[few]] = True
            self._spread(few, near)

    def of(self, nodes: Ints, columns: Ints | int) -> Numbers:
        """Give how far it is from some nodes to some targets (by their place); from `farthest` on: no way."""
        lengths: Numbers = self.distance[self._row[nodes], columns] + self._ahead[nodes]
        return lengths

    def potentials(self) -> Numbers:
        """Give potentials that prove the flow the best, as far as a way leads to the first target."""
        lengths = self.of(np.arange(len(self._row)), 0)
        found: Numbers = -np.minimum(lengths, farthest(lengths.dtype))
        return found

    def admit(self, arcs: Ints) -> None:
        """Shorten the ways by the arcs that were opened."""
        one = self._residual
        arcs = arcs[one.flow[arcs] < one.capacity[arcs]]
        if not len(arcs):
            return
        added = self._shortened(one.tail[arcs], one.head[arcs], one.cost[arcs])
        if not self._one:
            order = np.argsort(added[0], kind="stable")
            added = (added[0][order], added[1][order], added[2][order])
        self._waiting.append(added)
        for few in _blocks(self.distance.shape[1]):
            near = self._relax(self.distance[:, few], *added)
            if near.any():
                self._take_in()
                self._spread(few, near)

    def _shortened(self, tail: Ints, head: Ints, cost: Numbers) -> _Arcs:
        """Give arcs as rows of the table: from their tail to where the only way from their head ends."""
        return self._row[tail], self._row[head], cost + self._ahead[head]

    def _least(self, tail: Ints, head: Ints, cost: Numbers) -> _Arcs:
        """Keep the cheapest arc between any two rows, in the order of tails."""
        keep = np.flatnonzero((tail != head) & (head < self._count))
        key = tail[keep] * (self._count + 1) + head[keep]
        order = np.argsort(key)
        key = key[order]
        if not len(key):
            return tail[keep], head[keep], cost[keep]
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        least: Numbers = np.minimum.reduceat(cost[keep][order], first)
        return (*np.divmod(key[first], self._count + 1), least)

    def _take_in(self) -> None:
        """Put arcs that were let in among the others; those that came late stay apart while they are few."""
        if self._waiting:
            self._late = self._together(self._late, *self._waiting)
            self._waiting.clear()
            if len(self._late[0]) > len(self._arcs[0]) // LATE_PART:
                arcs = self._together(self._arcs, self._late)
                self._arcs = _by_head(*arcs, self._count + 1) if self._one else arcs
                self._first = starts(self._arcs[1], self._count + 1)
                self._late = self._together()

    def _together(self, *parts: _Arcs) -> _Arcs:
        parts = parts or ((self._arcs[0][:0], self._arcs[1][:0], self._arcs[2][:0]),)
        tail, head, cost = (np.concatenate(part) for part in zip(*parts, strict=True))
        if self._one:
            return tail, head, cost
        order = np.argsort(tail, kind="stable")
        return tail[order], head[order], cost[order]

    def _spread(self, few: slice, near: Flags) -> None:
        """Let shorter ways from the rows in `near` reach all rows before them."""
        distance, rounds = self.distance[:, few], 0
        while near.any():
            rounds += 1
            if rounds > len(distance) + 1:
                raise NotBestError
            nearer = np.zeros_like(near)
            for part in (self._arcs, self._late) if len(self._late[0]) else (self._arcs,):
                tail, head, cost = part
                sorted_by_head = self._one and part is self._arcs
                arcs = spans(self._first, near.nonzero()[0])[0] if sorted_by_head else near[head].nonzero()[0]
                if len(arcs):
                    nearer |= self._relax(distance, tail[arcs], head[arcs], cost[arcs])
            near = nearer

    def _relax(self, distance: Numbers, tail: Ints, head: Ints, cost: Numbers) -> Flags:
        """Try arcs, in the order of tails, as first steps; flag the rows that got nearer to some target."""
        near = np.zeros(len(distance), dtype=np.bool_)
        if self._one:
            only = distance[:, 0]
            offer = only[head] + cost
            hit = (offer < np.minimum(only[tail], farthest(cost.dtype))).nonzero()[0]
            np.minimum.at(only, tail[hit], offer[hit])
            near[tail[hit]] = True
            return near
        starts_new = np.ones(len(tail), dtype=np.bool_)
        np.not_equal(tail[1:], tail[:-1], out=starts_new[1:])
        first = starts_new.nonzero()[0]
        offer = distance.take(head, axis=0)
        offer += cost[:, None]
        offer = np.minimum.reduceat(offer, first, axis=0)
        rows = tail[first]
        now = distance[rows]
        better = offer < np.minimum(now, farthest(cost.dtype))
        hit = better.any(axis=1)
        rows = rows[hit]
        distance[rows] = np.where(better[hit], offer[hit], now[hit])
        near[rows] = True
        return near


def _only_ways(tail: Ints, head: Ints, cost: Numbers, stays: Flags) -> tuple[Ints, Numbers]:
    """Give for every node where its only way ends, and how long that is; a node that stays ends in itself."""
    count = len(stays)
    root, ahead = np.arange(count), np.zeros(count, dtype=cost.dtype)
    out = np.bincount(tail, minlength=count)
    only = np.flatnonzero((out[tail] == 1) & ~stays[tail])
    open_ended = np.zeros(count, dtype=np.bool_)
    open_ended[tail[only]] = True
    for _ in range(LONGEST_CHAIN):
        ends = ~open_ended[head[only]]
        done, only = only[ends], only[~ends]
        root[tail[done]] = root[head[done]]
        ahead[tail[done]] = cost[done] + ahead[head[done]]
        open_ended[tail[done]] = False
    return root, ahead


def _by_head(tail: Ints, head: Ints, cost: Numbers, rows: int) -> _Arcs:
    order = by_node(head, rows)
    return tail[order], head[order], cost[order]


def _blocks(targets: int) -> Iterator[slice]:
    for start in range(0, targets, TARGETS_AT_ONCE):
        yield slice(start, start + TARGETS_AT_ONCE)
