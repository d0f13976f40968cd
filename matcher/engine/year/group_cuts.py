"""What else holds for whole groups that meet at most once? Cuts: sums of groups that fractions of groups go beyond.

Two groups with two schools in common are never in one year without a repeat. So of the groups that have three of four
schools there is at most one; of those that have three of five two, where one that has four or five of them stands
for two. And of the groups that have three schools, or two of them at one host that receives once, there is one at
most. They are clique and packing inequalities (Padberg, Mathematical Programming 1973).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np

from matcher.engine.year.year_problem import Flags, Ints, Numbers

AT_ONCE = 40
"""Cuts of one sort that join the programme at a time: those that are violated most."""

MOST_SETS = 50_000
"""Sets of schools of one size above which they are not looked at."""

VIOLATED = 0.05
"""What goes beyond a cut by less is left."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A group counts for `by` the number of `schools` in it, and at `host` for `there` more; all groups for `most`."""

    schools: tuple[int, ...]
    by: tuple[int, ...]
    most: int
    host: int = -1
    there: tuple[int, ...] = ()

    @property
    def mask(self) -> int:
        """The schools as bits."""
        return sum(1 << one for one in self.schools)

    def weight(self, host: int, among: int) -> int:
        """Tell for how much a group at a host counts, of which `among` are schools of the cut."""
        return self.by[among] + (self.there[among] if host == self.host else 0)


PACKINGS = {4: ((0, 0, 0, 1, 1), 1), 5: ((0, 0, 0, 1, 2, 2), 2)}
"""For what a group counts by its schools among so many, and for what all groups count that meet at most once."""

TRIPLE = ((0, 0, 0, 1), (0, 0, 1, 0))
"""For what a group counts by its schools among three: anywhere, and at the host that receives once."""


def violated(members: Flags, host: Ints, share: Numbers, turns: Ints) -> list[Cut]:
    """List cuts that fractions of groups go beyond: `members` (m x n), `host` and `share` (m) of each.

    `turns` (h) are sessions that a host may yet receive.
    """
    schools = members.shape[1]
    found = []
    for size, (by, most) in PACKINGS.items():
        sets = _sets(schools, size)
        beyond = np.zeros(len(sets))
        for among, times in zip(_among(members, sets), share.tolist(), strict=True):
            beyond += times * np.array(by)[among]
        found += [Cut(tuple(sets[one].tolist()), by, most) for one in _worst(beyond - most)]
    return found + _at_hosts(members, host, share, turns)


def _at_hosts(members: Flags, host: Ints, share: Numbers, turns: Ints) -> list[Cut]:
    """List cuts over three schools and a host that receives once."""
    sets = _sets(members.shape[1], 3)
    anywhere, there = np.zeros(len(sets)), np.zeros((len(sets), len(turns)))
    for among, where, times in zip(_among(members, sets), host.tolist(), share.tolist(), strict=True):
        anywhere += times * np.array(TRIPLE[0])[among]
        there[:, where] += times * np.array(TRIPLE[1])[among]
    beyond = np.where(turns == 1, anywhere[:, None] + there - 1, 0.0)
    worst = [divmod(one, len(turns)) for one in _worst(beyond.ravel())]
    return [Cut(tuple(sets[one].tolist()), TRIPLE[0], 1, where, TRIPLE[1]) for one, where in worst]


def _worst(beyond: Numbers) -> list[int]:
    order = np.argsort(-beyond, kind="stable")[:AT_ONCE]
    chosen: list[int] = order[beyond[order] > VIOLATED].tolist()
    return chosen


def _among(members: Flags, sets: Ints) -> Iterator[Ints]:
    """Count for each group the schools that it has of every set."""
    for group in members.astype(np.int8):
        yield group[sets].sum(axis=1)


@lru_cache(maxsize=8)
def _sets(schools: int, size: int) -> Ints:
    """List the sets of so many schools (t x size); none where they are too many."""
    few = comb(schools, size) <= MOST_SETS
    return np.array([*combinations(range(schools), size)] if few else [], dtype=np.int64).reshape(-1, size)
