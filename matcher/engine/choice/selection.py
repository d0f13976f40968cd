"""Which whole numbers keep all rows and are best, goal after goal? For small questions such as who is chosen.

CP-SAT, one goal at a time; a goal that is reached becomes a row, and the next goal follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

Terms = tuple[tuple[int, int], ...]
"""(number of the variable, factor)."""

Verdict = Literal["proven", "feasible", "impossible", "unknown"]


@dataclass(frozen=True, slots=True)
class Row:
    """`low <= sum of factor x variable <= high`."""

    low: int
    terms: Terms
    high: int


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal: the sum of factor x variable, to be as large (`most`) or as small as possible."""

    name: str
    terms: Terms
    most: bool


@dataclass(frozen=True, slots=True)
class Small:
    """Variables 0 .. `tops[i]`, the rows they keep, and the goals in order."""

    tops: tuple[int, ...]
    rows: tuple[Row, ...]
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal's value and the best that is possible as far as known."""

    name: str
    value: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The best values; empty with verdict `impossible` (proven) or `unknown` (time was up)."""

    verdict: Verdict
    values: tuple[int, ...] = ()
    reached: tuple[Reached, ...] = ()


def best_of(small: Small, effort: float = 60.0, *, until_other: Best | None = None) -> Best:
    """Reach the goals in order; `effort` is deterministic seconds for each, the same on every machine.

    Goals after one that is not proven keep the value found so far and are not called proven. With `until_other` the
    goals after the first with another value than there are left out.
    """
    before = {one.name: one.value for one in until_other.reached} if until_other is not None else {}
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, top, "") for top in small.tops]
    for row in small.rows:
        model.add_linear_constraint(_sum(variables, row.terms), row.low, row.high)
    values: tuple[int, ...] = ()
    reached: list[Reached] = []
    for aim in small.aims or (Aim("possible", (), most=True),):
        bound, proven = None, all(one.proven for one in reached)
        if proven:
            verdict, found, bound = _reach(model, variables, aim, values, effort)
            if not found and not values:
                return Best(verdict)
            values, proven = found or values, verdict == "proven"
        value = sum(factor * values[number] for number, factor in aim.terms)
        reached.append(Reached(aim.name, value, value if bound is None else bound, proven))
        if before.get(aim.name, value) != value:
            break
        model.add(_sum(variables, aim.terms) == value)
    return Best("proven" if all(one.proven for one in reached) else "feasible", values, tuple(reached))


def _sum(variables: list[cp_model.IntVar], terms: Terms) -> cp_model.LinearExpr:
    chosen, factors = [variables[number] for number, _ in terms], [factor for _, factor in terms]
    return cp_model.LinearExpr.weighted_sum(chosen, factors)


def _reach(
    model: cp_model.CpModel, variables: list[cp_model.IntVar], aim: Aim, known: tuple[int, ...], effort: float
) -> tuple[Verdict, tuple[int, ...], int]:
    """Solve for one goal; give the verdict, the values (empty where none was found) and the bound."""
    model.clear_hints()  # type: ignore[no-untyped-call]
    for variable, value in zip(variables, known, strict=False):
        model.add_hint(variable, value)
    (model.maximize if aim.most else model.minimize)(_sum(variables, aim.terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return "impossible", (), 0
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return "unknown", (), 0
    values = tuple(solver.value(one) for one in variables)
    bound = round(solver.best_objective_bound)
    return ("proven" if status == cp_model.OPTIMAL else "feasible"), values, bound
