"""What does the planner of a year of sessions get and give? Groups, hosts and moments as plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Numbers = NDArray[Any]

NEVER = -1_000_000
"""The day of a session that a school does not attend: far from every real day."""


def _no_pairs() -> Ints:
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearProblem:
    """A year of `r` rounds for `n` schools and `h` hosts, with at most `g` groups of `c` seats a round.

    `minutes` (n x h) what a session at a host costs a school; `own` (h) the school that a host is, -1
    for another place: a school sits in the group that it hosts. `room` (h) schools at most in one
    session; `times` (h) sessions at most in the year. `here` (r x n) who takes part; `groups`, `low`,
    `high` (r) the groups of a round and their sizes; `counts` (r) whether its meetings count.
    `met` (n x n) earlier meetings. `day` (r x d) the day number of each candidate moment and `hour`
    (r x d) a number that orders moments in a day; `school_free` (r x n x d), `host_free` (r x h x d).
    `spacing` days at least between two sessions of a school, `host_spacing` of a host (0: other moments).
    `seat_pin` (r x n) the group that is fixed, -1 where free; `frozen` (r x g) groups whose schools may not
    change; `barred` (r x g x h) hosts and `shut` (r x g x d) moments that a group may not have. `far` (n x h)
    are the trips that are too long for a session that is not frozen; None where there is no limit. `online`
    (r x n) are who takes part from where they are and does not travel; None for nobody. `meet` (p x 2)
    are pairs of schools that must sit together in a round that counts, `apart` (q x 2) pairs that never may.
    With `rising` each next meeting of two schools counts two more than the one before: a second is one repeat, a
    third three.
    """

    minutes: Ints
    own: Ints
    room: Ints
    times: Ints
    here: Flags
    groups: Ints
    low: Ints
    high: Ints
    counts: Flags
    met: Ints
    day: Ints
    hour: Ints
    school_free: Flags
    host_free: Flags
    spacing: int
    host_spacing: int
    seat_pin: Ints
    frozen: Flags
    barred: Flags
    shut: Flags
    far: Flags | None = None
    online: Flags | None = None
    meet: Ints = field(default_factory=_no_pairs)
    apart: Ints = field(default_factory=_no_pairs)
    rising: bool = False

    @property
    def schools(self) -> int:
        """The number of schools."""
        return len(self.minutes)

    @property
    def hosts(self) -> int:
        """The number of candidate hosts."""
        return len(self.own)

    @property
    def rounds(self) -> int:
        """The number of rounds."""
        return len(self.groups)


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """A whole year: `group` (r x n) the group of each school, -1 where absent; `host` and `moment` (r x g)."""

    group: Ints
    host: Ints
    moment: Ints


@dataclass(frozen=True, slots=True)
class Score:
    """What an arrangement reaches: broken rules, repeated meetings, worst and total minutes; less is better."""

    faults: int
    repeats: int
    worst: int
    total: int


def group_limits(given: YearProblem) -> tuple[Ints, Ints]:
    """Give the fewest and the most groups (r each) that sizes allow in every round, the present number among them."""
    present = given.here.sum(axis=1)
    fewest = -(-present // np.maximum(given.high, 1))
    most = np.where(given.low > 0, present // np.maximum(given.low, 1), given.groups)
    return np.minimum(np.maximum(fewest, 1), given.groups), np.maximum(most, given.groups)


def held_groups(given: YearProblem) -> Iterator[tuple[int, Ints, int]]:
    """Yield the sessions whose schools may not change: the round, the numbers of its schools, and the host."""
    for number, group in np.argwhere(given.frozen & (np.arange(given.frozen.shape[1]) < given.groups[:, None])):
        members = np.nonzero(given.seat_pin[number] == group)[0]
        yield int(number), members, int(np.argmin(given.barred[number, group]))


def meetings(given: YearProblem, plan: Arrangement) -> Ints:
    """Count how often two schools meet, earlier years and this one together (n x n, diagonal 0)."""
    count = given.met.copy()
    for number in np.nonzero(given.counts)[0]:
        group = plan.group[number]
        count += (group[:, None] == group) & (group >= 0)
    np.fill_diagonal(count, 0)
    return count


def repeat_counts(given: YearProblem, met: Ints) -> Ints:
    """Count the repeats in numbers of meetings (any shape): those beyond the first, or with `rising` ever more."""
    beyond: Ints = np.maximum(met - 1, 0)
    return beyond**2 if given.rising else beyond


def old_repeats(given: YearProblem) -> int:
    """Count the repeats among earlier meetings themselves, which no plan can undo."""
    return int(repeat_counts(given, given.met).sum()) // 2


def school_minutes(given: YearProblem, plan: Arrangement) -> Ints:
    """Add up each school's minutes over the year (n)."""
    total = np.zeros(given.schools, dtype=np.int64)
    for number in range(given.rounds):
        who = np.nonzero(plan.group[number] >= 0)[0]
        who = who[travels(given, number, who)]
        total[who] += given.minutes[who, plan.host[number, plan.group[number, who]]]
    return total


def travels(given: YearProblem, number: int | Ints, who: Ints) -> Flags:
    """Flag which of some schools travel to their session of a round, the same for all or one each."""
    here: Flags = np.ones(len(who), dtype=np.bool_) if given.online is None else ~given.online[number, who]
    return here


def school_days(given: YearProblem, plan: Arrangement) -> Ints:
    """Give the day of each school's session in each round (r x n), `NEVER` where absent."""
    days = np.full(plan.group.shape, NEVER, dtype=np.int64)
    number, who = (plan.group >= 0).nonzero()
    days[number, who] = given.day[number, plan.moment[number, plan.group[number, who]]]
    return days


def score(given: YearProblem, plan: Arrangement) -> Score:
    """Measure an arrangement from scratch."""
    return Score(faults(given, plan), *reached(given, plan))


def reached(given: YearProblem, plan: Arrangement) -> tuple[int, int, int]:
    """Give an arrangement's repeats, and its worst and total minutes, whatever rules it breaks."""
    minutes = school_minutes(given, plan)
    repeats = int(repeat_counts(given, meetings(given, plan)).sum()) // 2 - old_repeats(given)
    return repeats, int(minutes.max(initial=0)), int(minutes.sum())


def faults(given: YearProblem, plan: Arrangement) -> int:
    """Count broken rules: closed moments, spacing, sizes, room, hosts' turns, own groups and pins."""
    number, who = (plan.group >= 0).nonzero()
    taken = number, who, plan.group[number, who]
    found = _seat_faults(given, plan, taken) + _group_faults(given, plan, taken)
    return found + _near_days(given, plan) + _pair_faults(given, plan)


def _seat_faults(given: YearProblem, plan: Arrangement, taken: tuple[Ints, Ints, Ints]) -> int:
    """Count the schools that can't come, are where they are not, sit in another group than asked, or come too far."""
    number, who, group = taken
    host, moment = plan.host[number, group], plan.moment[number, group]
    found = _count(~given.school_free[number, who, moment]) + _count((plan.group >= 0) != given.here)
    if given.far is not None:
        found += _count(given.far[who, host] & ~given.frozen[number, group] & travels(given, number, who))
    return found + _count((given.seat_pin >= 0) & (given.seat_pin != plan.group))


def _group_faults(given: YearProblem, plan: Arrangement, taken: tuple[Ints, Ints, Ints]) -> int:
    """Count what is wrong with the groups' sizes, their hosts and their moments."""
    groups = plan.host.shape[1]
    number, group = (np.arange(groups) < given.groups[:, None]).nonzero()
    host, moment = plan.host[number, group], plan.moment[number, group]
    size = np.bincount(taken[0] * groups + taken[2], minlength=given.rounds * groups)[number * groups + group]
    low, high, own = given.low[number], given.high[number], given.own[host]
    found = int((np.maximum(low - size, 0) + np.maximum(size - high, 0)).sum())
    found += _count((size > given.room[host]) & ~given.frozen[number, group])
    found += _count((own >= 0) & (plan.group[number, own] != group))
    found += _count(~given.host_free[number, host, moment]) + _count(given.barred[number, group, host])
    turns = np.bincount(host, minlength=given.hosts)
    found += _count(given.shut[number, group, moment]) + int(np.maximum(turns - given.times, 0).sum())
    day, hour = given.day[number, moment], given.hour[number, moment]
    gap = np.abs(day[:, None] - day)
    clash = (gap < given.host_spacing) | ((gap == 0) & (hour[:, None] == hour))
    return found + (_count((host[:, None] == host) & clash) - len(host)) // 2  # each two once, none with itself


def _near_days(given: YearProblem, plan: Arrangement) -> int:
    """Count the two sessions of a school that come too soon after one another."""
    if given.spacing < 1:
        return 0
    days = school_days(given, plan)
    there = days > NEVER
    near = (np.abs(days[:, None] - days) < given.spacing) & there[:, None] & there
    return (_count(near) - _count(there)) // 2


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def take_turns(given: YearProblem, plan: Arrangement, number: int, others: Iterable[int], where: Flags) -> Ints:
    """Give how often each host (h) can still receive after the sessions of other rounds.

    The moments of round `number` that come too near those sessions are taken out of `where` (h x d), in place.
    """
    left, day, hour = given.times.copy(), given.day[number], given.hour[number]
    for other in others:
        for group in range(int(given.groups[other])):
            host, moment = int(plan.host[other, group]), int(plan.moment[other, group])
            left[host] -= 1
            gap = np.abs(given.day[other, moment] - day)
            where[host] &= (gap >= given.host_spacing) & ((gap > 0) | (given.hour[other, moment] != hour))
    return left


def are_alike(rows: Flags) -> bool:
    """Tell whether all rows are the same."""
    return bool((rows == rows[:1]).all())


def together(given: YearProblem, group: Ints, pairs: Ints) -> Flags:
    """Flag in which rounds that count each pair sits in one group (r x p)."""
    first = group[:, pairs[:, 0]]
    found: Flags = (first == group[:, pairs[:, 1]]) & (first >= 0) & given.counts[:, None]
    return found


def _pair_faults(given: YearProblem, plan: Arrangement) -> int:
    """Count the pairs that must meet and don't, and the meetings of those that never may, what was held left out."""
    if not len(given.meet) and not len(given.apart):
        return 0
    found = int((~together(given, plan.group, given.meet).any(axis=0)).sum())
    number, pair = np.nonzero(together(given, plan.group, given.apart))
    frozen = given.frozen[number, plan.group[number, given.apart[pair, 0]]]
    return found + int((~frozen).sum())


def pair_flags(given: YearProblem, pairs: Numbers) -> Flags:
    """Flag pairs both ways in a square with a row for the empty seat (n+1 x n+1)."""
    flags = np.zeros((given.schools + 1, given.schools + 1), dtype=np.bool_)
    flags[pairs[:, 0], pairs[:, 1]] = flags[pairs[:, 1], pairs[:, 0]] = True
    return flags


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """What may be exchanged: `hosts` (h) of which any may stand in for any other, and the `groups` of each round.

    Such hosts are nobody's own school, receive once, have room for every group, and are always free: no rule minds.
    """

    hosts: Flags
    groups: tuple[Ints, ...]


def what_may_be_exchanged(given: YearProblem) -> Exchange:
    """Leave out the groups whose host is fixed, and the hosts that others may not have."""
    real = np.arange(given.frozen.shape[1]) < given.groups[:, None]
    loose = real & ((~given.barred).sum(axis=2) > 1)
    open_ = given.host_free.all(axis=(0, 2)) & ~(given.barred & loose[:, :, None]).any(axis=(0, 1))
    hosts = (given.own < 0) & (given.times == 1) & (given.room >= given.high.max(initial=0)) & open_
    return Exchange(np.asarray(hosts), tuple(np.nonzero(row)[0] for row in loose))
