"""Which groups with which hosts are best in two or three rounds, while all else stays? Exactly, over all that can be.

Whoever has met in the other rounds can't meet again, so few groups are left: they are listed with every host that they
can have. A linear programme tells which of them can be part of a better year (`column_filter`), often none, and CP-SAT
takes the best of those together. Round after round, this is large neighbourhood search.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from matcher.engine.calls import Stop
from matcher.engine.year.chains import near_rounds
from matcher.engine.year.column_choice import Columns, choose
from matcher.engine.year.year_problem import (
    NEVER,
    Arrangement,
    Flags,
    Ints,
    Score,
    YearProblem,
    are_alike,
    meetings,
    school_days,
    school_minutes,
    score,
    take_turns,
)

MOST_GROUPS = 1500
"""Groups above which rounds are left as they are: listing and choosing would take too long."""

MOST_COLUMNS = 20_000
"""Groups with a host, in all rounds together, above which rounds are left as they are."""

SHARE = 0.1
"""The part of the effort that one choice may take, and a tenth of that which it counts for at least."""


def improve_rounds(  # noqa: PLR0913 - what is better, and how long to look for it
    given: YearProblem,
    plan: Arrangement,
    *,
    key: Callable[[Score], tuple[int, ...]],
    cap: Callable[[Score], tuple[int, ...]],
    effort: float,
    most: int = 2,
    stop: Stop | None = None,
) -> tuple[Arrangement, Score]:
    """Solve two rounds after two others until none gives a year with a smaller `key`; then, up to `most`, more at once.

    `cap` gives the minutes that no school may go beyond, one after the other, until a year is found; `effort` limits
    CP-SAT's deterministic time for all together. A year that breaks a rule comes back as it is.
    """
    best, loose = score(given, plan), loose_rounds(given)
    choices = [rounds for count in range(2, most + 1) for rounds in combinations(loose, count)]
    if best.faults or effort <= 0 or not choices:
        return plan, best
    since, place, spent = 0, 0, 0.0
    while since < len(choices) and spent < effort and not (stop is not None and stop()):
        rounds = choices[place % len(choices)]
        since, place = since + 1, place + 1
        for minutes in cap(best):
            found, took = _solve(given, plan, rounds, minutes, SHARE * effort)
            spent += max(took, SHARE * SHARE * effort)
            value = score(given, found) if found is not None else best
            if found is not None and key(value) < key(best):
                plan, best, since = found, value, 0
                break
    return plan, best


def loose_rounds(given: YearProblem) -> list[int]:
    """List the rounds that count and in which nothing is fixed."""
    return [
        number
        for number in range(given.rounds)
        if given.counts[number]
        and not (given.seat_pin[number] >= 0).any()
        and not given.frozen[number].any()
        and are_alike(given.barred[number, : int(given.groups[number])])
        and are_alike(given.shut[number, : int(given.groups[number])])
    ]


def _solve(
    given: YearProblem, plan: Arrangement, rounds: tuple[int, ...], most: int, effort: float
) -> tuple[Arrangement | None, float]:
    """Give the year with the least total travel, nobody beyond `most` minutes, in which only these rounds differ.

    With it comes the deterministic time that it took.
    """
    rest = _without(plan, rounds)
    met = meetings(given, rest)
    met[given.apart[:, 0], given.apart[:, 1]] = met[given.apart[:, 1], given.apart[:, 0]] = 1
    if (meetings(given, plan)[met == 0] > 1).any():
        return None, 0.0
    base = school_minutes(given, rest)
    groups = _cliques((met == 0) & ~np.eye(given.schools, dtype=np.bool_), given, rounds)
    if groups is None or (base > most).any():
        return None, 0.0
    columns = _columns(given, plan, rounds, groups, most - base)
    if columns is None:
        return None, 0.0
    return choose(given, plan, rounds, columns, (most - base, effort))


def _without(plan: Arrangement, rounds: tuple[int, ...]) -> Arrangement:
    group = plan.group.copy()
    group[list(rounds)] = -1
    return Arrangement(group, plan.host, plan.moment)


def _cliques(apart: Flags, given: YearProblem, rounds: tuple[int, ...]) -> list[tuple[int, ...]] | None:
    """List the groups of schools that have not met; None where there are too many."""
    low, high = max(1, int(given.low[list(rounds)].min())), int(given.high[list(rounds)].max())
    found: list[tuple[int, ...]] = []
    after = [np.nonzero(row & (np.arange(len(apart)) > one))[0].tolist() for one, row in enumerate(apart)]
    stack: list[tuple[tuple[int, ...], list[int]]] = [((one,), later) for one, later in enumerate(after)]
    while stack:
        members, later = stack.pop()
        if len(members) >= low:
            found.append(members)
        if len(found) + len(stack) > MOST_GROUPS * high:
            return None
        if len(members) < high:
            stack += [((*members, one), [two for two in later if two > one and apart[one, two]]) for one in later]
    return found if len(found) <= MOST_GROUPS else None


def _columns(
    given: YearProblem, plan: Arrangement, rounds: tuple[int, ...], groups: list[tuple[int, ...]], left: Ints
) -> Columns | None:
    """List each group with each host that it can have, at its first moment that suits all; None where too many."""
    size = np.array([len(one) for one in groups])
    inside = np.zeros((len(groups), given.schools), dtype=np.bool_)
    for row, members in enumerate(groups):
        inside[row, list(members)] = True
    with_own = given.own >= 0
    parts: list[Ints] = []
    for number in rounds:
        windows = _windows(given, plan, number, rounds)
        if windows is None:
            return None
        who, where = windows
        can = inside.astype(np.float32) @ (~who).astype(np.float32) == 0
        too_far = given.minutes > left[:, None]
        if given.far is not None:
            too_far = too_far | given.far
        fits = can.astype(np.float32) @ where.T.astype(np.float32) > 0
        fits &= inside.astype(np.float32) @ too_far.astype(np.float32) == 0
        fits &= size[:, None] <= np.minimum(given.room, given.high[number])
        fits &= (size >= given.low[number])[:, None] & ~given.barred[number, 0]
        fits[:, with_own] &= inside[:, given.own[with_own]]
        group, host = np.nonzero(fits)
        moment = (can[group] & where[host]).argmax(axis=1)
        parts.append(np.stack((np.full(len(group), number), group, host, moment)))
        if sum(part.shape[1] for part in parts) > MOST_COLUMNS:
            return None
    return Columns(inside, *np.concatenate(parts, axis=1))


def _windows(given: YearProblem, plan: Arrangement, number: int, rounds: tuple[int, ...]) -> tuple[Flags, Flags] | None:
    """Flag the moments at which each school (n x d) and each host (h x d) can, sessions of other rounds considered.

    Rounds that are near each other keep to the days that they have now; None where that is not enough.
    """
    day, open_ = given.day[number], (given.day[number] > NEVER) & ~given.shut[number, 0]
    for other in set(rounds) & set(near_rounds(given)[number]):
        mine, theirs = (given.day[one, plan.moment[one, : int(given.groups[one])]] for one in (number, other))
        if max(mine.min(), theirs.min()) - min(mine.max(), theirs.max()) < given.spacing:
            return None
        open_ = open_ & (day >= mine.min()) & (day <= mine.max())
    rest = _without(plan, rounds)
    days = school_days(given, rest)
    clash = (np.abs(days[:, :, None] - day) < given.spacing).any(axis=0)
    who = given.school_free[number] & given.here[number][:, None] & ~clash & open_
    where = given.host_free[number] & open_
    left = take_turns(given, plan, number, set(range(given.rounds)) - set(rounds), where)
    where[left <= 0] = False
    return who, where
