"""How do two schools trade their whole year? So that nobody meets oftener, for all chains at once.

What a school would travel in the place of another hangs on the hosts alone, not on who sits where. So one table a
chain, kept up to date by every move, judges all trades at once.
"""

from __future__ import annotations

import numpy as np

from matcher.engine.year.chains import Chains
from matcher.engine.year.year_problem import Flags, Numbers

MOST_TRADES = 1000
"""Trades that one move weighs at most in a chain."""


def trade_years(chains: Chains, movable: Flags) -> None:
    """Let two schools of each chain trade their whole year, the best noisy trade of many, or none.

    `movable` (n) flags the schools without pins, stated absences or earlier meetings.
    """
    lane, among = chains.invariants.lane, np.nonzero(movable)[0]
    if len(among) < 2:  # noqa: PLR2004 - a trade takes two
        return
    rows = max(1, MOST_TRADES // len(among))
    who = among if len(among) <= rows else chains.rng.choice(among, rows, replace=False)
    value = _costs(chains, who, among) / -chains.heat[:, None, None]
    value += chains.gumbel(value.shape)
    flat = value.reshape(chains.count, -1)
    best = flat.argmax(axis=1)
    one, two = who[best // len(among)], among[best % len(among)]
    chain = np.nonzero((flat[lane, best] > chains.gumbel(best.shape)) & (one != two))[0]
    if len(chain):
        _trade(chains, chain, one[chain], two[chain])


def _costs(chains: Chains, who: Numbers, among: Numbers) -> Numbers:
    """Weigh what each trade between `who` and `among` costs (k x m x n): minutes and broken rules."""
    size = chains.given.schools + 1
    if len(who) == len(among) == size - 1:
        more = _weigh(chains, slice(None))
        more -= more.diagonal(axis1=1, axis2=2)[:, :, None].copy()
        return np.add(more, more.transpose(0, 2, 1))[:, :-1, :-1]
    stay = chains.weigh(chains.minutes, chains.cap[:, None])
    stay = stay + chains.fault * chains.wrong.diagonal(axis1=1, axis2=2)
    cost = _weigh(chains, (slice(None), who[:, None], among)) + _weigh(chains, (slice(None), among, who[:, None]))
    cost -= stay[:, who, None]
    cost -= stay[:, None, among]
    return cost


def _weigh(chains: Chains, places: slice | tuple[Numbers | slice, ...]) -> Numbers:
    """Weigh the minutes of schools in the places of others, and the rules that this breaks (k x m x n)."""
    cost: Numbers = chains.weigh(chains.instead[places], chains.cap[:, None, None])
    cost += chains.fault * chains.wrong[places]
    return cost


def _trade(chains: Chains, chain: Numbers, school: Numbers, other: Numbers) -> None:
    """Carry out one trade in each of the chains."""
    chains.minutes[chain, school] = chains.instead[chain, other, school]
    chains.minutes[chain, other] = chains.instead[chain, school, other]
    seats = chains.seat[chain]
    mine, theirs = (seats == one[:, None, None, None] for one in (school, other))
    chains.seat[chain] = np.where(
        mine, other[:, None, None, None], np.where(theirs, school[:, None, None, None], seats)
    )
    for table in (chains.day, chains.met) if chains.dated else (chains.met,):
        first, second = table[chain, :, school], table[chain, :, other]
        table[chain, :, school], table[chain, :, other] = second, first
    for table in (chains.instead, chains.wrong, chains.met):
        first, second = table[chain, school], table[chain, other]
        table[chain, school], table[chain, other] = second, first
