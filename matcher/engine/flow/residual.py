"""How far is it from a node to a school in the residual network of a plan? Shortest paths, many targets at once.

Costs of all goals are packed into one number, most important goal first, so that a path's length is
lexicographic. Arcs open one after the other as pairs with fewer points are let in; the plan stays the best of
those that are open by cancelling the few negative cycles that this brings (Klein 1967).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.flow.optimal_face import Part, potentials
from matcher.engine.flow.two_words import far, farthest, number_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.two_words import Numbers

TARGETS_AT_ONCE = 64
"""So many targets are reached for together."""


@dataclass(slots=True, eq=False)
class Residual:
    """A flow of least cost on the open arcs, with potentials that prove it.

    `tail`, `head`, `capacity`, `cost`, `flow` and `is_open` are per arc; `potential` per node keeps
    `cost + potential[tail] - potential[head]` from being negative on every residual arc. Costs and all lengths are
    numbers of one kind, see `two_words`.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Numbers
    flow: Ints
    is_open: Flags
    potential: Numbers
    leaving: _Rows
    entering: _Rows

    def _relax_one(self, distance: Numbers, tail: Ints, offer: Numbers) -> Ints:
        """Do the same for a single target, where sorting would be most of the work."""
        better = np.nonzero(offer < np.minimum(distance[tail], farthest(self.cost.dtype)))[0]
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
            np.zeros(len(self.potential), dtype=np.int64),
        )
        self.potential = potentials(part, self.cost[usable])

    def distances(self, targets: Ints) -> Numbers:
        """Give the length of the shortest path from every node (rows) to every target (columns)."""
        found = np.full((len(self.potential), len(targets)), far(self.cost.dtype), dtype=self.cost.dtype)
        found[targets, np.arange(len(targets))] = 0
        for few in _blocks(len(targets)):
            self._shorten(found[:, few], targets[few])
        return found

    def _shorten(self, distance: Numbers, changed: Ints) -> None:
        """Let shorter ways to the targets from the nodes in `changed` reach all nodes before them."""
        while len(changed):
            changed = self._relax(distance, *self._before(changed))

    def _relax(self, distance: Numbers, tail: Ints, head: Ints, cost: Numbers) -> Ints:
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
        better = offer < np.minimum(distance[nodes], farthest(self.cost.dtype))
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

    def admit(self, distance: Numbers, arcs: Ints) -> bool:
        """Shorten distances by the ways that newly opened arcs give; tell whether any did."""
        arcs = arcs[self.flow[arcs] < self.capacity[arcs]]
        any_changed = False
        for few in _blocks(distance.shape[1]):
            changed = self._relax(distance[:, few], self.tail[arcs], self.head[arcs], self.cost[arcs])
            self._shorten(distance[:, few], changed)
            any_changed |= len(changed) > 0
        return any_changed

    def _before(self, nodes: Ints) -> tuple[Ints, Ints, Numbers]:
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
        limit = whole(self.potential[start] - self.potential[goal] - self.cost[arc])
        distance, came_by = self._nearby(start, goal, limit)
        reach = min(distance.get(goal, limit), limit)
        for node, length in distance.items():
            if length < reach:
                self.potential[node] -= number_of(reach - length, self.cost.dtype)
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
        here, most = self.potential[node], number_of(limit, self.cost.dtype)
        ahead = self.leaving.at(node)
        others = self.head[ahead]
        cost = self.cost[ahead] + here - self.potential[others]
        near = np.nonzero((cost < most) & self.is_open[ahead] & (self.flow[ahead] < self.capacity[ahead]))[0]
        for place in near.tolist():
            yield int(others[place]), int(ahead[place]), whole(cost[place]), True
        back = self.entering.at(node)
        back = back[self.flow[back] > 0]
        others = self.tail[back]
        cost = here - self.potential[others] - self.cost[back]
        for place in np.nonzero(cost < most)[0].tolist():
            yield int(others[place]), int(back[place]), whole(cost[place]), False


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


def _blocks(targets: int) -> Iterator[slice]:
    """Cut targets in blocks: what is offered to each is arcs by targets, which must stay small."""
    for start in range(0, targets, TARGETS_AT_ONCE):
        yield slice(start, start + TARGETS_AT_ONCE)


def _rows_by(node: Ints, nodes: int) -> _Rows:
    """Group arc numbers by the node at one of their ends."""
    first = np.concatenate(([0], np.cumsum(np.bincount(node, minlength=nodes))))
    return _Rows(np.argsort(node, kind="stable"), first)


def residual_of(part: Part, cost: Numbers) -> Residual:
    """Lay out a flow with all arcs open, without potentials yet; `part` has all nodes and arcs."""
    nodes = len(part.supply)
    return Residual(
        part.tail,
        part.head,
        part.capacity,
        cost,
        part.flow.copy(),
        np.ones(len(part.tail), dtype=np.bool_),
        np.zeros(nodes, dtype=cost.dtype),
        _rows_by(part.tail, nodes),
        _rows_by(part.head, nodes),
    )
