"""How far is it from a node to a school in the residual network of a plan? Shortest paths, many targets at once.

Costs of all goals are packed into one integer, most important goal first, so that a path's length is
lexicographic. Arcs open one after the other as pairs with fewer points are let in; the plan stays the best of
those that are open by cancelling the few negative cycles that this brings (Klein 1967).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.flow.optimal_face import Part, potentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.engine.calls import Flags, Ints

FAR = np.int64(2**61)
"""A distance that stands for: no path."""


@dataclass(slots=True, eq=False)
class Residual:
    """A flow of least cost on the open arcs, with potentials that prove it.

    `tail`, `head`, `capacity`, `cost`, `flow` and `is_open` are per arc; `potential` per node keeps
    `cost + potential[tail] - potential[head]` from being negative on every residual arc.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    flow: Ints
    is_open: Flags
    potential: Ints
    leaving: _Rows
    entering: _Rows

    def _relax_one(self, distance: Ints, tail: Ints, offer: Ints) -> Ints:
        """Do the same for a single target, where sorting would be most of the work."""
        better = np.nonzero(offer < np.minimum(distance[tail], FAR // 2))[0]
        np.minimum.at(distance, tail[better], offer[better])
        near = np.zeros(len(distance), dtype=np.bool_)
        near[tail[better]] = True
        return np.nonzero(near)[0]

    def start(self, is_open: Flags) -> None:
        """Open some arcs only, and prove the flow best among them; it must be."""
        self.is_open = is_open.copy()
        usable = np.nonzero(self.is_open)[0]
        part = Part(
            self.tail[usable],
            self.head[usable],
            self.capacity[usable],
            self.flow[usable],
            np.zeros_like(self.potential),
        )
        self.potential = potentials(part, self.cost[usable])

    def distances(self, targets: Ints) -> Ints:
        """Give the length of the shortest path from every node (rows) to every target (columns)."""
        far = np.full((len(self.potential), len(targets)), FAR, dtype=np.int64)
        far[targets, np.arange(len(targets))] = 0
        self.shorten(far, targets)
        return far

    def shorten(self, distance: Ints, changed: Ints) -> None:
        """Let shorter ways to the targets from the nodes in `changed` reach all nodes before them."""
        while len(changed):
            changed = self._relax(distance, *self._before(changed))

    def _relax(self, distance: Ints, tail: Ints, head: Ints, cost: Ints) -> Ints:
        """Try residual arcs as first steps; give the nodes that got nearer to some target."""
        if not len(tail):
            return tail
        if distance.shape[1] == 1:
            return self._relax_one(distance[:, 0], tail, distance[head, 0] + cost)
        order = np.argsort(tail, kind="stable")
        tail = tail[order]
        first = np.nonzero(np.diff(tail, prepend=-1))[0]
        offer = np.minimum.reduceat(distance[head[order]] + cost[order, None], first)
        nodes = tail[first]
        better = offer < np.minimum(distance[nodes], FAR // 2)
        distance[nodes] = np.where(better, offer, distance[nodes])
        near: Ints = nodes[better.any(axis=1)]
        return near

    def open_arcs(self, arcs: Ints) -> bool:
        """Open arcs; tell whether the flow had to change to stay the best."""
        reduced = self.cost[arcs] + self.potential[self.tail[arcs]] - self.potential[self.head[arcs]]
        self.is_open[arcs[reduced >= 0]] = True
        moved = False
        for arc in arcs[reduced < 0].tolist():
            self.is_open[arc] = True
            if self.cost[arc] + self.potential[self.tail[arc]] < self.potential[self.head[arc]]:
                moved |= self._mend(arc)
        return moved

    def admit(self, distance: Ints, arcs: Ints) -> bool:
        """Shorten distances by the ways that newly opened arcs give; tell whether any did."""
        arcs = arcs[self.flow[arcs] < self.capacity[arcs]]
        changed = self._relax(distance, self.tail[arcs], self.head[arcs], self.cost[arcs])
        self.shorten(distance, changed)
        return len(changed) > 0

    def _before(self, nodes: Ints) -> tuple[Ints, Ints, Ints]:
        """Give tail, head and cost of the residual arcs that end in the nodes."""
        ahead = self.entering.of(nodes)
        ahead = ahead[self.is_open[ahead] & (self.flow[ahead] < self.capacity[ahead])]
        back = self.leaving.of(nodes)
        back = back[self.flow[back] > 0]
        return (
            np.concatenate((self.tail[ahead], self.head[back])),
            np.concatenate((self.head[ahead], self.tail[back])),
            np.concatenate((self.cost[ahead], -self.cost[back])),
        )

    def _mend(self, arc: int) -> bool:
        """Bring potentials in order after an arc with negative reduced cost opened; cancel its cycle if any."""
        start, goal = int(self.head[arc]), int(self.tail[arc])
        limit = int(self.potential[start] - self.potential[goal] - self.cost[arc])
        distance, came_by = self._nearby(start, goal, limit)
        reach = min(distance.get(goal, limit), limit)
        for node, length in distance.items():
            if length < reach:
                self.potential[node] -= reach - length
        if reach == limit:
            return False
        self.flow[arc] += 1
        node = goal
        while node != start:
            step, forward = came_by[node]
            self.flow[step] += 1 if forward else -1
            node = int(self.tail[step] if forward else self.head[step])
        return True

    def _nearby(self, start: int, goal: int, limit: int) -> tuple[dict[int, int], dict[int, tuple[int, bool]]]:
        """Give reduced distances from `start` below `limit` (Dijkstra), and the arc by which each was reached."""
        distance, came_by, settled = {start: 0}, {}, {}
        heap = [(0, start)]
        while heap:
            length, node = heapq.heappop(heap)
            if node in settled:
                continue
            settled[node] = length
            if node == goal:
                break
            for other, step, cost, forward in self._after(node, limit - length):
                if length + cost < distance.get(other, limit):
                    distance[other] = length + cost
                    came_by[other] = (step, forward)
                    heapq.heappush(heap, (length + cost, other))
        return settled, came_by

    def _after(self, node: int, limit: int) -> Iterator[tuple[int, int, int, bool]]:
        """Give the residual steps out of a node that cost less than `limit`: node, arc, reduced cost, direction."""
        here = self.potential[node]
        ahead = self.leaving.at(node)
        others = self.head[ahead]
        cost = self.cost[ahead] + here - self.potential[others]
        near = np.nonzero((cost < limit) & self.is_open[ahead] & (self.flow[ahead] < self.capacity[ahead]))[0]
        for place in near.tolist():
            yield int(others[place]), int(ahead[place]), int(cost[place]), True
        back = self.entering.at(node)
        back = back[self.flow[back] > 0]
        others = self.tail[back]
        cost = here - self.potential[others] - self.cost[back]
        for place in np.nonzero(cost < limit)[0].tolist():
            yield int(others[place]), int(back[place]), int(cost[place]), False


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Arc numbers grouped by node: those of node k stand in `order[first[k]:first[k + 1]]`."""

    order: Ints
    first: Ints

    def at(self, node: int) -> Ints:
        """Give the arcs of one node."""
        arcs: Ints = self.order[self.first[node] : self.first[node + 1]]
        return arcs

    def of(self, nodes: Ints) -> Ints:
        """Give the arcs of some nodes."""
        count = self.first[nodes + 1] - self.first[nodes]
        start = np.repeat(self.first[nodes] - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        arcs: Ints = self.order[start + np.arange(len(start))]
        return arcs


def _rows_by(node: Ints, nodes: int) -> _Rows:
    """Group arc numbers by the node at one of their ends."""
    first = np.concatenate(([0], np.cumsum(np.bincount(node, minlength=nodes))))
    return _Rows(np.argsort(node, kind="stable"), first)


def residual_of(part: Part, cost: Ints) -> Residual:
    """Lay out a flow with all arcs open, without potentials yet; `part` has all nodes and arcs."""
    nodes = len(part.supply)
    return Residual(
        part.tail,
        part.head,
        part.capacity,
        cost,
        part.flow.copy(),
        np.ones(len(part.tail), dtype=np.bool_),
        np.zeros(nodes, dtype=np.int64),
        _rows_by(part.tail, nodes),
        _rows_by(part.head, nodes),
    )
