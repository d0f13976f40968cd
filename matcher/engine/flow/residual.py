"""Which plan is the best while pairs open one after the other? A flow with the potentials that prove it.

Costs of all goals are packed into one number, most important goal first, so that a sum along a way is
lexicographic. Arcs open one after the other as pairs with fewer points are let in; the plan stays the best of
those that are open by cancelling the few negative cycles that this brings (Klein 1967).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.optimal_face import Part, by_node, shortest, spans, starts
from matcher.engine.flow.wide_costs import Numbers, number_of, whole


@dataclass(slots=True, eq=False)
class Residual:
    """A flow of least cost on the open arcs, with potentials that prove it once `prove` was called.

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
    is_proven: bool = False
    _leaving: _Rows | None = field(default=None, init=False)
    _entering: _Rows | None = field(default=None, init=False)

    @property
    def leaving(self) -> _Rows:
        """The arcs by tail; sorted once they are asked for, which small questions never do."""
        if self._leaving is None:
            self._leaving = _rows_by(self.tail, len(self.potential))
        return self._leaving

    @property
    def entering(self) -> _Rows:
        """The arcs by head."""
        if self._entering is None:
            self._entering = _rows_by(self.head, len(self.potential))
        return self._entering

    def steps(self) -> tuple[Ints, Ints, Numbers]:
        """Give tail, head and cost of the steps by which the flow can change along open arcs."""
        ahead, back = np.flatnonzero(self.is_open & (self.flow < self.capacity)), np.flatnonzero(self.flow > 0)
        tail = np.concatenate((self.tail[ahead], self.head[back]))
        head = np.concatenate((self.head[ahead], self.tail[back]))
        return tail, head, np.concatenate((self.cost[ahead], -self.cost[back]))

    def check(self, steps: tuple[Ints, Ints, Numbers], guess: Numbers) -> None:
        """Check that potentials prove the flow the best, else find others; raises NotBestError if it isn't.

        `steps` are those of the flow as it is.
        """
        tail, head, cost = steps
        if (cost + guess[tail] < guess[head]).any():
            self.prove(steps)

    def prove(self, steps: tuple[Ints, Ints, Numbers]) -> None:
        """Prove the flow the best on the open arcs, with the most room for arcs that open; or raise NotBestError."""
        nodes = np.arange(len(self.potential))
        self.potential = shortest(*steps, np.zeros_like(self.potential), nodes)
        self.is_proven = True

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
        arcs: Ints = self.order[spans(self.first, nodes)[0]]
        return arcs


def _rows_by(node: Ints, nodes: int) -> _Rows:
    """Group arc numbers by the node at one of their ends."""
    return _Rows(by_node(node, nodes), starts(node, nodes))


def residual_of(part: Part, cost: Numbers, is_open: Flags | None = None) -> Residual:
    """Lay out a flow with all arcs open, or some; without potentials yet. `part` has all nodes and arcs."""
    opened = np.ones(len(part.tail), dtype=np.bool_) if is_open is None else is_open.copy()
    potential = np.zeros(len(part.supply), dtype=cost.dtype)
    return Residual(part.tail, part.head, part.capacity, cost, part.flow.copy(), opened, potential)
