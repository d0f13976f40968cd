"""Is a shortest way along the steps of a flow the shortest, whatever nodes are left out of the search?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.domain.errors import NotBestError
from matcher.engine.flow import shortest_ways as module
from matcher.engine.flow.network import SINK, SOURCE
from matcher.engine.flow.optimal_face import Part
from matcher.engine.flow.packing import pack
from matcher.engine.flow.residual import residual_of
from matcher.engine.flow.shortest_ways import Ways
from matcher.engine.flow.solve import solve_network
from matcher.engine.flow.wide_costs import farthest
from tests.random_problems import a_problem

if TYPE_CHECKING:
    from matcher.engine.flow.packing import Packing, Step
    from matcher.engine.flow.residual import Residual

NONE = 2**40


def _residual(seed: int, kind: type) -> Residual:
    """Make arcs without a cycle of negative length: many nodes with one way out, chains and rings of them too."""
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(2, 25))
    arcs = int(rng.integers(1, 3 * nodes))
    tail, head = rng.integers(0, nodes, arcs), rng.integers(0, nodes, arcs)
    height = rng.integers(-20, 20, nodes)
    cost = rng.integers(0, 10, arcs) + height[head] - height[tail]
    flow = np.zeros(arcs, dtype=np.int64)
    carries = rng.random(arcs) < 0.3
    cost[carries] = (height[head] - height[tail])[carries]  # such arcs can be gone back along
    flow[carries] = 1
    capacity = flow + (rng.random(arcs) < 0.7)
    part = Part(tail, head, capacity, flow, np.zeros(nodes, dtype=np.int64))
    return residual_of(part, cost.astype(kind), (rng.random(arcs) < 0.7) | carries)


def _plain(residual: Residual, target: int) -> list[int]:
    """Give all lengths by trying every step as often as there are nodes."""
    found = np.full(len(residual.potential), NONE, dtype=np.int64)
    found[target] = 0
    tail, head, cost = residual.steps()
    for _ in range(len(found)):
        offer = np.where(found[head] < NONE, found[head] + cost.real.astype(np.int64), NONE)
        np.minimum.at(found, tail, offer)
    return found.tolist()


def _told(ways: Ways, nodes: int, column: int) -> list[int]:
    lengths = ways.of(np.arange(nodes), column)
    return np.where(lengths < farthest(lengths.dtype), lengths.real, NONE).astype(np.int64).tolist()


@pytest.mark.parametrize("kind", [np.int64, np.complex128])
@pytest.mark.parametrize("asked", [1, 5])
def test_ways_are_the_shortest_also_after_arcs_open(asked: int, kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TARGETS_AT_ONCE", 2)
    reached = 0
    for seed in range(150):
        residual = _residual(seed, kind)
        nodes = len(residual.potential)
        targets = np.random.default_rng(seed).permutation(nodes)[:asked]
        ways = Ways(residual, targets)
        closed = np.flatnonzero(~residual.is_open)
        for some in (closed[:0], *np.array_split(closed, 3)):
            residual.is_open[some] = True
            ways.admit(some)
            for column, target in enumerate(targets.tolist()):
                expected = _plain(residual, target)
                assert _told(ways, nodes, column) == expected
                reached += sum(0 < one < NONE for one in expected)
    assert reached > 1000


@pytest.mark.parametrize("asked", [1, 3])
def test_ways_round_a_cycle_that_gains_are_refused(asked: int) -> None:
    tail, head = np.array([0, 1, 2, 1]), np.array([1, 2, 1, 3])
    part = Part(tail, head, np.ones(4, dtype=np.int64), np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64))
    residual = residual_of(part, np.array([1, -3, 1, 1]))
    with pytest.raises(NotBestError):
        Ways(residual, np.array([3, 0, 2])[:asked])


def test_no_way_adds_up_to_more_than_the_bound_of_its_goal() -> None:
    """Random ways that pass no node twice, on the best plan's flow: the digits have room for each of their sums."""
    longest = 0
    for seed in range(150):
        problem = a_problem(seed)
        chosen = solve_network(problem).chosen
        packing, rng = pack(problem, chosen), np.random.default_rng(seed)
        steps = packing.steps
        for _ in range(30):
            sums = _random_way(packing, steps, rng)
            longest = max(longest, len(sums))
            for step, each in zip(steps, np.array(sums).reshape(-1, len(steps)).T, strict=True):
                assert np.abs(each).max(initial=0) <= step.bound
    assert longest > 15


def _random_way(packing: Packing, steps: tuple[Step, ...], rng: np.random.Generator) -> list[list[int]]:
    """Walk along steps of the flow to nodes not seen before; give the sums on every goal after each step."""
    network, flow = packing.network, packing.flow
    tail, head = network.tail, np.where(network.head == SINK, SOURCE, network.head)
    node = int(rng.integers(0, network.nodes))
    seen, total, sums = {node}, np.zeros(len(steps), dtype=np.int64), []
    while True:
        out = np.flatnonzero((tail == node) & (flow < network.capacity)).tolist()
        into = np.flatnonzero((head == node) & (flow > 0)).tolist()
        onward = [(one, 1, int(head[one])) for one in out] + [(one, -1, int(tail[one])) for one in into]
        onward = [one for one in onward if one[2] not in seen]
        if not onward:
            return sums
        arc, way, node = onward[int(rng.integers(0, len(onward)))]
        seen.add(node)
        total = total + [way * int(step.cost[arc]) for step in steps]
        sums.append(total.tolist())
