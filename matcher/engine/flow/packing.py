"""How do all goals that add up become one number per arc? Digits of one integer, the most important goal first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matcher.engine.flow.network import Network, arc_cost, build_network
from matcher.engine.flow.problem import goal_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.problem import Problem

MOST_BITS = 60
MOVES = "moves"


class Step(NamedTuple):
    """One goal: its cost per arc, the largest sum along a cycle, its sign, and what the present plan reaches."""

    name: str
    cost: Ints
    bound: int
    sign: int
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class Digit:
    """One goal in the packed number.

    A step of `unit` in the number is a step of 1 in the goal's cost; `value` is what the present plan
    reaches, and the goal's value is `value + sign * cost`.
    """

    name: str
    unit: int
    sign: int
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """The network of a problem with the present plan as `flow` and packed costs per arc.

    `cost` counts all goals that add up, then moves; `before` only those that come before the worst pair,
    in steps of `unit`. `worst` is the present plan's worst pair, `worst_column` its place among the goals; `most` the
    number of pairs that bounds the digits.
    """

    network: Network
    flow: Ints
    cost: Ints
    before: Ints
    unit: int
    digits: tuple[Digit, ...]
    worst: int
    worst_column: int
    bits: int
    most: int

    @property
    def fits(self) -> bool:
        """Whether the packed numbers fit a 64-bit integer with room for sums, and every goal is a sum of arcs."""
        return self.bits <= MOST_BITS and not len(self.network.rivals)

    def arcs_of(self, pairs: Ints, possible: int) -> Ints:
        """Give the arcs of pairs (numbers below `possible`), -1 for one that has none."""
        arc_of = np.full(possible + 1, -1, dtype=np.int64)
        arc_of[self.network.pairs] = np.arange(self.network.pair_arcs.start, self.network.pair_arcs.stop)
        arcs: Ints = arc_of[pairs]
        return arcs

    @property
    def names(self) -> tuple[str, ...]:
        """The goals' names, a name for each place level."""
        names = [digit.name for digit in self.digits if digit.name != MOVES]
        names.insert(self.worst_column, "worst_pair")
        return tuple(names)

    def values(self, totals: Ints, worst: Ints) -> Ints:
        """Unpack differences to the present plan (k) into goals' values (k x goals)."""
        costs = unpacked(self.digits, totals)
        columns = [one.value + one.sign * cost for one, cost in zip(self.digits, costs, strict=True)][:-1]
        columns.insert(self.worst_column, worst)
        return np.stack(columns, axis=1)

    def moves(self, totals: Ints) -> Ints:
        """Unpack how many pairs of the present plan go (k)."""
        return unpacked(self.digits, totals)[-1]

    def before_worst(self, totals: Ints) -> Ints:
        """Cut packed differences down to the goals before the worst pair, in whole steps."""
        return (totals + self.unit // 2) // self.unit


def pack(problem: Problem, chosen: Flags, pairs: int | None = None) -> Packing:
    """Pack the goals of a problem around its best plan.

    A cycle of the residual network changes at most one pair out and one in per chosen pair, and fills or
    empties at most one place of a kind, which bounds every digit. `pairs` takes the place of the number of
    chosen pairs, so that two packings have the same units.
    """
    network = build_network(problem)
    most = 2 + (int(chosen.sum()) if pairs is None else pairs)
    steps = steps_of(problem, network, chosen, most)
    worst_column = next(place for place, step in enumerate(steps) if step.name == "worst_pair")
    worst = steps.pop(worst_column).value
    digits, bits = digits_of(steps)
    before_unit = digits[worst_column - 1].unit
    cost, before = np.zeros(len(network.tail), dtype=np.int64), np.zeros(len(network.tail), dtype=np.int64)
    for place, (step, digit) in enumerate(zip(steps, digits, strict=True) if bits <= MOST_BITS else []):
        cost += step.cost * digit.unit
        if place < worst_column:
            before += step.cost * (digit.unit // before_unit)
    flow = flow_of(problem, network, chosen)
    return Packing(network, flow, cost, before, before_unit, digits, worst, worst_column, bits, most - 2)


def digits_of(steps: Sequence[Step]) -> tuple[tuple[Digit, ...], int]:
    """Give each goal that adds up its digit, and how many bits they take together."""
    units = _units([step.bound for step in steps])
    digits = tuple(Digit(one.name, unit, one.sign, one.value) for one, unit in zip(steps, units, strict=True))
    return digits, (units[0] * (2 * steps[0].bound + 1)).bit_length()


def unpacked(digits: Sequence[Digit], totals: Ints) -> list[Ints]:
    """Cut packed differences (k) into the cost of each digit (k)."""
    costs, rest = [], totals
    for digit in digits:
        cost = (rest + digit.unit // 2) // digit.unit
        costs.append(cost)
        rest = rest - cost * digit.unit
    return costs


def _units(bounds: list[int]) -> list[int]:
    """Give each digit's unit, the last one's being 1: room for every sum from -bound to bound."""
    units = [1]
    for bound in reversed(bounds[1:]):
        units.insert(0, units[0] * (2 * bound + 1))
    return units


def steps_of(problem: Problem, network: Network, chosen: Flags, most: int | None = None) -> list[Step]:
    """Give every goal in order, a step for each place level, and moves at last; `most` as in `pack`."""
    most = 2 + int(chosen.sum()) if most is None else most
    values = goal_values(problem, chosen)
    places = values["places_filled"]
    steps: list[Step] = []
    for place, value in enumerate(places if isinstance(places, tuple) else ()):
        cost = np.zeros(len(network.tail), dtype=np.int64)
        cost[: len(network.place)] = -(network.place == place).astype(np.int64)
        steps.append(Step(f"places_filled.{place}", cost, 1, -1, value))
    for name in problem.goals:
        total = values[name]
        value = total if isinstance(total, int) else 0
        if name == "worst_pair":
            steps.append(Step(name, network.costs(problem.points), 0, 1, value))
            continue
        cost = arc_cost(problem, network, name)
        bound = _largest_sum(problem, name, cost, most)
        steps.append(Step(name, cost, bound, -1 if name == "points" else 1, value))
    steps.append(Step(MOVES, network.costs(-chosen.astype(np.int64)), most, 1, 0))
    return steps


def _largest_sum(problem: Problem, name: str, cost: Ints, most: int) -> int:
    """Bound what a path can add on a goal: it passes each mentor once, a school's first place twice at most."""
    largest = int(np.abs(cost).max(initial=0))
    if name == "stranded":
        return 2 * largest
    if name == "reserves_used":
        return min(most, int(problem.reserve.sum())) * largest
    if name == "spread":
        return min(most, int((cost > 0).sum()))
    # At each school a kept pair may go and a new one come.
    return (2 if name == "changes" else 1) * most * largest


def flow_of(problem: Problem, network: Network, chosen: Flags) -> Ints:
    """Give the arcs' flow that stands for the chosen pairs beside the required ones."""
    flow = np.zeros(len(network.tail), dtype=np.int64)
    taken = chosen[network.pairs]
    flow[network.pair_arcs] = taken
    pairs = network.pairs[taken]
    filled = np.bincount(problem.school[pairs], minlength=len(problem.demand))
    school = network.head[: len(network.place)]
    first = np.concatenate(([True], school[1:] != school[:-1])) if len(school) else np.zeros(0, dtype=np.bool_)
    start = np.maximum.accumulate(np.where(first, np.arange(len(school)), 0)) if len(school) else school
    flow[: len(network.place)] = np.arange(len(school)) - start < filled[school - network.first_school]
    inward = np.bincount(network.head, flow, network.nodes)
    outward = np.bincount(network.tail, flow, network.nodes)
    arcs = np.arange(network.pair_arcs.stop, len(network.tail))
    into_group = arcs[: network.groups]
    flow[into_group] = outward[network.head[into_group]]
    once, further = flow[network.mentor_arcs], flow[network.again_arcs]
    taken_by = inward[network.tail[network.mentor_arcs]].astype(np.int64)
    further[:] = np.maximum(taken_by - network.capacity[network.mentor_arcs], 0)[network.again]
    once[:] = taken_by
    once[network.again] -= further
    company = np.bincount(network.head[network.mentor_arcs], taken_by, network.nodes)
    flow[network.company_arcs] = company[network.tail[network.company_arcs]]
    for_nothing, charged = arcs[len(arcs) - 2 * network.fresh :].reshape(2, network.fresh)
    new = np.bincount(network.tail, flow, network.nodes)[network.head[for_nothing]]
    flow[for_nothing] = np.minimum(new, network.capacity[for_nothing])
    flow[charged] = new - flow[for_nothing]
    return flow
