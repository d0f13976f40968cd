"""The linear programme over the groups so far, with their hosts: rows for what a year keeps to, and their prices."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.column_prices import Column, Duals
from matcher.engine.year.group_cuts import Cut, violated
from matcher.engine.year.relaxed_year import RelaxedYear

if TYPE_CHECKING:
    from ortools.linear_solver import pywraplp

TAKEN = 1e-6
"""The part of a column that counts as none."""


class Programme:
    """The rows, the columns so far (`known`), and the `cuts` that were added."""

    def __init__(self, year: RelaxedYear, allowed: int | None, *, worst: bool, most: int | None) -> None:
        self.year, self.allowed, self.worst, self.most = year, allowed, worst, most
        self.known: dict[Column, pywraplp.Variable] = {}
        self.cuts: list[Cut] = []
        self._begin()

    def _begin(self) -> None:
        """Begin a linear programme without columns."""
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - only years need it

        self.lp = pywraplp.Solver.CreateSolver("GLOP")
        # Primal simplex goes on where columns were added, and is stable without preprocessing.
        self.lp.SetSolverSpecificParametersAsString("use_dual_simplex: false use_preprocessing: false")
        self.cut: list[pywraplp.Constraint] = []
        self.masks: list[int] = []
        self._rows()

    def _rows(self) -> None:
        year, lp, far = self.year, self.lp, float(self.year.minutes.max(initial=1)) * 4
        kinds, schools = year.visits.shape
        goal = lp.Objective()
        goal.SetMinimization()
        infinity = lp.infinity()
        farthest = lp.NumVar(0, infinity, "")
        goal.SetCoefficient(farthest, float(self.worst))
        limits = () if self.most is None and not self.worst else ((self.most or 0) - year.spent).tolist()
        self.minute = [lp.Constraint(-infinity, float(limit)) for limit in limits]
        for row in self.minute if self.worst else ():
            row.SetCoefficient(farthest, -1.0)
        self.visit = [[lp.Constraint(float(count), float(count)) for count in counts] for counts in year.visits]
        for kind in range(kinds):
            for who in range(schools):
                missing = lp.NumVar(0, infinity, "")
                self.visit[kind][who].SetCoefficient(missing, 1.0)
                goal.SetCoefficient(missing, far)
        pairs = () if self.allowed is None else combinations(range(schools), 2)
        self.meeting = {pair: lp.Constraint(-infinity, float(year.apart[pair])) for pair in pairs}
        self.repeat = lp.Constraint(-infinity, float(self.allowed or 0))
        for row in self.meeting.values():
            again = lp.NumVar(0, infinity if self.allowed else 0, "")
            row.SetCoefficient(again, -1.0)
            self.repeat.SetCoefficient(again, 1.0)
        self.turn = [lp.Constraint(-infinity, float(turns)) for turns in year.turns]
        self.session = [
            lp.Constraint(float(low), float(high)) for low, high in zip(year.fewest, year.most, strict=True)
        ]
        for row in self.session:
            missing = lp.NumVar(0, infinity, "")
            row.SetCoefficient(missing, 1.0)
            goal.SetCoefficient(missing, far * schools)

    def solve(self) -> bool:
        """Solve the programme over the columns so far; where going on fails, from the start."""
        if self.lp.Solve() == self.lp.OPTIMAL:
            return True
        again, cuts, self.known, self.cuts = sorted(self.known), self.cuts, {}, []
        self._begin()
        for column in again:
            self.add(*column)
        self.mind(cuts)
        return bool(self.lp.Solve() == self.lp.OPTIMAL)

    def duals(self) -> Duals:
        """Read the prices of the linear programme, those of limits turned to 0 or more."""
        year = self.year
        schools = year.visits.shape[1]
        meeting = np.zeros((schools, schools))
        for (one, other), row in self.meeting.items():
            meeting[one, other] = meeting[other, one] = max(0.0, -row.dual_value())
        repeat = max(0.0, -self.repeat.dual_value()) if self.allowed else float(meeting.max(initial=0.0)) + 1
        return Duals(
            visit=np.array([[row.dual_value() for row in rows] for rows in self.visit]),
            meeting=meeting,
            repeat=np.array(repeat),
            turn=np.array([max(0.0, -row.dual_value()) for row in self.turn]),
            session=np.array([row.dual_value() for row in self.session]),
            minute=np.array([max(0.0, -row.dual_value()) for row in self.minute] or [0.0] * schools) + (not self.worst),
            cut=np.array([max(0.0, -row.dual_value()) for row in self.cut]),
        )

    def add(self, kind: int, host: int, members: tuple[int, ...]) -> bool:
        """Add one column; tell whether it is new."""
        if (kind, host, members) in self.known:
            return False
        column: pywraplp.Variable = self.lp.NumVar(0, self.lp.infinity(), "")
        minutes = self.year.minutes[list(members), host]
        if not self.worst:
            self.lp.Objective().SetCoefficient(column, float(minutes.sum()))
        for who, cost in zip(members, minutes, strict=True):
            self.visit[kind][who].SetCoefficient(column, 1.0)
            if self.minute:
                self.minute[who].SetCoefficient(column, float(cost))
        for pair in combinations(members, 2) if self.meeting else ():
            self.meeting[pair].SetCoefficient(column, 1.0)
        self.turn[host].SetCoefficient(column, 1.0)
        self.session[kind].SetCoefficient(column, 1.0)
        among = sum(1 << who for who in members)
        for cut, mask, row in zip(self.cuts, self.masks, self.cut, strict=True):
            if weight := cut.weight(host, (mask & among).bit_count()):
                row.SetCoefficient(column, float(weight))
        self.known[kind, host, members] = column
        return True

    def beyond(self) -> list[Cut]:
        """List cuts that the solution goes beyond."""
        shares = [(one, variable.solution_value()) for one, variable in self.known.items()]
        taken = [(one, share) for one, share in shares if share > TAKEN]
        members = np.zeros((len(taken), self.year.visits.shape[1]), dtype=np.bool_)
        for row, ((_, _, who), _) in enumerate(taken):
            members[row, list(who)] = True
        host = np.array([host for (_, host, _), _ in taken], dtype=np.int64)
        share = np.array([share for _, share in taken])
        return violated(members, host, share, self.year.turns)

    def mind(self, cuts: list[Cut]) -> None:
        """Add cuts, with the columns so far in them."""
        self.cuts += cuts
        self.masks += [one.mask for one in cuts]
        rows = [self.lp.Constraint(-self.lp.infinity(), float(one.most)) for one in cuts]
        self.cut += rows
        for (_, host, members), column in self.known.items():
            among = sum(1 << who for who in members)
            for cut, row in zip(cuts, rows, strict=True):
                if weight := cut.weight(host, (cut.mask & among).bit_count()):
                    row.SetCoefficient(column, float(weight))
