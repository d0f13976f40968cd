"""What is everything in a year worth? Prices, to which a programme over groups and hosts answers with a bound."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Numbers

GRAIN = 2.0**12
"""Prices are multiples of 1/GRAIN minutes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Duals:
    """What a visit (k x n), a meeting (n x n), a repeat, a host's turn (h), a session (k) and a minute (n) is worth."""

    visit: Numbers
    meeting: Numbers
    repeat: Numbers
    turn: Numbers
    session: Numbers
    minute: Numbers

    def mixed(self, other: Duals, share: float) -> Duals:
        """Mix with other prices and round; rounding down keeps prices of minutes at 1 in all or less."""
        mix = {
            one.name: np.floor(GRAIN * (share * getattr(self, one.name) + (1 - share) * getattr(other, one.name)))
            / GRAIN
            for one in fields(self)
        }
        return Duals(**mix | {"meeting": np.minimum(mix["meeting"], mix["repeat"])})

    def times(self, share: float) -> Duals:
        """Give a part of all prices."""
        return Duals(**{one.name: share * getattr(self, one.name) for one in fields(self)})


@dataclass(slots=True, eq=False)
class Known:
    """What a bound on all travel together leaves to the next: its value, its best prices and its columns."""

    value: float = 0.0
    prices: Duals | None = None
    columns: tuple[tuple[int, int, tuple[int, ...]], ...] = ()
