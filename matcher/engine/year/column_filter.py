"""Which of many sessions can be part of a better choice? A linear programme over all of them, by its reduced costs.

Every choice that costs less than now leaves out each session whose reduced cost is more than what is left between the
programme's value and now (Dantzig, Fulkerson and Johnson, Operations Research 1954). Where the value is above now,
nothing is to be gained.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ortools.linear_solver import pywraplp

    from matcher.engine.year.year_problem import Flags, Ints, Numbers

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
    """The linear programme over the sessions so far; a school that is missing costs more than any way to bring it."""

    def __init__(self, offered: Offered) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - only years need it

        self.offered, schools = offered, offered.inside.shape[1]
        self.taken = np.zeros(len(offered.host), dtype=np.bool_)
        lp = self.lp = pywraplp.Solver.CreateSolver("GLOP")
        # Primal simplex goes on where columns were added, and is stable without preprocessing.
        lp.SetSolverSpecificParametersAsString("use_dual_simplex: false use_preprocessing: false")
        lp.Objective().SetMinimization()
        self.visit = [lp.Constraint(float(count), float(count)) for count in offered.visits]
        self.minute = [lp.Constraint(-lp.infinity(), float(left)) for left in offered.left]
        self.once: dict[tuple[int, ...], pywraplp.Constraint] = {}  # two schools that meet, or one host
        self.missing = [lp.NumVar(0, lp.infinity(), "") for _ in range(schools)]
        far = 10.0 * float(offered.minutes.max(initial=1))
        for row, variable in zip(self.visit, self.missing, strict=True):
            row.SetCoefficient(variable, 1.0)
            lp.Objective().SetCoefficient(variable, far)

    def take(self, which: Ints) -> None:
        """Add sessions."""
        offered, lp = self.offered, self.lp
        self.taken[which] = True
        for one in which.tolist():
            column = lp.NumVar(0, lp.infinity(), "")
            members = np.nonzero(offered.inside[one])[0].tolist()
            lp.Objective().SetCoefficient(column, float(offered.minutes[one].sum()))
            for who, cost in zip(members, offered.minutes[one, members].tolist(), strict=True):
                self.visit[who].SetCoefficient(column, 1.0)
                self.minute[who].SetCoefficient(column, float(cost))
            for pair in combinations(members, 2):
                self._once(pair).SetCoefficient(column, 1.0)
            self._once((int(offered.host[one]),)).SetCoefficient(column, 1.0)

    def _once(self, key: tuple[int, ...]) -> pywraplp.Constraint:
        if key not in self.once:
            self.once[key] = self.lp.Constraint(-self.lp.infinity(), 1.0)
        return self.once[key]

    def solve(self) -> tuple[float, float, Numbers]:
        """Give the value, how often schools are missing in it, and every session's reduced cost (m)."""
        self.lp.Solve()
        offered, schools = self.offered, len(self.visit)
        visit, minute = (np.array([row.dual_value() for row in rows]) for rows in (self.visit, self.minute))
        meeting, turn = np.zeros((schools, schools)), np.zeros(int(offered.host.max()) + 1)
        for key, row in self.once.items():
            table = turn if len(key) == 1 else meeting
            table[key] = row.dual_value()
        inside = offered.inside.astype(np.float64)
        reduced = offered.cost - inside @ visit - offered.minutes @ minute
        reduced -= turn[offered.host] + ((inside @ meeting) * inside).sum(axis=1)
        missing = sum(one.solution_value() for one in self.missing)
        return self.lp.Objective().Value(), missing, reduced
