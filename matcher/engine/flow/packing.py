"""How do all goals that add up become one number per arc? Digits of it, the most important goal first.

Where they do not fit one integer, the number has two words: see `two_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Any, NamedTuple

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import Network, arc_cost, build_network
from matcher.engine.flow.problem import Problem, goal_values
from matcher.engine.flow.wide_costs import WORD_BITS, Numbers, word

MOST_BITS = 62.3
"""So many bits the sums along ways may take in one word, from the lowest to the highest: see `far`."""

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
    reaches, and the goal's value is `value + sign * cost`. `low` digits stand in the second word.
    """

    name: str
    unit: int
    sign: int
    value: int
    low: bool = False

    def times(self, amount: Any) -> Any:  # noqa: ANN401 - a number, or many
        """Give a cost on this goal as part of the number."""
        return amount * (self.unit * 1j if self.low else self.unit)


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """The network of a problem with the present plan as `flow` and packed costs per arc.

    `cost` counts all goals that add up, then moves; `before` only those that come before the worst pair. `digits` and
    `steps` stand for the same goals, in order. `worst` is the present plan's worst pair, `worst_column` its place
    among the goals.
    """

    network: Network
    flow: Ints
    cost: Numbers
    before: Numbers
    digits: tuple[Digit, ...]
    steps: tuple[Step, ...]
    worst: int
    worst_column: int
    packed: bool

    @property
    def fits(self) -> bool:
        """Whether the packed numbers have room for sums, and every goal is a sum of arcs."""
        return self.packed and not len(self.network.rivals)

    def arcs_of(self, pairs: Ints, possible: int) -> Ints:
        """Give the arcs of pairs (numbers below `possible`), -1 for one that has none."""
        arc_of = np.full(possible + 1, -1, dtype=np.int64)
        arc_of[self.network.pairs] = np.arange(self.network.pair_arcs.start, self.network.pair_arcs.stop)
        arcs: Ints = arc_of[pairs]
        return arcs

    def pair_of(self, arc: int) -> int:
        """Give the pair (number) of an arc."""
        return int(self.network.pairs[arc - self.network.pair_arcs.start])

    @property
    def names(self) -> tuple[str, ...]:
        """The goals' names, a name for each place level."""
        names = [digit.name for digit in self.digits if digit.name != MOVES]
        names.insert(self.worst_column, "worst_pair")
        return tuple(names)

    def values(self, changes: Ints, worst: Ints) -> Ints:
        """Give goals' values (k x goals) from what each goal costs beyond the present plan (k x digits)."""
        columns = [one.value + one.sign * cost for one, cost in zip(self.digits, changes.T, strict=True)][:-1]
        columns.insert(self.worst_column, worst)
        return np.stack(columns, axis=1)

    def unpacked(self, totals: Numbers) -> Ints:
        """Give what each goal costs (k x digits) along ways whose costs are packed in `totals` (k)."""
        return np.stack(unpacked(self.digits, totals), axis=1)

    def between(self, flow: Ints) -> Ints:
        """Give what each goal costs (digits) in another flow beyond the present one: any difference, no single way."""
        other = np.flatnonzero(flow != self.flow)
        more = flow[other] - self.flow[other]
        return np.array([int((step.cost[other] * more).sum()) for step in self.steps], dtype=np.int64)


def pack(problem: Problem, chosen: Flags) -> Packing:
    """Pack the goals of a problem around its best plan."""
    network = build_network(problem)
    steps = steps_of(problem, network, chosen)
    worst_column = next(place for place, step in enumerate(steps) if step.name == "worst_pair")
    worst = steps.pop(worst_column).value
    digits = in_words(steps)
    cost: Numbers = np.zeros(len(network.tail), dtype=np.int64)
    before: Numbers = cost
    for place, (step, digit) in enumerate(zip(steps, digits, strict=False)):
        if place == worst_column:
            before = cost
        if step.bound:
            cost = cost + digit.times(step.cost)
    before = before.astype(cost.dtype, copy=False)
    flow, packed = flow_of(problem, network, chosen), bool(digits)
    digits = digits or digits_of(steps)[0]
    return Packing(network, flow, cost, before, digits, tuple(steps), worst, worst_column, packed)


def in_words(steps: Sequence[Step]) -> tuple[Digit, ...]:
    """Give each goal that adds up its digit, in one word or two; none where they do not fit two."""
    digits, bits = digits_of(steps)
    if bits <= MOST_BITS:
        return digits
    for cut in range(len(steps) - 1, 0, -1):
        (high, high_bits), (low, low_bits) = digits_of(steps[:cut]), digits_of(steps[cut:])
        if max(high_bits, low_bits) <= WORD_BITS:
            return (*high, *(replace(one, low=True) for one in low))
    return ()


def digits_of(steps: Sequence[Step]) -> tuple[tuple[Digit, ...], float]:
    """Give each goal that adds up its digit, and how many bits they take together."""
    units = _units([step.bound for step in steps])
    digits = tuple(Digit(one.name, unit, one.sign, one.value) for one, unit in zip(steps, units, strict=True))
    return digits, log2(units[0] * (2 * steps[0].bound + 1))


def unpacked(digits: Sequence[Digit], totals: Numbers) -> list[Ints]:
    """Cut packed differences (k) into the cost of each digit (k)."""
    costs: list[Ints] = []
    rest = {low: word(totals, low=low) for low in (False, True)}
    for place, digit in enumerate(digits):
        above = digits[place - 1] if place else None
        if above is not None and above.low == digit.low and above.unit == digit.unit:
            costs.append(np.zeros_like(rest[digit.low]))  # a goal that never costs anything has no room
            continue
        cost = (rest[digit.low] + digit.unit // 2) // digit.unit
        costs.append(cost)
        rest[digit.low] = rest[digit.low] - cost * digit.unit
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
        bound = _largest_sum(problem, network, name, cost, most)
        steps.append(Step(name, cost, bound, -1 if name == "points" else 1, value))
    steps.append(Step(MOVES, network.costs(-chosen.astype(np.int64)), most, 1, 0))
    return steps


def _largest_sum(problem: Problem, network: Network, name: str, cost: Ints, most: int) -> int:
    """Bound what a way can add on a goal: it passes each node once, a school's first place twice at most."""
    if name == "spread":
        return min(most, len(network.again), _swaps_in_companies(problem, network))
    if name == "reserves_used" and not problem.reserve.any():
        return 0
    largest = max(int(cost.max(initial=0)), -int(cost.min(initial=0)))
    if name == "stranded":
        return 2 * largest
    if name == "reserves_used":
        return min(most, int(problem.reserve.sum())) * largest
    if name == "changes":
        return 2 * most * largest  # at each school a kept pair may go and a new one come
    return min(most * largest, _swaps_at_schools(problem, network, cost) + 2 * largest)


def _swaps_in_companies(problem: Problem, network: Network) -> int:
    """Count where a way may go from one mentor to a colleague and a second school begin or end; twice it may end."""
    several = np.bincount(problem.company) > 1
    companies = np.unique(problem.company[network.again])
    return 2 + int(several[companies].sum())


def _swaps_at_schools(problem: Problem, network: Network, cost: Ints) -> int:
    """Add up how much the pairs of a school differ: a way that comes by one of the school's goes on by another."""
    school = problem.school[network.pairs]
    if not len(school):
        return 0
    first = np.flatnonzero(np.concatenate(([True], school[1:] != school[:-1])))
    of_pairs = cost[network.pair_arcs]
    differ = np.maximum.reduceat(of_pairs, first) - np.minimum.reduceat(of_pairs, first)
    places = np.bincount(network.head[: len(network.place)], minlength=network.nodes)
    return int((differ * places[network.first_school + school[first]]).sum())


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
