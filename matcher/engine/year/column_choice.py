"""Which of the sessions that some rounds can have are together best? Those without hope first go; CP-SAT chooses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.year.column_filter import Offered, worth_a_look
from matcher.engine.year.year_model import new_solver
from matcher.engine.year.year_problem import Arrangement

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Gathering, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Sessions that the rounds can have: `round` (m), `members` (m tuples), `host` (m) and a `moment` (m) for each."""

    round: list[int]
    members: list[tuple[int, ...]]
    host: list[int]
    moment: list[int]

    def pick(self, which: Ints) -> Columns:
        """Give some of them."""
        parts = (self.round, self.members, self.host, self.moment)
        return Columns(*([part[one] for one in which.tolist()] for part in parts))


def choose(
    given: Gathering, plan: Arrangement, rounds: tuple[int, ...], columns: Columns, limits: tuple[Ints, float]
) -> tuple[Arrangement | None, float]:
    """Take the sessions that together cost least: every school once a round, no pair or host twice.

    `limits` are the minutes left to each school (n) and the deterministic time. With the year comes the time that it
    took; None where no year is better.
    """
    left, effort = limits
    hopeful = _hopeful(given, plan, rounds, columns, left)
    if hopeful is None:
        return None, 0.0
    columns = columns.pick(hopeful)
    if not len(columns.host):
        return None, 0.0
    m, takes = _model(given, plan, rounds, columns, left)
    solver = new_solver(effort, 0)
    status = solver.solve(m)
    took = solver.response_proto.deterministic_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, took
    return _read(plan, rounds, columns, [one for one, take in enumerate(takes) if solver.value(take)]), took


def _model(
    given: Gathering, plan: Arrangement, rounds: tuple[int, ...], columns: Columns, left: Ints
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Say what a choice is, and where to start: at the year as it is."""
    m = cp_model.CpModel()
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
    for number, school in np.argwhere(given.here[list(rounds)]).tolist():
        m.add_exactly_one(takes[column] for column in visits.get((rounds[number], school), ()))
    for among in once.values():
        m.add_at_most_one(takes[column] for column in among)
    for number, among in sessions.items():
        m.add(sum(takes[column] for column in among) == int(given.groups[number]))
    _keep_under(m, given, left, [(columns.members[one], columns.host[one], take) for one, take in enumerate(takes)])
    total = [int(given.minutes[list(who), host].sum()) for who, host in zip(columns.members, columns.host, strict=True)]
    m.minimize(cp_model.LinearExpr.weighted_sum(takes, total))
    for take, now in zip(takes, _as_it_is(plan, columns), strict=True):
        m.add_hint(take, now)
    return m, takes


def _hopeful(given: Gathering, plan: Arrangement, rounds: tuple[int, ...], columns: Columns, left: Ints) -> Ints | None:
    """List the numbers of sessions that a better choice can have; None where there is none.

    Rounds are taken to be alike: what is left out then can be in no choice at all.
    """
    place: dict[tuple[tuple[int, ...], int], int] = {}
    of_column = [place.setdefault(one, len(place)) for one in zip(columns.members, columns.host, strict=True)]
    if not place:
        return None
    inside = np.zeros((len(place), given.schools), dtype=np.bool_)
    for (members, _), row in place.items():
        inside[row, list(members)] = True
    host = np.array([host for _, host in place], dtype=np.int64)
    now = [
        (tuple(np.nonzero(plan.group[number] == group)[0].tolist()), int(plan.host[number, group]))
        for number in rounds
        for group in range(int(given.groups[number]))
    ]
    offered = Offered(
        inside=inside,
        host=host,
        minutes=np.where(inside, given.minutes.T[host], 0),
        visits=given.here[list(rounds)].sum(axis=0),
        left=left,
    )
    spent = np.zeros(given.schools, dtype=np.int64)
    for members, at in now:
        spent[list(members)] += given.minutes[list(members), at]
    first = np.array([place[one] for one in now if one in place], dtype=np.int64)
    kept = worth_a_look(offered, int(spent.sum()) if (spent <= left).all() else None, first)
    return None if kept is None else np.nonzero(kept[of_column])[0]


def _keep_under(
    m: cp_model.CpModel, given: Gathering, left: Ints, sessions: list[tuple[tuple[int, ...], int, cp_model.IntVar]]
) -> None:
    """Let no school travel more than what is left to it (n)."""
    for school, most in enumerate(left.tolist()):
        mine = [(take, int(given.minutes[school, host])) for members, host, take in sessions if school in members]
        m.add(sum(cost * take for take, cost in mine) <= most)


def _as_it_is(plan: Arrangement, columns: Columns) -> list[bool]:
    """Tell of each session whether the year has it now."""
    known = []
    for number, members, host in zip(columns.round, columns.members, columns.host, strict=True):
        group = plan.group[number, members[0]]
        same = np.nonzero(plan.group[number] == group)[0].tolist() == list(members)
        known.append(same and int(plan.host[number, group]) == host)
    return known


def _read(plan: Arrangement, rounds: tuple[int, ...], columns: Columns, taken: list[int]) -> Arrangement:
    group, host, moment = plan.group.copy(), plan.host.copy(), plan.moment.copy()
    filled = dict.fromkeys(rounds, 0)
    for column in taken:
        number = columns.round[column]
        group[number, list(columns.members[column])] = filled[number]
        host[number, filled[number]] = columns.host[column]
        moment[number, filled[number]] = columns.moment[column]
        filled[number] += 1
    return Arrangement(group, host, moment)
