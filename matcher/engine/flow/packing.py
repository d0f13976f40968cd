"""How do all goals that add up become one number per arc? Digits of it, the most important goal first.

Where they do not fit one integer, the number has two words: see `two_words`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from matcher.engine.flow.network import Network, arc_cost, build_network
from matcher.engine.flow.problem import goal_values
from matcher.engine.flow.two_words import WORD_BITS, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.engine.calls import Flags, Ints
    from matcher.engine.flow.problem import Problem
    from matcher.engine.flow.two_words import Numbers

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
    reaches, and the goal's value is `value + sign * cost`. `low` digits stand in the second word.
    """

    name: str
    unit: int
    sign: int
    value: int
    low: bool = False

    def times(self, amount: Any, unit: int = 1) -> Any:  # noqa: ANN401 - a number, or many
        """Give a cost on this goal as part of the number, in steps of `unit`."""
        return amount * (self.unit // unit) * (1j if self.low else 1)


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """The network of a problem with the present plan as `flow` and packed costs per arc.

    `cost` counts all goals that add up, then moves; `before` only those that come before the worst pair, the last of
    them in steps of 1. `worst` is the present plan's worst pair, `worst_column` its place among the goals;
    `most` bounds the pairs along a cycle.
    """

    network: Network
    flow: Ints
    cost: Numbers
    before: Numbers
    digits: tuple[Digit, ...]
    worst: int
    worst_column: int
    packed: bool
    most: int

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

    @property
    def names(self) -> tuple[str, ...]:
        """The goals' names, a name for each place level."""
        names = [digit.name for digit in self.digits if digit.name != MOVES]
        names.insert(self.worst_column, "worst_pair")
        return tuple(names)

    def values(self, totals: Numbers, worst: Ints) -> Ints:
        """Unpack differences to the present plan (k) into goals' values (k x goals)."""
        costs = unpacked(self.digits, totals)
        columns = [one.value + one.sign * cost for one, cost in zip(self.digits, costs, strict=True)][:-1]
        columns.insert(self.worst_column, worst)
        return np.stack(columns, axis=1)

    def moves(self, totals: Numbers) -> Ints:
        """Unpack how many pairs of the present plan go (k)."""
        return unpacked(self.digits, totals)[-1]

    def before_worst(self, totals: Numbers) -> Numbers:
        """Cut packed differences down to the goals before the worst pair, in whole steps."""
        last = self.digits[self.worst_column - 1]
        cut = (word(totals, low=last.low) + last.unit // 2) // last.unit
        return word(totals, low=False) + 1j * cut if last.low else cut

    def step_before_worst(self, place: int, amount: int) -> Any:  # noqa: ANN401 - a number
        """Give a cost on the goal of a digit before the worst pair, as `before` counts it."""
        return _in_steps_of(self.digits[self.worst_column - 1], self.digits[place], amount)


def pack(problem: Problem, chosen: Flags, like: Packing | None = None) -> Packing:
    """Pack the goals of a problem around its best plan.

    A cycle of the residual network changes at most one pair out and one in per chosen pair, and fills or
    empties at most one place of a kind, which bounds every digit. `like` is the packing of a problem with more pairs,
    whose digits are taken so that costs compare.
    """
    network = build_network(problem)
    most = like.most if like is not None else 2 + int(chosen.sum())
    steps = steps_of(problem, network, chosen, most)
    worst_column = next(place for place, step in enumerate(steps) if step.name == "worst_pair")
    worst = steps.pop(worst_column).value
    digits = in_words(steps) if like is None else _as_in(like.digits, steps)
    last = digits[worst_column - 1] if digits else None
    cost: Numbers = np.zeros(len(network.tail), dtype=np.int64)
    before: Numbers = np.zeros(len(network.tail), dtype=np.int64)
    for place, (step, digit) in enumerate(zip(steps, digits, strict=False)):
        cost = cost + digit.times(step.cost)
        if last is not None and place < worst_column:
            before = before + _in_steps_of(last, digit, step.cost)
    flow, packed = flow_of(problem, network, chosen), bool(digits)
    return Packing(network, flow, cost, before, digits or digits_of(steps)[0], worst, worst_column, packed, most)


def _as_in(digits: Sequence[Digit], steps: Sequence[Step]) -> tuple[Digit, ...]:
    """Give digits of the same units for other values."""
    return tuple(replace(digit, value=step.value) for digit, step in zip(digits, steps, strict=True))


def _in_steps_of(last: Digit, digit: Digit, amount: Any) -> Any:  # noqa: ANN401 - a number, or many
    """Give a cost as part of a number that ends with the digit `last`."""
    return digit.times(amount, last.unit if digit.low == last.low else 1)


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


def digits_of(steps: Sequence[Step]) -> tuple[tuple[Digit, ...], int]:
    """Give each goal that adds up its digit, and how many bits they take together."""
    units = _units([step.bound for step in steps])
    digits = tuple(Digit(one.name, unit, one.sign, one.value) for one, unit in zip(steps, units, strict=True))
    return digits, (units[0] * (2 * steps[0].bound + 1)).bit_length()


def unpacked(digits: Sequence[Digit], totals: Numbers) -> list[Ints]:
    """Cut packed differences (k) into the cost of each digit (k)."""
    costs: list[Ints] = []
    rest = {low: word(totals, low=low) for low in (False, True)}
    for digit in digits:
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
