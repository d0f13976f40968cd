"""PuLP with the CBC that it brings along: most points, told how many places can be filled. One level alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pulp

from benchmarks.answer import Answer
from benchmarks.peers.arcs import most_places
from benchmarks.peers.rows import lay_rows

if TYPE_CHECKING:
    from matcher.engine.flow.problem import Problem


def solve(problem: Problem, seconds: float) -> Answer:
    """State the rows, solve, read the pairs back."""
    rows = lay_rows(problem)
    pairs = len(problem.school)
    model = pulp.LpProblem("round", pulp.LpMaximize)
    columns = [pulp.LpVariable(f"x{one}", 0, 1, pulp.LpInteger) for one in range(rows.matrix.shape[1])]
    model += pulp.LpAffineExpression(zip(columns[:pairs], problem.points.tolist(), strict=True))
    starts, indices, factors = rows.matrix.indptr.tolist(), rows.matrix.indices.tolist(), rows.matrix.data.tolist()
    for row, high in enumerate(rows.high.tolist()):
        part = slice(starts[row], starts[row + 1])
        terms = pulp.LpAffineExpression(zip([columns[one] for one in indices[part]], factors[part], strict=True))
        sense = pulp.LpConstraintEQ if row < len(problem.demand) else pulp.LpConstraintLE
        model += pulp.LpConstraint(terms, sense, rhs=high)
    model += pulp.lpSum(columns[pairs:]) >= most_places(problem)
    status = model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=0.0, threads=1))
    chosen = np.nonzero([round(column.value() or 0) for column in columns[:pairs]])[0]
    optimal = status == pulp.LpStatusOptimal and model.sol_status == pulp.LpSolutionOptimal
    return Answer(chosen, (), "" if optimal else f"not proven after {seconds:g} s")
