"""What is left to choose in a year, when dates matter within a round only? Kinds of rounds and ways to meet in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matcher.engine.year.group_pricing import Offers
from matcher.engine.year.year_problem import (
    NEVER,
    Flags,
    Ints,
    YearProblem,
    group_limits,
    held_groups,
    old_repeats,
    repeat_counts,
)

MOST_MASKS = 5
"""Sets of schools that can come to a host in one round; where there are more, their union counts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RelaxedYear:
    """A year of `k` kinds of rounds, without what has been held and plenaries: their minutes are `spent` (n).

    `minutes` (n x h); `kind` (r) of each round, -1 where nothing is to come; `visits` (k x n) how often a school comes
    in rounds of a kind; `fewest` and `most` (k) sessions; `apart` (n x n) how often a pair may yet meet without a
    repeat, `repeats` those that were held already; `never` (n x n) the pairs who agreed not to meet; `turns` (h)
    sessions that a host may yet receive.
    """

    minutes: Ints
    kind: Ints
    offers: Offers
    visits: Ints
    fewest: Ints
    most: Ints
    apart: Ints
    repeats: int
    never: Flags
    turns: Ints
    spent: Ints


@dataclass(frozen=True, slots=True)
class _Kind:
    """What makes two rounds alike: who comes, sizes, numbers of sessions, and who can come to which host."""

    who: tuple[int, ...]
    low: int
    high: int
    fewest: int
    most: int
    ways: tuple[tuple[int, tuple[int, ...]], ...]


def relax(given: YearProblem) -> RelaxedYear:
    """Keep groups and hosts of the sessions to come; of dates only that a group and its host share a free moment."""
    met, spent, turns = given.met.copy(), np.zeros(given.schools, dtype=np.int64), given.times.copy()
    to_come, held = given.here.copy(), np.zeros(given.rounds, dtype=np.int64)
    for number, members, host in held_groups(given):
        spent[members] += given.minutes[members, host]
        turns[host] -= 1
        held[number] += 1
        to_come[number, members] = False
        if given.counts[number]:
            met[np.ix_(members, members)] += 1
    of_round: list[_Kind | None] = [None] * given.rounds
    for number, who in enumerate(to_come):
        if not given.counts[number]:
            spent += np.where(who, given.minutes.min(axis=1, initial=0), 0)
        elif who.any():
            of_round[number] = _kind(given, number, who, int(held[number]))
    np.fill_diagonal(met, 0)
    kinds = Counter(one for one in of_round if one is not None)
    times = np.array([*kinds.values()], dtype=np.int64)
    place = {one: number for number, one in enumerate(kinds)}
    return RelaxedYear(
        minutes=given.minutes,
        kind=np.array([-1 if one is None else place[one] for one in of_round], dtype=np.int64),
        offers=_offers(given, [*kinds]),
        visits=np.array([_flags(one.who, given.schools) for one in kinds]).reshape(-1, given.schools) * times[:, None],
        fewest=np.array([one.fewest for one in kinds], dtype=np.int64) * times,
        most=np.array([one.most for one in kinds], dtype=np.int64) * times,
        apart=np.maximum(1 - met, 0),
        repeats=int(repeat_counts(given, met).sum()) // 2 - old_repeats(given),
        never=_pairs(given.apart, given.schools),
        turns=np.maximum(turns, 0),
        spent=spent,
    )


def _kind(given: YearProblem, number: int, who: Flags, held: int) -> _Kind:
    fewest, most = (int(limit[number]) - held for limit in group_limits(given))
    low, high = max(int(given.low[number]), 1), int(given.high[number])
    ways = tuple(way for host in range(given.hosts) for way in _ways(given, number, host, who))
    return _Kind(_numbers(who), low, high, max(fewest, -(-int(who.sum()) // high)), max(most, 1), ways)


def _ways(given: YearProblem, number: int, host: int, who: Flags) -> list[tuple[int, tuple[int, ...]]]:
    """List who can come to a host on one of its free moments: the largest sets alone."""
    own, low = int(given.own[host]), int(given.low[number])
    if not given.times[host] or given.room[host] < low or (own >= 0 and not who[own]):
        return []
    open_ = given.host_free[number, host] & (given.day[number] > NEVER)
    masks = np.unique((given.school_free[number] & who[:, None])[:, open_].T, axis=0)
    masks = masks[(masks.sum(axis=1) >= max(low, 1)) & (masks[:, own] if own >= 0 else True)]
    inside = (masks[:, None] <= masks[None]).all(axis=2)
    np.fill_diagonal(inside, val=False)
    masks = masks[~inside.any(axis=1)]
    if len(masks) > MOST_MASKS:
        masks = masks.any(axis=0)[None]
    return [(host, _numbers(mask)) for mask in masks]


def _offers(given: YearProblem, kinds: list[_Kind]) -> Offers:
    ways = [(kind, *way) for kind, one in enumerate(kinds) for way in one.ways]
    host = np.array([way[1] for way in ways], dtype=np.int64)
    kind = np.array([way[0] for way in ways], dtype=np.int64)
    high = np.array([one.high for one in kinds], dtype=np.int64)
    return Offers(
        kind=kind,
        host=host,
        free=np.array([_flags(way[2], given.schools) for way in ways], dtype=np.bool_).reshape(-1, given.schools),
        must=given.own[host],
        low=np.array([one.low for one in kinds], dtype=np.int64)[kind],
        high=np.minimum(high[kind], given.room[host]),
    )


def _numbers(flags: Flags) -> tuple[int, ...]:
    return tuple(np.nonzero(flags)[0].tolist())


def _flags(numbers: tuple[int, ...], count: int) -> Flags:
    flags = np.zeros(count, dtype=np.bool_)
    flags[list(numbers)] = True
    return flags


def _pairs(pairs: Ints, schools: int) -> Flags:
    flags = np.zeros((schools, schools), dtype=np.bool_)
    flags[pairs[:, 0], pairs[:, 1]] = flags[pairs[:, 1], pairs[:, 0]] = True
    return flags
