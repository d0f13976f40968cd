"""How does a group change its host and moment? One noisy best choice over all of both, for all chains at once."""

from __future__ import annotations

import numpy as np

from matcher.engine.year.chains import Chains
from matcher.engine.year.year_problem import NEVER, Numbers

CHOICE = 48
"""Hosts that one move weighs at most."""

NO = 1e12


def move_a_group(chains: Chains, number: int, *, dated: bool = True) -> None:
    """Give one random group of a round, in every chain, a host and (if `dated`) a moment by heat-bath choice."""
    given, lane = chains.given, np.arange(chains.count)
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
    given, lane = chains.given, np.arange(chains.count)
    if given.hosts <= CHOICE:
        return np.arange(given.hosts)[None]
    present = chains.host[lane, number, group][:, None]
    nearest = chains.nearest[seats[:, : CHOICE // 8]].reshape(chains.count, -1)
    sample = chains.rng.integers(given.hosts, size=(chains.count, CHOICE // 4))
    return np.concatenate((present, nearest, sample), axis=1)


def _host_costs(chains: Chains, number: int, group: Numbers, seats: Numbers, hosts: Numbers) -> Numbers:
    """Weigh the minutes of the group's schools at each host, and what goes against that host (k x m)."""
    given, lane, every = chains.given, np.arange(chains.count)[:, None], len(hosts) == 1
    here = chains.host[lane[:, 0], number, group][:, None]
    rest = chains.minutes[lane, seats] - chains.road[seats, here]
    there = chains.road.take(seats, axis=0) if every else chains.road[seats[:, :, None], hosts[:, None, :]]
    there += rest[:, :, None]
    cost: Numbers = chains.weigh(there, chains.cap[:, None, None]).sum(axis=1)
    turns = (chains.turns if every else chains.turns[lane, hosts]) - (hosts == here)
    wrong = np.maximum(turns + (1.0 - given.times[hosts]), 0)
    if given.high[number] > given.room.min():
        wrong += (seats < given.schools).sum(axis=1)[:, None] > given.room[hosts]
    if chains.hosted:
        away = np.ones((chains.count, given.schools + 1))
        away[lane, seats] = 0
        away[:, -1] = 0
        own = given.own[hosts]
        wrong += away.take(own[0], axis=1) if every else away[lane, own]
    cost += chains.fault * wrong
    if given.barred[number].any():
        cost[given.barred[number, group[:, None], hosts]] = NO
    return cost


def _moment_faults(chains: Chains, number: int, group: Numbers, seats: Numbers) -> Numbers:
    """Count the schools that can't at each moment of the round (k x d)."""
    given, lane = chains.given, np.arange(chains.count)
    found: Numbers = chains.closed[number][seats].sum(axis=1).astype(np.float64)
    day = given.day[number]
    for near in chains.near[number]:
        other = chains.day[:, near][lane[:, None], seats]
        found += (np.abs(other[:, :, None] - day) < given.spacing).sum(axis=1)
    found[:, day == NEVER] = NO
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
    away = chains.away[number]
    found: Numbers = away.T[moments].transpose(0, 2, 1) if every else away[hosts[:, :, None], moments[:, None, :]]
    if not len(chain):
        return found
    moment = chains.moment[chain, other, place]
    asked = moments if len(moments) == 1 else moments[chain]
    gap = np.abs(given.day[other, moment][:, None] - given.day[number][asked])
    same_hour = given.hour[other, moment][:, None] == given.hour[number][asked]
    clash = (gap < given.host_spacing) | ((gap == 0) & same_hour)
    clashes = np.zeros((chains.count, given.hosts, moments.shape[1]))
    np.add.at(clashes, (chain, chains.host[chain, other, place]), clash)
    return found + (clashes if every else clashes[np.arange(chains.count)[:, None], hosts])


def _other_sessions(chains: Chains, number: int, group: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """List the sessions (chain, round, group) other than the chain's own at hosts that may receive more than once."""
    given, again = chains.given, chains.given.times > 1
    if not again.any():
        return (np.zeros(0, dtype=np.int64),) * 3
    there = again[chains.host]
    there &= np.arange(there.shape[2]) < given.groups[:, None]
    there[np.arange(chains.count), number, group] = False
    chain, other, place = np.nonzero(there)
    return chain, other, place
