"""How do two schools trade their whole year? So that nobody meets oftener, for all chains at once.

What a school would travel in the place of another hangs on the hosts alone, not on who sits where. So one table a
chain, kept up to date by every move, judges all trades at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matcher.engine.year.chains import Chains
    from matcher.engine.year.year_problem import Flags, Numbers

MOST_TRADES = 1000
"""Trades that one move weighs at most in a chain."""


def trade_years(chains: Chains, movable: Flags) -> None:
    """Let two schools of each chain trade their whole year, the best noisy trade of many, or none.

    `movable` (n) flags the schools without pins, stated absences or earlier meetings.
    """
    lane, among = np.arange(chains.count), np.nonzero(movable)[0]
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
    cap = chains.cap[:, None, None]
    both = []
    for table in (chains.instead, chains.wrong):
        if len(who) == len(among) == table.shape[1] - 1:
            square = table[:, :-1, :-1]
            both.append((square, square.transpose(0, 2, 1)))
        else:
            both.append((table[:, who[:, None], among], table[:, among[None, :], who[:, None]]))
    (to_them, to_me), (wrong_there, wrong_here) = both
    lone = np.arange(chains.given.schools + 1)
    stay = chains.weigh(chains.minutes, chains.cap[:, None]) + chains.fault * chains.wrong[:, lone, lone]
    cost: Numbers = chains.weigh(to_them, cap) + chains.weigh(to_me, cap)
    cost += chains.fault * (wrong_there + wrong_here)
    cost -= stay[:, who, None] + stay[:, None, among]
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
    for table in (chains.day, chains.met):
        first, second = table[chain, :, school], table[chain, :, other]
        table[chain, :, school], table[chain, :, other] = second, first
    for table in (chains.instead, chains.wrong, chains.met):
        first, second = table[chain, school], table[chain, other]
        table[chain, school], table[chain, other] = second, first
