"""On which moments do groups that are settled meet best? An exact choice by taste, spacing and closed days kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.calls import Stop
from matcher.engine.stopping import stopping
from matcher.engine.year.year_model import add_hint, build_year, new_solver, read_year
from matcher.engine.year.year_problem import Arrangement, Ints, YearProblem

MOST_GROUPS = 400
"""Groups above which moments stay as they are."""


def settle(given: YearProblem, plan: Arrangement) -> YearProblem:
    """Fix the groups and hosts of a plan, and leave its moments free."""
    hosts = np.arange(given.hosts)
    return replace(given, seat_pin=plan.group, barred=hosts != plan.host[:, :, None])


def date_groups(  # noqa: PLR0913 - the choices of a search, all by name
    given: YearProblem, plan: Arrangement, taste: Ints, *, effort: float = 5.0, seed: int = 0, stop: Stop | None = None
) -> tuple[Arrangement, bool]:
    """Choose moments with the most `taste` (r x g x d) in all, and tell whether that is proven.

    The plan must break no rule; it comes back as it was where the time is too short.
    """
    if int(given.groups.sum()) > MOST_GROUPS or (stop is not None and stop()):
        return plan, False
    model = build_year(settle(given, plan))
    add_hint(model, plan)
    model.model.maximize(sum(int(taste[key]) * literal for key, literal in model.moment.items()))
    solver = new_solver(effort, seed)
    with stopping(solver, stop):
        status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return plan, False
    return read_year(model, solver), status == cp_model.OPTIMAL
