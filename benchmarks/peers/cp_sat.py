"""CP-SAT, goal by goal, each solve hinted with the last plan; and for one level alone, the points.

Settings: one worker, or two; `linearization_level=2`, presolve off, all rows in the LP from the start
(`add_lp_constraints_lazily=False`). Tried and not faster: presolve on, `linearization_level` 1, no cuts, a longer
root LP, tree search on the bound, core-based search, four and eight workers, no large-neighbourhood search, and its
defaults (not proven within a minute at 300 x 1,000).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.answer import Answer
from benchmarks.peers.rows import Rows, gain, lay_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matcher.engine.flow.problem import Problem

SETTINGS = {
    "linearization_level": 2,
    "cp_model_presolve": False,
    "add_lp_constraints_lazily": False,
}


@dataclass(slots=True)
class Model:
    """A problem in CP-SAT, and the best columns so far."""

    model: cp_model.CpModel
    columns: list[cp_model.IntVar]
    rows: Rows
    deadline: float
    workers: int
    best: list[int] = field(default_factory=list)

    def solve(self, closed: NDArray[np.int64] | None = None) -> bool | None:
        """Solve, with some columns kept at 0: True when proven best, False when impossible, None when out of time."""
        solver = cp_model.CpSolver()
        for name, value in SETTINGS.items():
            setattr(solver.parameters, name, value)
        solver.parameters.num_workers = self.workers
        solver.parameters.max_time_in_seconds = max(0.01, self.deadline - time.monotonic())
        model = self.model
        if closed is not None:
            model = self.model.clone()
            model.clear_objective()
            model.add(sum(model.get_int_var_from_proto_index(self.columns[one].index) for one in closed) == 0)
        status = solver.solve(model)
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            self.best = list(solver.response_proto.solution)[: len(self.columns)]
            self.model.clear_hints()
            for column, value in zip(self.columns, self.best, strict=True):
                self.model.add_hint(column, value)
        return {cp_model.OPTIMAL: True, cp_model.INFEASIBLE: False}.get(status)


def solve(problem: Problem, seconds: float, workers: int = 1) -> Answer:
    """Reach all goals in order."""
    model = _build(problem, seconds, workers)
    proven: list[str] = []
    for goal in ("places_filled", *problem.goals):
        if goal == "worst_pair":
            done = _raise_worst(problem, model)
        else:
            cost = gain(problem, goal, model.rows)
            done = not cost.any() or _reach(model, cost)
        if not done:
            return Answer(_pairs(problem, model), tuple(proven), f"stopped after {seconds:g} s in {goal}")
        proven.append(goal)
    return Answer(_pairs(problem, model), tuple(proven))


def two_workers(problem: Problem, seconds: float) -> Answer:
    """Reach all goals in order with two workers at a time."""
    return solve(problem, seconds, workers=2)


def points(problem: Problem, seconds: float) -> Answer:
    """Reach most points with as many places filled as can be, first or second alike, as the floor does."""
    model = _build(problem, seconds)
    places = np.zeros(len(model.columns), dtype=np.int64)
    places[: len(problem.school)] = 1
    _reach(model, places)
    done = _reach(model, gain(problem, "points", model.rows))
    return Answer(_pairs(problem, model), (), "" if done else f"not proven after {seconds:g} s")


def _pairs(problem: Problem, model: Model) -> NDArray[np.int64]:
    return np.nonzero(np.array(model.best[: len(problem.school)], dtype=np.int64))[0]


def _reach(model: Model, cost: NDArray[np.int64]) -> bool:
    """Maximise one goal, and keep it there."""
    used = np.nonzero(cost)[0].tolist()
    total = cp_model.LinearExpr.weighted_sum([model.columns[one] for one in used], cost[used].tolist())
    model.model.maximize(total)
    done = model.solve() is True
    if model.best:
        model.model.add(total >= int(cost @ np.array(model.best)))
    return done


def _raise_worst(problem: Problem, model: Model) -> bool:
    """Search the threshold below which all pairs can be closed, starting from the plan at hand."""
    steps = np.unique(problem.points)

    def reached() -> int:
        worst = problem.points[_pairs(problem, model)].min(initial=1000)
        return min(int(np.searchsorted(steps, worst)), len(steps) - 1)

    low, high = reached(), len(steps)
    while high - low > 1:
        middle = (low + high) // 2
        possible = model.solve(np.nonzero(problem.points < steps[middle])[0])
        if possible is None:
            return False
        low, high = (max(middle, reached()), high) if possible else (low, middle)
    closed = np.nonzero(problem.points < steps[low])[0]
    model.model.add(sum(model.columns[one] for one in closed) == 0)
    return True


def _build(problem: Problem, seconds: float, workers: int = 1) -> Model:
    """Say the rows: at most one where it is that, else a sum."""
    deadline = time.monotonic() + seconds
    rows = lay_rows(problem)
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in range(rows.matrix.shape[1])]
    starts, indices, factors = rows.matrix.indptr.tolist(), rows.matrix.indices.tolist(), rows.matrix.data.tolist()
    for row, high in enumerate(rows.high.tolist()):
        part = slice(starts[row], starts[row + 1])
        ours = [columns[one] for one in indices[part]]
        if row < len(problem.demand):
            model.add(cp_model.LinearExpr.weighted_sum(ours, factors[part]) == 0)
        elif high == 1 and min(factors[part], default=1) > 0:
            model.add_at_most_one(ours)
        else:
            model.add(cp_model.LinearExpr.weighted_sum(ours, factors[part]) <= high)
    for pair in np.nonzero(problem.required)[0].tolist():
        model.add(columns[pair] == 1)
    return Model(model, columns, rows, deadline, workers)
