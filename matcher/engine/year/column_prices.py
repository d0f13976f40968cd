"""What is everything in a year worth? Prices, to which a programme over groups and hosts answers with a bound."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from matcher.engine.year.group_cuts import Cut
from matcher.engine.year.year_problem import Numbers

Column = tuple[int, int, tuple[int, ...]]
"""The kind of round, the host and the schools of a group."""

GRAIN = 2.0**12
"""Prices are multiples of 1/GRAIN minutes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Duals:
    """What a visit (k x n), a meeting (n x n), a repeat, a host's turn (h), a session (k) and a minute (n) is worth.

    So is each `cut`. Cuts join as a bound goes on: the last ones may have no price yet.
    """

    visit: Numbers
    meeting: Numbers
    repeat: Numbers
    turn: Numbers
    session: Numbers
    minute: Numbers
    cut: Numbers

    def mixed(self, other: Duals, share: float) -> Duals:
        """Mix with other prices and round; rounding down keeps prices of minutes at 1 in all or less."""
        cuts = max(len(self.cut), len(other.cut))
        mine, theirs = (replace(one, cut=np.pad(one.cut, (0, cuts - len(one.cut)))) for one in (self, other))
        mix = {
            one.name: np.floor(GRAIN * (share * getattr(mine, one.name) + (1 - share) * getattr(theirs, one.name)))
            / GRAIN
            for one in fields(self)
        }
        return Duals(**mix | {"meeting": np.minimum(mix["meeting"], mix["repeat"])})

    def times(self, share: float) -> Duals:
        """Give a part of all prices."""
        return Duals(**{one.name: share * getattr(self, one.name) for one in fields(self)})


@dataclass(slots=True, eq=False)
class Known:
    """What a bound on all travel together leaves to the next: its value, its best prices, its columns and cuts."""

    value: float = 0.0
    prices: Duals | None = None
    columns: tuple[Column, ...] = ()
    cuts: tuple[Cut, ...] = ()
