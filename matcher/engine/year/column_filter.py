"""Which of many sessions can be part of a better choice? A linear programme over all of them, by its reduced costs.

Every choice that costs less than now leaves out each session whose reduced cost is more than what is left between the
programme's value and now (Dantzig, Fulkerson and Johnson, Operations Research 1954). Where the value is above now,
nothing is to be gained.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.year_problem import Flags, Ints, Numbers

if TYPE_CHECKING:
    from ortools.linear_solver import linear_solver_pb2

AT_ONCE = 300
"""Sessions that join the programme at a time."""

TURNS = 40
"""Programmes that are solved at most; then the year stays as it is."""

MOST = 1500
"""Sessions that are looked at most: those with the lowest reduced costs."""

LEEWAY = 0.02
"""The part above the programme's value that is looked at, where any choice is welcome."""

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offered:
    """Sessions to choose from: who sits `inside` (m x n), its `host` (m) and `minutes` (m x n) of those inside.

    A choice has every school in `visits` (n) of them, none beyond `left` (n) minutes, no two schools and no host twice.
    """

    inside: Flags
    host: Ints
    minutes: Ints
    visits: Ints
    left: Ints

    @property
    def cost(self) -> Ints:
        """The minutes of each session."""
        total: Ints = self.minutes.sum(axis=1)
        return total


def worth_a_look(offered: Offered, now: int | None, first: Ints) -> Flags | None:
    """Flag the sessions (m) that a choice below `now` minutes can have; None where there is no such choice.

    Without `now` any choice is welcome, and those near the lowest cost are looked at. `first` are sessions to begin
    with.
    """
    programme = _Programme(offered)
    cost = offered.cost
    programme.take(np.union1d(first, np.argsort(cost, kind="stable")[:AT_ONCE]))
    for _ in range(TURNS):
        value, missing, reduced = programme.solve()
        new = np.nonzero((reduced < -TOLERANCE) & ~programme.taken)[0]
        if not len(new):
            break
        programme.take(new[np.argsort(reduced[new], kind="stable")[:AT_ONCE]])
    else:
        return None
    if missing > TOLERANCE or (now is not None and value > now - 1 + TOLERANCE):
        return None
    gap = LEEWAY * value if now is None else now - value
    limit = np.partition(reduced, MOST)[MOST] if len(reduced) > MOST else np.inf
    return np.asarray((reduced <= gap + TOLERANCE) & (reduced < limit))


class _Programme:
    """The linear programme over the sessions so far; a school that is missing costs more than any way to bring it.

    It is written anew each time, all rows at once: most are solved once or twice, and adding entries one by one took
    longer than solving.
    """

    def __init__(self, offered: Offered) -> None:
        self.offered = offered
        self.taken = np.zeros(len(offered.host), dtype=np.bool_)
        one, other = np.triu_indices(offered.inside.shape[1], 1)
        self.pairs = one, other

    def take(self, which: Ints) -> None:
        """Add sessions."""
        self.taken[which] = True

    def solve(self) -> tuple[float, float, Numbers]:
        """Give the value, how often schools are missing in it, and every session's reduced cost (m)."""
        from ortools.linear_solver import linear_solver_pb2, pywraplp  # noqa: PLC0415 - only years need it

        offered, taken = self.offered, np.nonzero(self.taken)[0]
        inside, minutes = offered.inside[taken], offered.minutes[taken]
        schools = inside.shape[1]
        request = linear_solver_pb2.MPModelRequest(solver_type=linear_solver_pb2.MPModelRequest.GLOP_LINEAR_PROGRAMMING)
        far = 10.0 * float(offered.minutes.max(initial=1))
        for cost in (*np.full(schools, far).tolist(), *minutes.sum(axis=1).tolist()):
            request.model.variable.add(lower_bound=0.0, objective_coefficient=cost)
        hosts = np.arange(int(offered.host.max()) + 1)
        met = inside[:, self.pairs[0]] & inside[:, self.pairs[1]]
        at = offered.host[taken][:, None] == hosts
        for who, (count, columns) in enumerate(zip(offered.visits.tolist(), entries(inside, schools), strict=True)):
            _row(request, (float(count), float(count)), [who, *columns], [1.0] * (len(columns) + 1))
        for who, (left, columns) in enumerate(zip(offered.left.tolist(), entries(inside, schools), strict=True)):
            _row(request, (-np.inf, float(left)), columns, minutes[inside[:, who], who].tolist())
        for columns in (*entries(met, schools), *entries(at, schools)):
            _row(request, (-np.inf, 1.0), columns, [1.0] * len(columns))
        answer = linear_solver_pb2.MPSolutionResponse()
        pywraplp.Solver.SolveWithProto(request, answer)
        dual = np.array(answer.dual_value)
        visit, minute, once = np.split(dual, (schools, 2 * schools))
        meeting = np.zeros((schools, schools))
        meeting[self.pairs] = once[: met.shape[1]]
        everyone = offered.inside.astype(np.float64)
        reduced = offered.cost - everyone @ visit - offered.minutes @ minute
        reduced -= once[met.shape[1] :][offered.host] + ((everyone @ meeting) * everyone).sum(axis=1)
        return answer.objective_value, sum(answer.variable_value[:schools]), reduced


def entries(flags: Flags, first: int = 0) -> list[list[int]]:
    """List for each column of a table (t x c) the numbers of the rows that have it, counted from `first` on."""
    column, row = np.nonzero(flags.T)
    ends = np.searchsorted(column, np.arange(flags.shape[1] + 1)).tolist()
    rows: list[int] = (row + first).tolist()
    return [rows[start:end] for start, end in pairwise(ends)]


def _row(
    request: linear_solver_pb2.MPModelRequest, limits: tuple[float, float], at: list[int], by: list[float]
) -> None:
    row = request.model.constraint.add(lower_bound=limits[0], upper_bound=limits[1])
    row.var_index.extend(at)
    row.coefficient.extend(by)
