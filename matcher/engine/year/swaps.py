"""How do schools change places in a round? Noisy best swaps between pairs of groups, for all chains at once.

A heat-bath choice (Geman and Geman, 1984) among many swaps and standing still replaces trying them one by one:
no step is wasted on a refusal, and one numpy call judges thousands of swaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.agreements import agreement_costs
from matcher.engine.year.year_problem import NEVER

if TYPE_CHECKING:
    from matcher.engine.year.chains import Chains
    from matcher.engine.year.year_problem import Flags, Gathering, Numbers

NO = -1e30


def swap_in_round(chains: Chains, number: int) -> None:
    """Pair the groups of a round at random; each pair makes its best noisy swap of two seats, or none."""
    given = chains.given
    active = np.nonzero(~given.frozen[number, : int(given.groups[number])])[0]
    if len(active) < 2:  # noqa: PLR2004 - a swap takes two
        return
    order = chains.rng.permutation(active)
    half = len(order) // 2
    one, two = order[:half], order[half : 2 * half]
    seats = np.concatenate((chains.seat[:, number, one], chains.seat[:, number, two]), axis=2)
    gain, cross, moved = _swap_costs(chains, number, one, two, seats)
    width = seats.shape[2] // 2
    cost = gain[:, :, :width, None] + gain[:, :, None, width:] - 2 * cross
    value = cost / -chains.heat[:, None, None, None]
    value[~_allowed(chains, number, one, two, seats)] = NO
    value = value.reshape(*seats.shape[:2], width * width)
    value += chains.gumbel(value.shape)
    best = value.argmax(axis=2)
    better = np.take_along_axis(value, best[:, :, None], 2)[:, :, 0] > chains.gumbel(best.shape)
    chain, pair = np.nonzero(better)
    if len(chain):
        left, right = np.divmod(best[chain, pair], width)
        rows = seats[chain, pair], left, right + width, moved[chain, pair]
        _carry_out(chains, number, _Swaps(chain, one[pair], two[pair], *rows))


def _swap_costs(
    chains: Chains, number: int, one: Numbers, two: Numbers, seats: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Give what each seat's school costs in the other group less here (k x pairs x 2c), meeting across, minutes."""
    given, width = chains.given, seats.shape[2] // 2
    lane = np.arange(chains.count)[:, None, None]
    size = given.schools + 1
    flat = seats * size + lane * (size * size)
    met = chains.met.ravel().take(flat[:, :, :, None] + seats[:, :, None, :])
    weight = float(chains.repeat) if given.counts[number] else 0.0
    more, less = _meeting_costs(given, met)
    cross: Numbers = weight * more[:, :, :width, width:]
    own_one: Numbers = weight * less[:, :, :width, :width].sum(axis=3)
    own_two: Numbers = weight * less[:, :, width:, width:].sum(axis=3)
    if given.counts[number] and (chains.must.any() or chains.never.any()):
        join, here = agreement_costs(chains, seats, met)
        cross = cross + join[:, :, :width, width:]
        own_one = own_one + here[:, :, :width, :width].sum(axis=3)
        own_two = own_two + here[:, :, width:, width:].sum(axis=3)
    gain: Numbers = -np.concatenate((own_one, own_two), axis=2)
    gain[:, :, :width] += cross.sum(axis=3)
    gain[:, :, width:] += cross.sum(axis=2)
    here, there = _sides(chains.host[:, number], one, two, width), _sides(chains.host[:, number], two, one, width)
    moved = chains.road[seats, there] - chains.road[seats, here]
    minutes = chains.minutes[lane, seats]
    cap = chains.cap[:, None, None]
    gain += chains.weigh(minutes + moved, cap) - chains.weigh(minutes, cap)
    now, then = _sides(chains.moment[:, number], one, two, width), _sides(chains.moment[:, number], two, one, width)
    wrong = _faults(chains, number, seats, there, then) - _faults(chains, number, seats, here, now)
    gain += chains.fault * wrong
    return gain, cross, moved


def _meeting_costs(given: Gathering, met: Numbers) -> tuple[Numbers, Numbers]:
    """Give the repeats that one meeting more would add to those so far (any shape), and that one less would spare."""
    if given.rising:
        return np.maximum(2.0 * met - 1, 0), np.maximum(2 * met - 3, 0)
    return (met >= 1).astype(np.float64), met >= 2  # noqa: PLR2004 - now and once before


def _sides(of_group: Numbers, first: Numbers, second: Numbers, width: int) -> Numbers:
    """Spread a value per group over the seats: the first half of the seats take `first`'s, the other `second`'s."""
    spread: Numbers = np.repeat(np.stack((of_group[:, first], of_group[:, second]), axis=2), width, axis=2)
    return spread


def _faults(chains: Chains, number: int, seats: Numbers, host: Numbers, moment: Numbers) -> Numbers:
    """Count what goes against each seat's school in a group at that host and moment (all k x pairs x 2c)."""
    found: Numbers = chains.closed[number][seats, moment].astype(np.int64)
    found -= chains.given.own[host] == seats
    day = chains.given.day[number][moment]
    lane = np.arange(chains.count)[:, None, None]
    for near in chains.near[number]:
        found += np.abs(chains.day[:, near][lane, seats] - day) < chains.given.spacing
    return found


def _allowed(chains: Chains, number: int, one: Numbers, two: Numbers, seats: Numbers) -> Flags:
    """Flag the swaps (k x pairs x c x c) that keep sizes, room and pinned seats."""
    given, width = chains.given, seats.shape[2] // 2
    nobody = given.schools
    pinned = np.append(given.seat_pin[number] >= 0, [False])[seats]
    empty = seats == nobody
    free_one, free_two = ~pinned[:, :, :width], ~pinned[:, :, width:]
    allowed: Flags = free_one[:, :, :, None] & free_two[:, :, None, :]
    if not empty.any():
        return allowed
    size_one, size_two = (~empty[:, :, :width]).sum(2), (~empty[:, :, width:]).sum(2)
    low, high = int(given.low[number]), int(given.high[number])
    limit_one = np.minimum(given.room[chains.host[:, number, one]], high)
    limit_two = np.minimum(given.room[chains.host[:, number, two]], high)
    to_two = (size_one > low) & (size_two < limit_two)
    to_one = (size_two > low) & (size_one < limit_one)
    gap_one, gap_two = empty[:, :, :width, None], empty[:, :, None, width:]
    allowed &= ~(gap_two & ~gap_one & ~to_two[:, :, None, None])
    allowed &= ~(gap_one & ~gap_two & ~to_one[:, :, None, None])
    allowed &= ~(gap_one & gap_two)
    return allowed


@dataclass(frozen=True, slots=True, eq=False)
class _Swaps:
    """Swaps to carry out, one a row: chain, both groups, their seats (2c), the seats left and right, minutes."""

    chain: Numbers
    one: Numbers
    two: Numbers
    seats: Numbers
    left: Numbers
    right: Numbers
    moved: Numbers


def _carry_out(chains: Chains, number: int, swaps: _Swaps) -> None:
    """Swap the schools of the left and right seats, and keep every sum right."""
    given, row, width = chains.given, np.arange(len(swaps.chain)), swaps.seats.shape[1] // 2
    school, other = swaps.seats[row, swaps.left], swaps.seats[row, swaps.right]
    mates, others = swaps.seats[:, :width].copy(), swaps.seats[:, width:].copy()
    mates[row, swaps.left] = others[row, swaps.right - width] = given.schools
    if given.counts[number]:
        lane = swaps.chain[:, None]
        for who, whom, change in ((school, mates, -1), (other, others, -1), (other, mates, 1), (school, others, 1)):
            chains.met[lane, who[:, None], whom] += change
            chains.met[lane, whom, who[:, None]] += change
        chains.met[:, -1, :] = 0
        chains.met[:, :, -1] = 0
    one, two = (
        np.stack([table[swaps.chain, number, group] for table in (chains.host, chains.moment)])
        for group in (swaps.one, swaps.two)
    )
    chains.relocate(swaps.chain, number, school[:, None], one, two)
    chains.relocate(swaps.chain, number, other[:, None], two, one)
    for who, seat, group in ((school, swaps.left, swaps.two), (other, swaps.right, swaps.one)):
        chains.minutes[swaps.chain, who] += swaps.moved[row, seat]
        chains.day[swaps.chain, number, who] = given.day[number][chains.moment[swaps.chain, number, group]]
    chains.minutes[:, -1] = 0
    chains.day[:, :, -1] = NEVER
    chains.seat[swaps.chain, number, swaps.one, swaps.left] = other
    chains.seat[swaps.chain, number, swaps.two, swaps.right - width] = school
