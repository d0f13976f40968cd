"""HiGHS, goal by goal, in three ways.

`lp` keeps every goal that is reached as a row, with presolve off so that each solve starts from the last basis:
the fastest settings found among simplex (dual, primal) and interior point, presolve on and off. `lp_face` fixes
what has a reduced cost instead of adding a row: our own idea with HiGHS below it. `mip` says that columns are
whole numbers, as one must as soon as a rule is no network; default settings, no gap allowed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from benchmarks.answer import Answer
from benchmarks.peers.rows import Rows, gain, lay_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matcher.engine.flow.problem import Problem

INFINITY = highspy.kHighsInf
SLACK = 1e-6


class OutOfTimeError(Exception):
    """The time was up before a goal was proven."""


@dataclass(slots=True)
class Model:
    """A problem in HiGHS; `floor` and `roof` bound the columns as far as earlier goals settled them."""

    solver: highspy.Highs
    rows: Rows
    columns: NDArray[np.int32]
    floor: NDArray[np.float64]
    roof: NDArray[np.float64]
    deadline: float

    def solve(self, cost: NDArray[np.int64]) -> bool:
        """Maximise, False where nothing is possible; raise OutOfTimeError."""
        self.solver.changeColsCost(len(self.columns), self.columns, cost.astype(np.float64))
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(0.0, self.deadline - time.monotonic()))
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return False
        raise OutOfTimeError

    def solution(self) -> NDArray[np.int64]:
        """Give the columns' whole values."""
        return np.rint(self.solver.getSolution().col_value).astype(np.int64)

    def bound(self, roof: NDArray[np.float64]) -> None:
        """Put upper bounds on the columns for the solves to come."""
        self.solver.changeColsBounds(len(self.columns), self.columns, self.floor, roof)


def lp(problem: Problem, seconds: float) -> Answer:
    """Solve linear programs; their corners are whole because the rules are a network."""
    return _goals(problem, seconds, whole=False, face=False)


def lp_face(problem: Problem, seconds: float) -> Answer:
    """Solve linear programs, each on what the last one left free."""
    return _goals(problem, seconds, whole=False, face=True)


def mip(problem: Problem, seconds: float) -> Answer:
    """Solve integer programs."""
    return _goals(problem, seconds, whole=True, face=False)


def _goals(problem: Problem, seconds: float, *, whole: bool, face: bool) -> Answer:
    model = _build(problem, seconds, whole=whole)
    proven: list[str] = []
    columns = np.zeros(len(model.columns), dtype=np.int64)
    try:
        for goal in ("places_filled", *problem.goals):
            if goal == "worst_pair":
                columns = _raise_worst(problem, model, columns)
            elif (cost := gain(problem, goal, model.rows)).any():
                if not model.solve(cost):
                    raise RuntimeError(f"HiGHS finds nothing possible at {goal}")
                columns = model.solution()
                (_settle if face else _add_row)(model, cost, columns)
            proven.append(goal)
    except OutOfTimeError:
        return Answer(_pairs(problem, columns), tuple(proven), f"stopped after {seconds:g} s")
    return Answer(_pairs(problem, columns), tuple(proven))


def _pairs(problem: Problem, columns: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.nonzero(columns[: len(problem.school)])[0]


def _raise_worst(problem: Problem, model: Model, columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Search the threshold below which all pairs can be closed, by feasibility, starting from the plan at hand."""
    pairs = len(problem.school)
    steps, best = np.unique(problem.points), columns
    nothing = np.zeros(len(model.columns), dtype=np.int64)

    def reached() -> int:
        return int(np.searchsorted(steps, problem.points[_pairs(problem, best)].min(initial=1000)))

    def roof_at(step: int) -> NDArray[np.float64]:
        roof = model.roof.copy()
        roof[:pairs][problem.points < steps[step]] = 0
        return roof

    low, high = min(reached(), len(steps) - 1), len(steps)
    while high - low > 1:
        middle = (low + high) // 2
        roof = roof_at(middle)
        if (roof < model.floor).any():
            high = middle
            continue
        model.bound(roof)
        if model.solve(nothing):
            best = model.solution()
            low = max(middle, min(reached(), len(steps) - 1))
        else:
            high = middle
    model.roof = roof_at(low)
    model.bound(model.roof)
    return best


def _add_row(model: Model, cost: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
    """Keep a goal where it is by a row."""
    used = np.nonzero(cost)[0].astype(np.int32)
    model.solver.addRow(float(cost @ columns), INFINITY, len(used), used, cost[used].astype(np.float64))


def _settle(model: Model, _cost: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
    """Keep a goal where it is by fixing every column and row that has a price (complementary slackness)."""
    solution = model.solver.getSolution()
    priced = np.nonzero(np.abs(solution.col_dual) > SLACK)[0]
    model.floor[priced] = model.roof[priced] = columns[priced]
    model.bound(model.roof)
    values, duals = np.rint(solution.row_value), np.asarray(solution.row_dual)
    for row in np.nonzero(np.abs(duals) > SLACK)[0].tolist():
        model.solver.changeRowBounds(row, values[row], values[row])


def _build(problem: Problem, seconds: float, *, whole: bool) -> Model:
    deadline = time.monotonic() + seconds
    rows = lay_rows(problem)
    count = rows.matrix.shape[1]
    floor, roof = rows.floor.astype(np.float64), np.ones(count)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(count), floor, roof
    model.row_lower_, model.row_upper_ = rows.low.astype(np.float64), rows.high.astype(np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = rows.matrix.indptr, rows.matrix.indices
    model.a_matrix_.value_ = rows.matrix.data.astype(np.float64)
    model.sense_ = highspy.ObjSense.kMaximize
    if whole:
        model.integrality_ = np.full(count, highspy.HighsVarType.kInteger)
    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    for option, value in (options if whole else options | {"presolve": "off"}).items():
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return Model(solver, rows, np.arange(count, dtype=np.int32), floor, roof, deadline)
