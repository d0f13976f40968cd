"""Which of the sessions that some rounds can have are together best? Those without hope first go; CP-SAT chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.year.column_filter import Offered, entries, worth_a_look
from matcher.engine.year.year_model import new_solver
from matcher.engine.year.year_problem import Arrangement, Flags, Ints, YearProblem


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Sessions that rounds can have: `round`, `group`, `host`, `moment` (m each); who is `inside` (groups x n)."""

    inside: Flags
    round: Ints
    group: Ints
    host: Ints
    moment: Ints

    def pick(self, which: Ints) -> Columns:
        """Give some of them."""
        return Columns(self.inside, *(one[which] for one in (self.round, self.group, self.host, self.moment)))


def choose(
    given: YearProblem, plan: Arrangement, rounds: tuple[int, ...], columns: Columns, limits: tuple[Ints, float]
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
    solver = new_solver(effort, 0)
    status = solver.solve(_model(given, plan, rounds, columns, left))
    took = solver.response_proto.deterministic_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, took
    return _read(plan, rounds, columns.pick(np.nonzero(list(solver.response_proto.solution))[0])), took


def _model(
    given: YearProblem, plan: Arrangement, rounds: tuple[int, ...], columns: Columns, left: Ints
) -> cp_model.CpModel:
    """Say what a choice is, and where to start: at the year as it is. Variable for variable a session.

    Rules are written row by row, as the solver keeps them: with expressions writing took longer than solving.
    """
    model = cp_model.CpModel()
    m, inside = model.proto, columns.inside[columns.group]
    for _ in columns.host:
        m.variables.add().domain.extend((0, 1))
    everyone = np.arange(len(inside))
    for number in rounds:
        mine = everyone[columns.round == number]
        for school in np.nonzero(given.here[number])[0].tolist():
            m.constraints.add().exactly_one.literals.extend(mine[inside[mine, school]].tolist())
        _limit(m, mine, np.ones(len(mine), dtype=np.int64), (int(given.groups[number]),) * 2)
    one, other = np.triu_indices(inside.shape[1], 1)
    for flags in (inside[:, one] & inside[:, other], columns.host[:, None] == np.unique(columns.host)):
        for among in entries(flags):
            if len(among) > 1:
                m.constraints.add().at_most_one.literals.extend(among)
    minutes = given.minutes.T[columns.host]
    for school, most in enumerate(left.tolist()):
        mine = everyone[inside[:, school]]
        _limit(m, mine, minutes[mine, school], (0, most))
    m.objective.vars.extend(everyone.tolist())
    m.objective.coeffs.extend((minutes * inside).sum(axis=1).tolist())
    m.solution_hint.vars.extend(everyone.tolist())
    m.solution_hint.values.extend(_as_it_is(plan, rounds, columns).astype(np.int64).tolist())
    return model


def _limit(m: Any, which: Ints, weight: Ints, limits: tuple[int, int]) -> None:  # noqa: ANN401 - the solver's own
    """Keep a weighted sum of variables between two limits."""
    row = m.constraints.add().linear
    row.vars.extend(which.tolist())
    row.coeffs.extend(weight.tolist())
    row.domain.extend(limits)


def _hopeful(
    given: YearProblem, plan: Arrangement, rounds: tuple[int, ...], columns: Columns, left: Ints
) -> Ints | None:
    """List the numbers of sessions that a better choice can have; None where there is none.

    Rounds are taken to be alike: what is left out then can be in no choice at all.
    """
    alike, of_column = np.unique(columns.group * given.hosts + columns.host, return_inverse=True)
    if not len(alike):
        return None
    group, host = np.divmod(alike, given.hosts)
    inside = columns.inside[group]
    spent = np.zeros(given.schools, dtype=np.int64)
    for number in rounds:
        who = np.nonzero(plan.group[number] >= 0)[0]
        spent[who] += given.minutes[who, plan.host[number, plan.group[number, who]]]
    offered = Offered(
        inside=inside,
        host=host,
        minutes=np.where(inside, given.minutes.T[host], 0),
        visits=given.here[list(rounds)].sum(axis=0),
        left=left,
    )
    first = np.unique(of_column[_as_it_is(plan, rounds, columns)])
    kept = worth_a_look(offered, int(spent.sum()) if (spent <= left).all() else None, first)
    return None if kept is None else np.nonzero(kept[of_column])[0]


def _as_it_is(plan: Arrangement, rounds: tuple[int, ...], columns: Columns) -> Flags:
    """Tell of each session whether the year has it now."""
    known = np.zeros(len(columns.host), dtype=np.bool_)
    for number in rounds:
        for group, host in enumerate(plan.host[number].tolist()):
            same = (columns.inside == (plan.group[number] == group)).all(axis=1)
            known |= (columns.round == number) & (columns.host == host) & same[columns.group]
    return known


def _read(plan: Arrangement, rounds: tuple[int, ...], taken: Columns) -> Arrangement:
    group, host, moment = plan.group.copy(), plan.host.copy(), plan.moment.copy()
    for number in rounds:
        for place, one in enumerate(np.nonzero(taken.round == number)[0].tolist()):
            group[number, taken.inside[taken.group[one]]] = place
            host[number, place] = taken.host[one]
            moment[number, place] = taken.moment[one]
    return Arrangement(group, host, moment)
