"""Is a year better after a small step? What the step leaves as it was is not counted again."""

from __future__ import annotations

import numpy as np

from matcher.domain.season import THEMES
from matcher.domain.vocabulary import SCHOOL_TYPES
from matcher.engine.year.year_problem import (
    Arrangement,
    Flags,
    Ints,
    YearProblem,
    faults,
    meetings,
    reached,
    repeat_counts,
)
from matcher.sessions.year_arrays import Facts

Step = tuple[str, int, int, int]
"""A kind, a round and two numbers: the group and the host it gets, or two schools that change places."""


class Judge:
    """Keeps a year that breaks no rule, and takes the steps that better it by all goals, in their order.

    The goals are those that hang on groups and hosts. What is cheap to know of a step is asked first.
    """

    def __init__(self, facts: Facts, given: YearProblem, plan: Arrangement) -> None:
        """Begin with a year."""
        self._given, self._mixing = given, facts.season.first == "mixing"
        self._types = _flags(facts, "school_types", SCHOOL_TYPES)
        self._themes = _flags(facts, "themes", tuple(THEMES)).astype(np.int64)
        self._asked = [None if one.theme is None else list(THEMES).index(one.theme) for one in facts.season.rounds]
        self._rows = np.arange(given.rounds)
        self._travels = given.here if given.online is None else given.here & ~given.online
        self._real = np.arange(plan.host.shape[1]) < given.groups[:, None]
        self._met: dict[int, Ints] = {}
        self._there: dict[int, Ints] = {}
        self._set_groups(plan)
        self._set(plan, reached(given, plan), self._lowest(plan))

    def _set(self, plan: Arrangement, reach: tuple[int, int, int], low: tuple[int, ...]) -> None:
        given, self.plan, self._repeats = self._given, plan, reach[0]
        self._upper, self._low = self._ordered(*reach), low
        self._turns = np.bincount(plan.host[self._real], minlength=given.hosts)
        seat = np.maximum(plan.group, 0)
        self._host = np.take_along_axis(plan.host, seat, axis=1)
        self._moment = np.take_along_axis(plan.moment, seat, axis=1)
        self._day = given.day[self._rows[:, None], self._moment]
        minutes = np.where(self._travels, given.minutes[np.arange(given.schools), self._host], 0)
        self._minutes, self._total, self._sum = minutes, minutes.sum(axis=0), int(minutes.sum())
        self._far = np.argsort(self._total)[::-1][:3].tolist()
        self._there.clear()

    def _set_groups(self, plan: Arrangement) -> None:
        """Count anew what hangs on who sits with whom, and on no host."""
        given, met = self._given, meetings(self._given, plan)
        now = repeat_counts(given, met)
        self._more, self._less = repeat_counts(given, met + 1) - now, repeat_counts(given, met - 1) - now
        np.fill_diagonal(self._more, 0)
        self._met.clear()

    def take(self, step: Step) -> bool:
        """Take a step where the year still holds and is better; tell whether it was taken."""
        if step[0] == "host" and not self._is_open(*step[1:]):
            return False
        repeats = self._repeats + (self._met_more(*step[1:]) if step[0] == "swap" else 0)  # others meet as often
        if self._mixing and repeats > self._repeats:
            return False
        reach = (repeats, *self._travel(step))
        upper = self._ordered(*reach)
        if upper > self._upper or not self._may_hold(step):
            return False
        tried = _after(self.plan, step)
        low = self._lowest(tried)
        if (upper == self._upper and low >= self._low) or faults(self._given, tried):
            return False
        if step[0] != "host":
            self._set_groups(tried)
        self._set(tried, reach, low)
        return True

    def _ordered(self, repeats: int, worst: int, total: int) -> tuple[int, ...]:
        return (repeats, worst, total) if self._mixing else (worst, total, repeats)

    def _travel(self, step: Step) -> tuple[int, int]:
        """Give the worst and total minutes after a step."""
        kind, number, one, other = step
        if kind == "host":
            who = np.nonzero((self.plan.group[number] == one) & self._travels[number])[0]
            total = self._total.copy()
            total[who] += self._given.minutes[who, other] - self._minutes[number, who]
            return int(total.max(initial=0)), int(total.sum())
        more = self._more_minutes(-1 if kind == "trade" else number)
        first, second = int(more[one, other]), int(more[other, one])
        worst = max(int(self._total[one]) + first, int(self._total[other]) + second)
        worst = max([worst, *(int(self._total[far]) for far in self._far if far not in {one, other})])
        return worst, self._sum + first + second

    def _more_minutes(self, number: int) -> Ints:
        """Give what each school (n) travels more in the place of each (n), in a round, or in all for -1."""
        if number not in self._there:
            rows = self._rows if number < 0 else self._rows[number : number + 1]
            there = sum(self._given.minutes[:, self._host[row]] * self._travels[row][:, None] for row in rows)
            self._there[number] = there - self._minutes[rows].sum(axis=0)[:, None]
        return self._there[number]

    def _met_more(self, number: int, one: int, other: int) -> int:
        """Count the repeats that come where two schools change places in a round."""
        if number not in self._met:
            group = self.plan.group[number]
            apart = (group[:, None] != group) & self._given.counts[number]
            members = (group[:, None] == np.arange(self.plan.host.shape[1])).astype(np.int64)
            came, left = (self._more @ members)[:, group], np.diag((self._less @ members)[:, group])
            self._met[number] = apart * (came + came.T - 2 * self._more + left[:, None] + left)
        return int(self._met[number][one, other])

    def _may_hold(self, step: Step) -> bool:
        """Tell whether those who move can come; the whole year is looked at only where they can."""
        kind, number, one, other = step
        if kind == "host":
            return self._can_receive(number, one, other)
        rows = self._rows if kind == "trade" else self._rows[number : number + 1]
        return self._can_come(rows, one, other) and self._can_come(rows, other, one)

    def _is_open(self, number: int, group: int, host: int) -> bool:
        """Tell whether a host is another than a group has, free at its moment and may receive once more."""
        given, plan = self._given, self.plan
        return bool(
            plan.host[number, group] != host
            and self._turns[host] < given.times[host]
            and given.host_free[number, host, plan.moment[number, group]]
            and not given.barred[number, group, host]
        )

    def _can_receive(self, number: int, group: int, host: int) -> bool:
        """Tell whether a host that is open can receive a group at its moment, beside the sessions that it has."""
        given, plan = self._given, self.plan
        who, own, moment = plan.group[number] == group, given.own[host], plan.moment[number, group]
        if not (own < 0 or who[own]) or (not given.frozen[number, group] and who.sum() > given.room[host]):
            return False
        rows, groups = np.nonzero((plan.host == host) & self._real)
        moments = plan.moment[rows, groups]
        gap = np.abs(given.day[rows, moments] - given.day[number, moment])
        same = (gap == 0) & (given.hour[rows, moments] == given.hour[number, moment])
        return not ((gap < given.host_spacing) | same).any()

    def _can_come(self, rows: Ints, school: int, place: int) -> bool:
        """Tell whether a school can come where another sits, and leaves no group that it hosts."""
        given, group, moment = self._given, self.plan.group, self._moment[rows, place]
        at_home = (given.own[self._host[rows, school]] == school) & (group[rows, school] != group[rows, place])
        if at_home.any() or not given.school_free[rows, school, moment].all():
            return False
        if len(rows) > 1:
            return True  # a whole year keeps its days
        apart = np.abs(self._day[:, school] - self._day[rows[0], place]) >= given.spacing
        apart[rows] = True
        return bool((apart | ~given.here[:, school]).all())

    def _lowest(self, plan: Arrangement) -> tuple[int, ...]:
        members = plan.group[:, None, :] == np.arange(plan.host.shape[1])[None, :, None]
        turns = np.bincount(plan.host[self._real], minlength=self._given.hosts)
        types = int((members @ self._types).sum())
        fitting, fit = members.astype(np.int64) @ self._themes, 0
        for number, theme in enumerate(self._asked):
            fit += int((fitting[number].max(axis=1) if theme is None else fitting[number][:, theme]).sum())
        return int(np.maximum(turns - 1, 0).sum()), -types, -fit


def _flags(facts: Facts, field: str, names: tuple[str, ...]) -> Flags:
    rows = [[name in getattr(one, field) for name in names] for one in facts.season.participants]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(names))


def _after(plan: Arrangement, step: Step) -> Arrangement:
    kind, number, one, other = step
    if kind == "host":
        host = plan.host.copy()
        host[number, one] = other
        return Arrangement(plan.group, host, plan.moment)
    group = plan.group.copy()
    rows = slice(None) if kind == "trade" else slice(number, number + 1)
    group[rows, [one, other]] = group[rows, [other, one]]
    return Arrangement(group, plan.host, plan.moment)
