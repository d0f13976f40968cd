"""How do schools change places? Swaps between groups of a round, and of a whole year's seats, for all chains at once.

A heat-bath choice (Geman and Geman, 1984) among many swaps and standing still replaces trying them one by one:
no step is wasted on a refusal, and one numpy call judges thousands of swaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.gathering import NEVER

if TYPE_CHECKING:
    from matcher.engine.chains import Chains
    from matcher.engine.gathering import Flags, Ints

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
    cost = gain[:, :, :width, None] + gain[:, :, None, width:] - 2 * chains.repeat * cross
    value = cost / -chains.heat[:, None, None, None]
    value[~_allowed(chains, number, one, two, seats)] = NO
    value = value.reshape(*seats.shape[:2], width * width)
    value += chains.gumbel(value.shape)
    best = value.argmax(axis=2)
    better = np.take_along_axis(value, best[:, :, None], 2)[:, :, 0] > chains.gumbel(best.shape)
    chain, pair = np.nonzero(better)
    if len(chain):
        left, right = np.divmod(best[chain, pair], width)
        _carry_out(
            chains, number, chain, seats[chain, pair], left, right + width, moved[chain, pair], (one[pair], two[pair])
        )


def _swap_costs(chains: Chains, number: int, one: Ints, two: Ints, seats: Ints) -> tuple[Ints, Ints, Ints]:
    """Give what each seat's school costs in the other group less here (k x pairs x 2c), who met across, minutes moved."""
    given, width = chains.given, seats.shape[2] // 2
    lane = np.arange(chains.count)[:, None, None]
    size = given.schools + 1
    flat = seats * size + lane * (size * size)
    met = chains.met.ravel().take(flat[:, :, :, None] + seats[:, :, None, :])
    weight = float(chains.repeat) if given.counts[number] else 0.0
    cross = (met[:, :, :width, width:] >= 1).astype(np.float64)
    own_one = np.count_nonzero(met[:, :, :width, :width] >= 2, axis=3)  # noqa: PLR2004 - now and once before
    own_two = np.count_nonzero(met[:, :, width:, width:] >= 2, axis=3)  # noqa: PLR2004
    gain = -weight * np.concatenate((own_one, own_two), axis=2)
    gain[:, :, :width] += weight * cross.sum(axis=3)
    gain[:, :, width:] += weight * cross.sum(axis=2)
    here, there = _sides(chains.host[:, number], one, two, width), _sides(chains.host[:, number], two, one, width)
    moved = chains.road[seats, there] - chains.road[seats, here]
    minutes = chains.minutes[lane, seats]
    cap = chains.cap[:, None, None]
    gain += chains.weigh(minutes + moved, cap) - chains.weigh(minutes, cap)
    now, then = _sides(chains.moment[:, number], one, two, width), _sides(chains.moment[:, number], two, one, width)
    wrong = _faults(chains, number, seats, there, then) - _faults(chains, number, seats, here, now)
    gain += chains.fault * wrong
    return gain, cross if weight else np.zeros_like(cross), moved


def _sides(of_group: Ints, first: Ints, second: Ints, width: int) -> Ints:
    """Spread a value per group over the seats: the first half of the seats take `first`'s, the other `second`'s."""
    return np.repeat(np.stack((of_group[:, first], of_group[:, second]), axis=2), width, axis=2)


def _faults(chains: Chains, number: int, seats: Ints, host: Ints, moment: Ints) -> Ints:
    """Count what goes against each seat's school in a group at that host and moment (all k x pairs x 2c)."""
    found = chains.closed[number][seats, moment].astype(np.int64)
    found -= chains.given.own[host] == seats
    day = chains.given.day[number][moment]
    lane = np.arange(chains.count)[:, None, None]
    for near in chains.near[number]:
        found += np.abs(chains.day[:, near][lane, seats] - day) < chains.given.spacing
    return found


def _allowed(chains: Chains, number: int, one: Ints, two: Ints, seats: Ints) -> Flags:
    """Flag the swaps (k x pairs x c x c) that keep sizes, room and pinned seats."""
    given, width = chains.given, seats.shape[2] // 2
    nobody = given.schools
    pinned = np.append(given.seat_pin[number] >= 0, [False])[seats]
    empty = seats == nobody
    free_one, free_two = ~pinned[:, :, :width], ~pinned[:, :, width:]
    allowed = free_one[:, :, :, None] & free_two[:, :, None, :]
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
    return allowed & ~(gap_one & gap_two)


def _carry_out(
    chains: Chains,
    number: int,
    chain: Ints,
    seats: Ints,
    left: Ints,
    right: Ints,
    moved: Ints,
    groups: tuple[Ints, Ints],
) -> None:
    """Swap seat `left` with seat `right` (of 2c) in the named chains, and keep every sum right."""
    given, row, width = chains.given, np.arange(len(chain)), seats.shape[1] // 2
    school, other = seats[row, left], seats[row, right]
    mates, others = seats[:, :width].copy(), seats[:, width:].copy()
    mates[row, left] = others[row, right - width] = given.schools
    if given.counts[number]:
        lane = chain[:, None]
        for who, whom, change in ((school, mates, -1), (other, others, -1), (other, mates, 1), (school, others, 1)):
            chains.met[lane, who[:, None], whom] += change
            chains.met[lane, whom, who[:, None]] += change
        chains.met[:, -1, :] = 0
        chains.met[:, :, -1] = 0
    for who, seat, here in ((school, left, groups[1]), (other, right, groups[0])):
        chains.minutes[chain, who] += moved[row, seat]
        chains.day[chain, number, who] = given.day[number][chains.moment[chain, number, here]]
    chains.minutes[:, -1] = 0
    chains.day[:, :, -1] = NEVER
    chains.seat[chain, number, groups[0], left] = other
    chains.seat[chain, number, groups[1], right - width] = school


def trade_years(chains: Chains, movable: Flags) -> None:
    """Let a random school of each chain trade its whole year with another one, so that nobody meets oftener.

    `movable` (n) flags the schools without pins, stated absences or earlier meetings.
    """
    given, lane = chains.given, np.arange(chains.count)
    among = np.nonzero(movable)[0]
    if len(among) < 2:  # noqa: PLR2004 - a trade takes two
        return
    who = chains.rng.choice(among, chains.count)
    host, moment = _whereabouts(chains)
    mine, theirs = host[lane, :, who], host[:, :, among]
    to_them = _stay(chains, who[:, None], theirs, moment[:, :, among])
    to_me = _stay(chains, among[None, :], mine[:, :, None], moment[lane, :, who][:, :, None])
    cap = chains.cap[:, None]
    before = chains.weigh(chains.minutes[lane, who][:, None], cap) + chains.weigh(chains.minutes[:, among], cap)
    after = chains.weigh(to_them[0], cap) + chains.weigh(to_me[0], cap)
    stay = _stay(chains, who[:, None], mine[:, :, None], moment[lane, :, who][:, :, None])[1]
    stay = stay + _stay(chains, among[None, :], theirs, moment[:, :, among])[1]
    cost = after - before + chains.fault * (to_them[1] + to_me[1] - stay)
    value = cost / -chains.heat[:, None] + chains.gumbel(cost.shape)
    best = value.argmax(axis=1)
    chain = np.nonzero((value[lane, best] > chains.gumbel(best.shape)) & (among[best] != who))[0]
    if len(chain):
        _trade(
            chains, chain, who[chain], among[best[chain]], to_them[0][chain, best[chain]], to_me[0][chain, best[chain]]
        )


def _whereabouts(chains: Chains) -> tuple[Ints, Ints]:
    """Give every school's host and moment in every round (k x r x n+1), 0 where absent."""
    count, rounds, _, width = chains.seat.shape
    host = np.zeros((count, rounds, chains.given.schools + 1), dtype=np.int64)
    moment = np.zeros_like(host)
    seats = chains.seat.reshape(count, rounds, -1)
    np.put_along_axis(host, seats, np.repeat(chains.host, width, axis=2), 2)
    np.put_along_axis(moment, seats, np.repeat(chains.moment, width, axis=2), 2)
    return host, moment


def _stay(chains: Chains, who: Ints, host: Ints, moment: Ints) -> tuple[Ints, Ints]:
    """Add up minutes and faults (k x m) of schools `who` at hosts and moments (k x r x m)."""
    minutes = chains.road[who[:, None, :], host].sum(axis=1)
    number = np.arange(chains.given.rounds)[:, None]
    closed = chains.closed[number, who[:, None, :], moment].sum(axis=1)
    return minutes, closed - (chains.given.own[host] == who[:, None, :]).sum(axis=1)


def _trade(chains: Chains, chain: Ints, school: Ints, other: Ints, to_other: Ints, to_school: Ints) -> None:
    row = np.arange(len(chain))
    order = np.tile(np.arange(chains.given.schools + 1), (len(chain), 1))
    order[row, school], order[row, other] = other, school
    chains.seat[chain] = order[row[:, None, None, None], chains.seat[chain]]
    met = chains.met[chain]
    chains.met[chain] = met[row[:, None, None], order[:, :, None], order[:, None, :]]
    day = chains.day[chain]
    chains.day[chain] = day[row[:, None, None], np.arange(day.shape[1])[:, None], order[:, None, :]]
    chains.minutes[chain, school] = to_other
    chains.minutes[chain, other] = to_school
