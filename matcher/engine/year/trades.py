"""How do two schools trade their whole year? So that nobody meets oftener, for all chains at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matcher.engine.year.chains import Chains
    from matcher.engine.year.year_problem import Flags, Numbers


def trade_years(chains: Chains, movable: Flags) -> None:
    """Let a random school of each chain trade its whole year with another one, so that nobody meets oftener.

    `movable` (n) flags the schools without pins, stated absences or earlier meetings.
    """
    lane = np.arange(chains.count)
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
        other = best[chain]
        chains.minutes[chain, who[chain]] = to_them[0][chain, other]
        chains.minutes[chain, among[other]] = to_me[0][chain, other]
        _trade(chains, chain, who[chain], among[other])


def _whereabouts(chains: Chains) -> tuple[Numbers, Numbers]:
    """Give every school's host and moment in every round (k x r x n+1), 0 where absent."""
    count, rounds, _, width = chains.seat.shape
    host = np.zeros((count, rounds, chains.given.schools + 1), dtype=np.int64)
    moment = np.zeros_like(host)
    seats = chains.seat.reshape(count, rounds, -1)
    np.put_along_axis(host, seats, np.repeat(chains.host, width, axis=2), 2)
    np.put_along_axis(moment, seats, np.repeat(chains.moment, width, axis=2), 2)
    return host, moment


def _stay(chains: Chains, who: Numbers, host: Numbers, moment: Numbers) -> tuple[Numbers, Numbers]:
    """Add up minutes and faults (k x m) of schools `who` at hosts and moments (k x r x m)."""
    minutes = chains.road[who[:, None, :], host].sum(axis=1)
    number = np.arange(chains.given.rounds)[:, None]
    closed = chains.closed[number, who[:, None, :], moment].sum(axis=1)
    return minutes, closed - (chains.given.own[host] == who[:, None, :]).sum(axis=1)


def _trade(chains: Chains, chain: Numbers, school: Numbers, other: Numbers) -> None:
    row = np.arange(len(chain))
    order = np.tile(np.arange(chains.given.schools + 1), (len(chain), 1))
    order[row, school], order[row, other] = other, school
    chains.seat[chain] = order[row[:, None, None, None], chains.seat[chain]]
    met = chains.met[chain]
    chains.met[chain] = met[row[:, None, None], order[:, :, None], order[:, None, :]]
    day = chains.day[chain]
    chains.day[chain] = day[row[:, None, None], np.arange(day.shape[1])[:, None], order[:, None, :]]
