"""Which groups with which hosts are best in two rounds, while all else stays as it is? Exactly, over all that can be.

Whoever has met in the other rounds can't meet again, so few groups are left: they are listed with every host that they
can have, and CP-SAT takes the best of them together. Round after round, this is large neighbourhood search.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.year.chains import near_rounds
from matcher.engine.year.year_model import new_solver
from matcher.engine.year.year_problem import NEVER, Arrangement, Score, meetings, school_days, school_minutes, score

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.engine.calls import Stop
    from matcher.engine.year.year_problem import Flags, Gathering, Ints

MOST_GROUPS = 1500
"""Groups above which two rounds are left as they are: listing and choosing would take too long."""

MOST_COLUMNS = 8000
"""Groups with a host above which two rounds are left as they are."""

SHARE = 0.1
"""The part of the effort that one choice may take, and a tenth of that which it counts for at least."""


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Sessions that two rounds can have: `round` (m), `members` (m tuples), `host` (m) and a `moment` (m) for each."""

    round: list[int]
    members: list[tuple[int, ...]]
    host: list[int]
    moment: list[int]


def improve_pairs(  # noqa: PLR0913 - what is better, and how long to look for it
    given: Gathering,
    plan: Arrangement,
    *,
    key: Callable[[Score], tuple[int, ...]],
    cap: Callable[[Score], tuple[int, ...]],
    effort: float,
    stop: Stop | None = None,
) -> tuple[Arrangement, Score]:
    """Solve two rounds after two others until none gives a year with a smaller `key`.

    `cap` gives the minutes that no school may go beyond, one after the other, until a year is found; `effort` limits
    CP-SAT's deterministic time for all together. A year that breaks a rule comes back as it is.
    """
    best, pairs = score(given, plan), [*combinations(loose_rounds(given), 2)]
    if best.faults or effort <= 0 or not pairs:
        return plan, best
    since, place, spent = 0, 0, 0.0
    while since < len(pairs) and spent < effort and not (stop is not None and stop()):
        pair = pairs[place % len(pairs)]
        since, place = since + 1, place + 1
        for most in cap(best):
            found, took = _solve_pair(given, plan, pair, most, SHARE * effort)
            spent += max(took, SHARE * SHARE * effort)
            value = score(given, found) if found is not None else best
            if found is not None and key(value) < key(best):
                plan, best, since = found, value, 0
                break
    return plan, best


def loose_rounds(given: Gathering) -> list[int]:
    """List the rounds that count and in which nothing is fixed."""
    return [
        number
        for number in range(given.rounds)
        if given.counts[number]
        and not (given.seat_pin[number] >= 0).any()
        and not given.frozen[number].any()
        and _alike(given.barred[number, : int(given.groups[number])])
        and _alike(given.shut[number, : int(given.groups[number])])
    ]


def _alike(rows: Flags) -> bool:
    return bool((rows == rows[:1]).all())


def _solve_pair(
    given: Gathering, plan: Arrangement, pair: tuple[int, ...], most: int, effort: float
) -> tuple[Arrangement | None, float]:
    """Give the year with the least total travel, nobody beyond `most` minutes, in which only the pair's rounds differ.

    With it comes the deterministic time that it took.
    """
    rest = _without(plan, pair)
    met = meetings(given, rest)
    met[given.apart[:, 0], given.apart[:, 1]] = met[given.apart[:, 1], given.apart[:, 0]] = 1
    if (meetings(given, plan)[met == 0] > 1).any():
        return None, 0.0
    base = school_minutes(given, rest)
    groups = _cliques((met == 0) & ~np.eye(given.schools, dtype=np.bool_), given, pair)
    if groups is None or (base > most).any():
        return None, 0.0
    columns = _columns(given, plan, pair, groups, most - base)
    if columns is None:
        return None, 0.0
    return _choose(given, plan, pair, columns, (most - base, effort))


def _without(plan: Arrangement, pair: tuple[int, ...]) -> Arrangement:
    group = plan.group.copy()
    group[list(pair)] = -1
    return Arrangement(group, plan.host, plan.moment)


def _cliques(apart: Flags, given: Gathering, pair: tuple[int, ...]) -> list[tuple[int, ...]] | None:
    """List the groups of schools that have not met; None where there are too many."""
    low, high = max(1, int(given.low[list(pair)].min())), int(given.high[list(pair)].max())
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
    given: Gathering, plan: Arrangement, pair: tuple[int, ...], groups: list[tuple[int, ...]], left: Ints
) -> _Columns | None:
    """List each group with each host that it can have, at its first moment that suits all; None where too many."""
    found = _Columns([], [], [], [])
    size = np.array([len(one) for one in groups])
    inside = np.zeros((len(groups), given.schools), dtype=np.int64)
    for row, members in enumerate(groups):
        inside[row, list(members)] = 1
    for number in pair:
        windows = _windows(given, plan, number, pair)
        if windows is None:
            return None
        who, where = windows
        can = inside @ ~who == 0
        too_far = given.minutes > left[:, None]
        if given.far is not None:
            too_far = too_far | given.far
        fits = (can.astype(np.int64) @ where.T.astype(np.int64) > 0) & (inside @ too_far == 0)
        fits &= size[:, None] <= np.minimum(given.room, given.high[number])
        fits &= (size >= given.low[number])[:, None] & ~given.barred[number, 0]
        fits[:, given.own >= 0] &= inside[:, given.own[given.own >= 0]] > 0
        for row, host in np.argwhere(fits).tolist():
            found.round.append(number)
            found.members.append(groups[row])
            found.host.append(host)
            found.moment.append(int((can[row] & where[host]).argmax()))
        if len(found.host) > MOST_COLUMNS:
            return None
    return found


def _windows(given: Gathering, plan: Arrangement, number: int, pair: tuple[int, ...]) -> tuple[Flags, Flags] | None:
    """Flag the moments at which each school (n x d) and each host (h x d) can, sessions of other rounds considered.

    Where the two rounds are near each other, both keep to the days that they have now; None where that is not enough.
    """
    day, open_ = given.day[number], (given.day[number] > NEVER) & ~given.shut[number, 0]
    other = next(one for one in pair if one != number)
    if other in near_rounds(given)[number]:
        mine, theirs = (given.day[one, plan.moment[one, : int(given.groups[one])]] for one in (number, other))
        if max(mine.min(), theirs.min()) - min(mine.max(), theirs.max()) < given.spacing:
            return None
        open_ = open_ & (day >= mine.min()) & (day <= mine.max())
    rest = _without(plan, pair)
    days = school_days(given, rest)
    clash = (np.abs(days[:, :, None] - day) < given.spacing).any(axis=0)
    who = given.school_free[number] & given.here[number][:, None] & ~clash & open_
    where = given.host_free[number] & open_
    left = given.times.copy()
    hour = given.hour[number]
    for one in range(given.rounds):
        for group in range(int(given.groups[one])) if one not in pair else ():
            host, at = int(plan.host[one, group]), int(plan.moment[one, group])
            left[host] -= 1
            gap = np.abs(given.day[one, at] - day)
            where[host] &= (gap >= given.host_spacing) & ((gap > 0) | (given.hour[one, at] != hour))
    where[left <= 0] = False
    return who, where


def _choose(
    given: Gathering, plan: Arrangement, pair: tuple[int, ...], columns: _Columns, limits: tuple[Ints, float]
) -> tuple[Arrangement | None, float]:
    """Take the sessions that together cost least: every school once a round, no pair or host twice."""
    m, (left, effort) = cp_model.CpModel(), limits
    takes = [m.new_bool_var("") for _ in columns.host]
    visits: dict[tuple[int, int], list[int]] = {}
    once: dict[tuple[int, ...], list[int]] = {}
    sessions: dict[int, list[int]] = {}
    for column, (number, members, host) in enumerate(zip(columns.round, columns.members, columns.host, strict=True)):
        sessions.setdefault(number, []).append(column)
        once.setdefault((host,), []).append(column)
        for school in members:
            visits.setdefault((number, school), []).append(column)
        for two in combinations(members, 2):
            once.setdefault(two, []).append(column)
    if len(visits) < int(given.here[list(pair)].sum()):
        return None, 0.0
    for among in visits.values():
        m.add_exactly_one(takes[column] for column in among)
    for among in once.values():
        m.add_at_most_one(takes[column] for column in among)
    for number, among in sessions.items():
        m.add(sum(takes[column] for column in among) == int(given.groups[number]))
    _keep_under(m, given, left, [(columns.members[one], columns.host[one], take) for one, take in enumerate(takes)])
    total = [int(given.minutes[list(who), host].sum()) for who, host in zip(columns.members, columns.host, strict=True)]
    m.minimize(cp_model.LinearExpr.weighted_sum(takes, total))
    for take, now in zip(takes, _as_it_is(plan, columns), strict=True):
        m.add_hint(take, now)
    solver = new_solver(effort, 0)
    status = solver.solve(m)
    took = solver.response_proto.deterministic_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, took
    return _read(plan, pair, columns, [one for one, take in enumerate(takes) if solver.value(take)]), took


def _keep_under(
    m: cp_model.CpModel, given: Gathering, left: Ints, sessions: list[tuple[tuple[int, ...], int, cp_model.IntVar]]
) -> None:
    """Let no school travel more than what is left to it (n)."""
    for school, most in enumerate(left.tolist()):
        mine = [(take, int(given.minutes[school, host])) for members, host, take in sessions if school in members]
        m.add(sum(cost * take for take, cost in mine) <= most)


def _as_it_is(plan: Arrangement, columns: _Columns) -> list[bool]:
    """Tell of each session whether the year has it now."""
    known = []
    for number, members, host in zip(columns.round, columns.members, columns.host, strict=True):
        group = plan.group[number, members[0]]
        same = np.nonzero(plan.group[number] == group)[0].tolist() == list(members)
        known.append(same and int(plan.host[number, group]) == host)
    return known


def _read(plan: Arrangement, pair: tuple[int, ...], columns: _Columns, taken: list[int]) -> Arrangement:
    group, host, moment = plan.group.copy(), plan.host.copy(), plan.moment.copy()
    filled = dict.fromkeys(pair, 0)
    for column in taken:
        number = columns.round[column]
        group[number, list(columns.members[column])] = filled[number]
        host[number, filled[number]] = columns.host[column]
        moment[number, filled[number]] = columns.moment[column]
        filled[number] += 1
    return Arrangement(group, host, moment)
