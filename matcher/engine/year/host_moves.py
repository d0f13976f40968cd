"""How does a group change its host and moment? One noisy best choice over all of both, for all chains at once."""

from __future__ import annotations

import numpy as np

from matcher.engine.year.chains import Chains
from matcher.engine.year.year_problem import NEVER, Numbers

CHOICE = 48
"""Hosts that one move weighs at most."""

NO = 1e12

NOBODY = np.zeros(0, dtype=np.int64)


def move_a_group(chains: Chains, number: int, *, dated: bool = True) -> None:
    """Give one random group of a round, in every chain, a host and (if `dated`) a moment by heat-bath choice."""
    given, lane = chains.given, chains.invariants.lane
    active, dated = chains.movable_groups[number], dated and chains.dated
    if not len(active):
        return
    group = active[chains.rng.integers(len(active), size=chains.count)]  # as `choice` draws, in half its time
    seats = chains.seat[lane, number, group]
    here, then = chains.host[lane, number, group], chains.moment[lane, number, group]
    hosts = _candidates(chains, number, group, seats)
    moments = np.arange(given.day.shape[1])[None] if dated else then[:, None]
    cost = _host_costs(chains, number, group, seats, hosts)[:, :, None]
    if dated:
        cost = cost + chains.fault * _moment_faults(chains, number, group, seats)[:, None, :]
    wrong = _host_faults(chains, number, group, hosts, moments)
    cost = cost if wrong is None else cost + chains.fault * wrong
    value = (cost / -chains.heat[:, None, None]).reshape(chains.count, -1)
    value += chains.gumbel(value.shape)
    place, column = np.divmod(value.argmax(axis=1), moments.shape[1])
    host = hosts[lane if len(hosts) > 1 else 0, place]
    moment = column if dated else then
    changed = np.nonzero((host != here) | (moment != then))[0]
    if not len(changed):
        return
    lane, group, seats, moment = changed, group[changed], seats[changed], moment[changed]
    host, here, then = host[changed], here[changed], then[changed]
    for table, change in chains.changes(number, (here, then), (host, moment)):
        table[lane[:, None], seats] += change[:, None]
    moved = chains.road[seats, host[:, None]] - chains.road[seats, here[:, None]]
    chains.turns[lane, here] -= 1
    chains.turns[lane, host] += 1
    chains.minutes[lane[:, None], seats] += moved
    chains.minutes[:, -1] = 0
    if dated:
        chains.day[lane[:, None], number, seats] = given.day[number, moment][:, None]
        chains.day[:, number, -1] = NEVER
    chains.host[lane, number, group] = host
    chains.moment[lane, number, group] = moment


def _candidates(chains: Chains, number: int, group: Numbers, seats: Numbers) -> Numbers:
    """List the hosts to weigh: all (1 x h), or else the present one, the members' and a random sample (k x m)."""
    given, lane = chains.given, chains.invariants.lane
    if given.hosts <= CHOICE:
        return np.arange(given.hosts)[None]
    present = chains.host[lane, number, group][:, None]
    nearest = chains.nearest[seats[:, : CHOICE // 8]].reshape(chains.count, -1)
    sample = chains.rng.integers(given.hosts, size=(chains.count, CHOICE // 4))
    return np.concatenate((present, nearest, sample), axis=1)


def _host_costs(chains: Chains, number: int, group: Numbers, seats: Numbers, hosts: Numbers) -> Numbers:
    """Weigh the minutes of the group's schools at each host, and what goes against that host (k x m)."""
    given, same, every = chains.given, chains.invariants, len(hosts) == 1
    lane = same.lane[:, None]
    here = chains.host[same.lane, number, group][:, None]
    rest = chains.minutes.take(seats + lane * (given.schools + 1)) - chains.road.take(seats * given.hosts + here)
    there = chains.road.take(seats, axis=0) if every else chains.road[seats[:, :, None], hosts[:, None, :]]
    there += rest[:, :, None]
    cost: Numbers = np.add.reduce(chains.weigh(there, chains.cap[:, None, None]), axis=1)
    turns = (chains.turns if every else chains.turns[lane, hosts]) - (hosts == here)
    wrong = np.maximum(turns + (same.spare if every else same.spare[hosts]), 0)
    if same.tight[number]:
        wrong += (seats < given.schools).sum(axis=1)[:, None] > given.room[hosts]
    if chains.hosted:
        away = np.ones((chains.count, given.schools + 1))
        away[lane, seats] = 0
        away[:, -1] = 0
        wrong += away.take(given.own, axis=1) if every else away[lane, given.own[hosts]]
    cost += chains.fault * wrong
    if same.barred[number]:
        cost[given.barred[number, group[:, None], hosts]] = NO
    return cost


def _moment_faults(chains: Chains, number: int, group: Numbers, seats: Numbers) -> Numbers:
    """Count the schools that can't at each moment of the round (k x d)."""
    given, same = chains.given, chains.invariants
    found: Numbers = np.add.reduce(chains.closed[number].take(seats, axis=0), axis=1, dtype=np.float64)
    day = given.day[number]
    for near in chains.near[number]:
        other = chains.day[same.lane[:, None], near, seats]
        found += np.add.reduce(np.abs(other[:, :, None] - day) < given.spacing, axis=1, dtype=np.int64)
    closed = same.closed[number]
    if closed is not None:
        found[:, closed] = NO
    if same.shut[number]:
        found[given.shut[number, group]] = NO
    return found


def _host_faults(chains: Chains, number: int, group: Numbers, hosts: Numbers, moments: Numbers) -> Numbers | None:
    """Count what keeps each host from each moment (k x m x d, or 1 x m x d): closed, or near its other sessions.

    None where nothing does. `moments` are those to weigh (1 x d), or that of each chain (k x 1).
    """
    given, every = chains.given, len(hosts) == 1
    chain, other, place = _other_sessions(chains, number, group)
    if chains.welcome[number] and not len(chain):
        return None
    found = _away(chains.away[number], hosts, moments)
    if not len(chain):
        return found
    moment = chains.moment[chain, other, place]
    asked = moments if len(moments) == 1 else moments[chain]
    gap = np.abs(given.day[other, moment][:, None] - given.day[number][asked])
    same_hour = given.hour[other, moment][:, None] == given.hour[number][asked]
    clash = (gap < given.host_spacing) | ((gap == 0) & same_hour)
    clashes = np.zeros((chains.count, given.hosts, moments.shape[1]))
    np.add.at(clashes, (chain, chains.host[chain, other, place]), clash)
    return found + (clashes if every else clashes[chains.invariants.lane[:, None], hosts])


def _away(away: Numbers, hosts: Numbers, moments: Numbers) -> Numbers:
    """Tell which hosts can't at which moments, of those to weigh: all hosts are one row, all moments too."""
    if len(hosts) > 1:
        return away[hosts[:, :, None], moments[:, None, :]]
    found: Numbers = away[None] if moments.shape[1] == away.shape[1] else away.T[moments].transpose(0, 2, 1)
    return found


def _other_sessions(chains: Chains, number: int, group: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """List the sessions (chain, round, group) other than the chain's own at hosts that may receive more than once."""
    same = chains.invariants
    if same.again is None:
        return (NOBODY,) * 3
    there = same.again.take(chains.host)
    there &= same.real
    there[same.lane, number, group] = False
    chain, other, place = np.nonzero(there)
    return chain, other, place
