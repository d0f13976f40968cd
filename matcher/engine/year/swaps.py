"""How do schools change places in a round? Noisy best swaps between pairs of groups, for all chains at once.

A heat-bath choice (Geman and Geman, 1984) among many swaps and standing still replaces trying them one by one:
no step is wasted on a refusal, and one numpy call judges thousands of swaps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.engine.year.agreements import agreement_costs
from matcher.engine.year.chains import Chains
from matcher.engine.year.year_problem import NEVER, Numbers

NO = -1e30


def swap_in_round(chains: Chains, number: int) -> None:
    """Pair the groups of a round at random; each pair makes its best noisy swap of two seats, or none."""
    active = chains.invariants.loose[number]
    if len(active) < 2:  # noqa: PLR2004 - a swap takes two
        return
    order = chains.rng.permutation(active)
    half = len(order) // 2
    two = _Pairs(chains, number, order[: 2 * half].reshape(2, half).T)
    gain, cross, moved = _swap_costs(chains, number, two)
    cost = gain[:, :, 0, :, None] + gain[:, :, 1, None, :]
    cross *= 2
    cost -= cross
    cost /= -chains.heat[:, None, None, None]
    _bar(chains, number, two, cost)
    width = cost.shape[3]
    value = cost.reshape(chains.count * half, width * width)
    value += chains.gumbel(value.shape)
    best = value.argmax(axis=1)
    better = value[np.arange(len(best)), best] > chains.gumbel(best.shape)
    rows = np.nonzero(better)[0]
    if len(rows):
        chain, pair = np.divmod(rows, half)
        left, right = np.divmod(best[rows], width)
        _carry_out(chains, number, two, _Swaps(chain, pair, left, right, moved[chain, pair]))


@dataclass(slots=True, eq=False)
class _Pairs:
    """Pairs of `groups` (p x 2) of a round, and in every chain `seats` (k x p x 2 x c), host and moment (k x p x 2)."""

    groups: Numbers
    seats: Numbers
    host: Numbers
    moment: Numbers

    def __init__(self, chains: Chains, number: int, groups: Numbers) -> None:
        self.groups = groups
        self.seats = chains.seat[:, number].take(groups, axis=1)
        self.host = chains.host[:, number].take(groups, axis=1)
        self.moment = chains.moment[:, number].take(groups, axis=1)


def _swap_costs(chains: Chains, number: int, two: _Pairs) -> tuple[Numbers, Numbers, Numbers]:
    """Give what each seat's school costs in the other group less here (k x p x 2 x c), meeting across, minutes."""
    given, seats = chains.given, two.seats
    size, lane = given.schools + 1, chains.invariants.lane[:, None, None, None]
    gain, cross = _meeting_costs(chains, number, seats)
    place, here = seats * given.hosts, two.host[:, :, :, None]
    now, then = place + here, place + here[:, :, ::-1]
    moved = chains.road.take(then) - chains.road.take(now)
    minutes = chains.minutes.take(seats + lane * size)
    cap = chains.cap[:, None, None, None]
    gain += chains.weigh(minutes + moved, cap)
    gain -= chains.weigh(minutes, cap)
    if chains.hosted:
        home = chains.at_home.T.ravel()
        gain += chains.fault * (home.take(now) - home.take(then))
    if chains.dated and (chains.picky[number] or chains.near[number]):
        there = two.moment[:, :, ::-1]
        gain += chains.fault * (_closed(chains, number, seats, there) - _closed(chains, number, seats, two.moment))
    return gain, cross, moved


def _meeting_costs(chains: Chains, number: int, seats: Numbers) -> tuple[Numbers, Numbers]:
    """Give what meeting in the other group costs each school less here (k x p x 2 x c), and two schools across."""
    given, size = chains.given, chains.given.schools + 1
    if not given.counts[number]:
        return np.zeros(seats.shape), np.zeros((*seats.shape[:2], seats.shape[3], seats.shape[3]))
    flat = seats * size + chains.invariants.lane[:, None, None, None] * (size * size)
    met = chains.met.ravel()
    left, right = seats[:, :, 0, :, None], seats[:, :, 1, None, :]
    across = met.take(flat[:, :, 0, :, None] + right)
    inside = met.take(flat[:, :, :, :, None] + seats[:, :, :, None, :])
    cross: Numbers = chains.repeat * (np.maximum(2 * across - 1, 0) if given.rising else across >= 1)
    again = np.maximum(2 * inside - 3, 0) if given.rising else inside >= 2  # noqa: PLR2004 - and before
    spared = np.add.reduce(again, axis=4)
    gain = -chains.repeat * spared
    if chains.agreed:
        join = agreement_costs(chains, (left, right), across)[0]
        cross = cross + join
        gain -= agreement_costs(chains, (seats[:, :, :, :, None], seats[:, :, :, None, :]), inside)[1].sum(axis=4)
    gain[:, :, 0] += np.add.reduce(cross, axis=3)
    gain[:, :, 1] += np.add.reduce(cross, axis=2)
    return gain, cross


def _closed(chains: Chains, number: int, seats: Numbers, moment: Numbers) -> Numbers:
    """Count what keeps each seat's school from the moment of its group or another (k x p x 2 x c)."""
    moments = chains.given.day.shape[1]
    found: Numbers = chains.closed[number].take(seats * moments + moment[:, :, :, None]).astype(np.int64)
    day = chains.given.day[number].take(moment)[:, :, :, None]
    lane = chains.invariants.lane[:, None, None, None]
    for near in chains.near[number]:
        found += np.abs(chains.day[lane, near, seats] - day) < chains.given.spacing
    return found


def _bar(chains: Chains, number: int, two: _Pairs, value: Numbers) -> None:
    """Take out the swaps (k x p x c x c) that break sizes, room and pinned seats."""
    given, seats = chains.given, two.seats
    empty = seats == given.schools
    pinned = chains.invariants.pinned[number]
    if pinned is not None:
        fixed = pinned[seats]
        value[fixed[:, :, 0, :, None] | fixed[:, :, 1, None, :]] = NO
    if not empty.any():
        return
    size = np.add.reduce(~empty, axis=3)
    limit = np.minimum(given.room[two.host], given.high[number])
    may_leave, may_come = size > given.low[number], size < limit
    from_one = (may_leave[:, :, 0] & may_come[:, :, 1])[:, :, None, None]
    from_two = (may_leave[:, :, 1] & may_come[:, :, 0])[:, :, None, None]
    gap_one, gap_two = empty[:, :, 0, :, None], empty[:, :, 1, None, :]
    value[(gap_two & ~from_one) | (gap_one & ~from_two) | (gap_one & gap_two)] = NO


@dataclass(frozen=True, slots=True, eq=False)
class _Swaps:
    """Swaps to carry out (m): chain, pair, seats left and right, and what `moved` (m x 2 x c) means to all seats."""

    chain: Numbers
    pair: Numbers
    left: Numbers
    right: Numbers
    moved: Numbers


def _carry_out(chains: Chains, number: int, two: _Pairs, swaps: _Swaps) -> None:
    """Swap the schools of the left and right seats, and keep every sum right."""
    given, chain, row = chains.given, swaps.chain, np.arange(len(swaps.chain))
    seats = two.seats[chain, swaps.pair]
    school, other = seats[row, 0, swaps.left], seats[row, 1, swaps.right]
    if given.counts[number]:
        change = np.zeros((len(row), given.schools + 1), dtype=np.int16)
        change[row[:, None], seats[:, 1]] = 1
        change[row[:, None], seats[:, 0]] = -1
        change[row, school] = change[row, other] = 0
        change = np.concatenate((change, -change))
        lanes, both = np.concatenate((chain, chain)), np.concatenate((school, other))
        chains.met[lanes, both] += change
        chains.met[lanes, :, both] += change
        chains.met[:, -1, :] = 0
        chains.met[:, :, -1] = 0
    groups, host, moment = two.groups[swaps.pair], two.host[chain, swaps.pair], two.moment[chain, swaps.pair]
    for table, change in chains.changes(number, (host[:, 0], moment[:, 0]), (host[:, 1], moment[:, 1])):
        table[chain, school] += change
        table[chain, other] -= change
    for side, who, seat in ((0, school, swaps.left), (1, other, swaps.right)):
        chains.minutes[chain, who] += swaps.moved[row, side, seat]
        if chains.dated:
            chains.day[chain, number, who] = given.day[number][moment[:, 1 - side]]
    chains.minutes[:, -1] = 0
    chains.day[:, :, -1] = NEVER
    chains.seat[chain, number, groups[:, 0], swaps.left] = other
    chains.seat[chain, number, groups[:, 1], swaps.right] = school
