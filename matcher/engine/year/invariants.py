"""What of a year stays as it is through a whole search? Asked at every step, so worked out once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.engine.year.year_problem import NEVER, Flags, Ints, Numbers, YearProblem


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Invariants:
    """Facts of a problem of `r` rounds for `k` searches side by side.

    `lane` (k) are the numbers of the searches. `again` (h) flags hosts that may receive more than once, None where
    there are none; `real` (r x g) the groups that a round has. Of each round: `loose` the groups whose schools may
    change, `pinned` (n+1) the schools that may not, None where all may; `tight` whether a group can be too large for
    a host, `barred` whether a host is barred from a group; `shut` whether a moment is from some group, `closed` (d)
    the moments that are none, None where all are. `spare` (h) is one less than how often a host may receive, negated.
    """

    lane: Ints
    again: Flags | None
    real: Flags
    loose: tuple[Ints, ...]
    pinned: tuple[Flags | None, ...]
    tight: tuple[bool, ...]
    barred: tuple[bool, ...]
    shut: tuple[bool, ...]
    closed: tuple[Flags | None, ...]
    spare: Numbers


def invariants_of(given: YearProblem, count: int) -> Invariants:
    """Work out what stays as it is, for so many searches."""
    again = given.times > 1
    real = np.arange(given.frozen.shape[1]) < given.groups[:, None]
    none = given.day == NEVER
    return Invariants(
        lane=np.arange(count),
        again=again if again.any() else None,
        real=real,
        loose=tuple(np.nonzero(row)[0] for row in real & ~given.frozen),
        pinned=tuple(np.append(row, [False]) if row.any() else None for row in given.seat_pin >= 0),
        tight=tuple(bool(one > given.room.min(initial=one)) for one in given.high),
        barred=tuple(bool(one.any()) for one in given.barred),
        shut=tuple(bool(one.any()) for one in given.shut),
        closed=tuple(row if row.any() else None for row in none),
        spare=1.0 - given.times,
    )
