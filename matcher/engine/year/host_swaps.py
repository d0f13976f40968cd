"""How do two groups exchange their hosts? The best noisy exchange with a group of any round, for all chains at once.

Where most hosts receive once, the host that suits a group better is often taken. A group alone would have to break that
rule on its way there, so that it seldom comes there.
"""

from __future__ import annotations

import numpy as np

from matcher.engine.year.chains import Chains
from matcher.engine.year.year_problem import Ints, Numbers

NO = 1e30


def swap_hosts(chains: Chains, number: int) -> None:
    """Let a random group of a round, in every chain, exchange hosts with one of any round by heat-bath choice."""
    exchange = chains.exchange
    active = exchange.groups[number]
    if not exchange.hosts.any() or not len(active):
        return
    other = int(chains.rng.integers(chains.given.rounds))
    others = exchange.groups[other]
    if not len(others):
        return
    lane = chains.invariants.lane
    group = active[chains.rng.integers(len(active), size=chains.count)]
    mine, here = chains.seat[lane, number, group], chains.host[lane, number, group]
    theirs, there = chains.seat[:, other].take(others, axis=1), chains.host[:, other].take(others, axis=1)
    cost = _costs(chains, (mine, here), (theirs, there))
    cost[~(exchange.hosts[there] & exchange.hosts[here][:, None])] = NO
    cost /= -chains.heat[:, None]
    cost += chains.gumbel(cost.shape)
    best = cost.argmax(axis=1)
    chain = np.nonzero(cost[lane, best] > chains.gumbel(best.shape))[0]
    if not len(chain):
        return
    best = best[chain]
    left, new = here[chain], there[chain, best]
    _receive(chains, chain, mine[chain], (left, new))
    _receive(chains, chain, theirs[chain, best], (new, left))
    chains.host[chain, number, group[chain]] = new
    chains.host[chain, other, others[best]] = left


def _costs(chains: Chains, one: tuple[Numbers, Numbers], two: tuple[Numbers, Numbers]) -> Numbers:
    """Weigh the minutes that exchanges add (k x m).

    `one` are the seats (k x c) and host (k) of a group, `two` the seats (k x m x c) and hosts (k x m) of others.
    """
    (mine, here), (theirs, there) = one, two
    own, others = mine * chains.given.hosts, theirs * chains.given.hosts
    ours: Numbers = chains.road.take(own[:, None, :] + there[:, :, None])
    ours -= chains.road.take(own + here[:, None])[:, None, :]
    more: Numbers = chains.road.take(others + here[:, None, None])
    more -= chains.road.take(others + there[:, :, None])
    lane = chains.invariants.lane[:, None] * (chains.given.schools + 1)
    now, then = chains.minutes.take(mine + lane)[:, None], chains.minutes.take(theirs + lane[:, :, None])
    both = theirs[:, :, None, :] == mine[:, None, :, None]
    ours += np.add.reduce(both * more[:, :, None, :], axis=3)
    more *= ~both.any(axis=2)
    cap = chains.cap[:, None, None]
    cost: Numbers = chains.weigh(now + ours, cap) - chains.weigh(now, cap)
    cost += chains.weigh(then + more, cap)
    cost -= chains.weigh(then, cap)
    total: Numbers = np.add.reduce(cost, axis=2)
    return total


def _receive(chains: Chains, chain: Numbers, seats: Numbers, hosts: tuple[Ints, Ints]) -> None:
    """Bring the schools of some groups (m x c) from one host to another, and keep every sum right."""
    left, new = hosts
    lane = chain[:, None]
    chains.instead[lane, seats] += (chains.to_host[new] - chains.to_host[left])[:, None]
    chains.minutes[lane, seats] += chains.road[seats, new[:, None]] - chains.road[seats, left[:, None]]
    chains.minutes[:, -1] = 0
