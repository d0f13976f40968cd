"""How are the goals reached when a rule is no network? CP-SAT, one goal at a time, from the network's plan.

Also the second opinion: on network rules it must reach the same value on every goal.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.calls import Flags, Progress, Stop
from matcher.engine.flow.problem import TOP_POINTS, Level, Problem, Solution, goal_values
from matcher.engine.flow.solve import solve_network
from matcher.engine.stopping import stopping


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """A CP-SAT model: a literal per pair, and per school and place whether it is filled."""

    model: cp_model.CpModel
    pair: list[cp_model.IntVar]
    place: list[list[cp_model.IntVar]]
    worst: cp_model.IntVar


def searcher(seconds: float) -> Callable[[Problem, Progress | None, Stop | None], Solution]:
    """Make a solver with `seconds` of time for all goals together; it keeps the best when time is up."""

    def solve(problem: Problem, progress: Progress | None, stop: Stop | None) -> Solution:
        return solve_search(problem, seconds, progress, stop)

    return solve


def solve_search(
    problem: Problem, seconds: float, progress: Progress | None = None, stop: Stop | None = None
) -> Solution:
    """Reach the goals in order; every goal that could not be proven in time says its bound."""
    built = _build(problem)
    hint = solve_network(replace(problem, exclusive=(), needs_one=(), most_gone=None, most_spread=None)).chosen
    deadline = time.monotonic() + seconds
    chosen: Flags | None = None
    levels: list[Level] = []
    steps = _steps(problem, built)
    for number, (name, objective, best_is_most) in enumerate(steps):
        if progress is not None:
            progress(name, number / len(steps))
        _hint(built, hint if chosen is None else chosen)
        (built.model.maximize if best_is_most else built.model.minimize)(objective)
        found, level = _solve(name, built, max(0.0, deadline - time.monotonic()), stop)
        chosen = chosen if found is None else found
        levels.append(level)
        if not level.proven:
            break
        built.model.add(objective == level.value)
    return _solution(problem, chosen, levels)


def can_hold(problem: Problem, seconds: float) -> bool:
    """Tell whether any plan keeps all required pairs and clauses; without an answer in time, assume so."""
    built = _build(problem)
    _, level = _solve("possible", built, seconds, None)
    return level.value != -1


def _build(problem: Problem) -> _Model:
    model = cp_model.CpModel()
    pair = [model.new_bool_var("") for _ in range(problem.pairs)]
    place = [[model.new_bool_var("") for _ in range(int(asked))] for asked in problem.demand]
    worst = model.new_int_var(0, TOP_POINTS, "worst")
    built = _Model(model, pair, place, worst)
    _add_rooms(problem, built)
    _add_clauses(problem, built)
    for number, points in enumerate(problem.points):
        if points < TOP_POINTS:
            model.add(worst <= int(points)).only_enforce_if(pair[number])
    return built


def _add_rooms(problem: Problem, built: _Model) -> None:
    """Add the network's rules: places, mentors' and companies' room, a company once per school."""
    model, pair = built.model, built.pair
    for places, numbers in zip(built.place, _rows(problem.school, len(problem.demand)), strict=True):
        model.add(sum(pair[number] for number in numbers) == sum(places))
        for earlier, later in pairwise(places):
            model.add_implication(later, earlier)
    company = problem.company[problem.mentor]
    for of, room in ((problem.mentor, problem.capacity), (company, problem.company_limit)):
        for limit, numbers in zip(room.tolist(), _rows(of, len(room)), strict=True):
            if len(numbers) > limit:
                model.add(sum(pair[number] for number in numbers) <= limit)
    _, group = np.unique(problem.school * len(problem.company_limit) + company, return_inverse=True)
    for numbers in _rows(group, int(group.max(initial=-1)) + 1):
        model.add_at_most_one(pair[number] for number in numbers)


def _add_clauses(problem: Problem, built: _Model) -> None:
    """Add required pairs and the rules that are no network."""
    model, pair = built.model, built.pair
    for number in np.nonzero(problem.required)[0].tolist():
        model.add(pair[number] == 1)
    if problem.most_gone is not None:
        kept = np.nonzero(problem.kept)[0].tolist()
        model.add(sum(pair[number] for number in kept) >= len(kept) - problem.most_gone)
    if problem.most_spread is not None:
        model.add(_spread(problem, built) <= problem.most_spread)
    for one, other in problem.exclusive:
        model.add_at_most_one(pair[one], pair[other])
    for one, others in problem.needs_one:
        model.add_bool_or([pair[one].negated(), *(pair[other] for other in others)])


def _rows(of: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> list[list[int]]:
    """Give the pair numbers of every group 0 .. count - 1."""
    order = np.argsort(of, kind="stable")
    ends = np.cumsum(np.bincount(of, minlength=count))
    return [part.tolist() for part in np.split(order, ends[:-1])] if count else []


def _steps(problem: Problem, built: _Model) -> list[tuple[str, cp_model.LinearExprT, bool]]:
    most = max((len(one) for one in built.place), default=0)
    steps: list[tuple[str, cp_model.LinearExprT, bool]] = [
        ("places_filled", sum(one[place] for one in built.place if len(one) > place), True) for place in range(most)
    ]
    weighted = cp_model.LinearExpr.weighted_sum
    per_goal: dict[str, tuple[cp_model.LinearExprT, bool]] = {
        "reserves_used": (weighted(built.pair, problem.reserve[problem.mentor].astype(int).tolist()), False),
        "stranded": (_stranded(problem, built), False),
        "changes": (_changes(problem, built), False),
        "worst_pair": (built.worst, True),
        "points": (weighted(built.pair, problem.points.tolist()), True),
        "spread": (_spread(problem, built), False),
        "travel_minutes": (weighted(built.pair, problem.minutes.tolist()), False),
    }
    steps += [(name, *per_goal[name]) for name in problem.goals]
    return [*steps, ("tie", weighted(built.pair, problem.tie.tolist()), False)]


def _stranded(problem: Problem, built: _Model) -> cp_model.LinearExprT:
    first = [places[0] for places, had in zip(built.place, problem.had.tolist(), strict=True) if had and places]
    return int(problem.had.sum()) - sum(first)


def _spread(problem: Problem, built: _Model) -> cp_model.LinearExprT:
    """Count the schools of each mentor beyond the first."""
    beyond = []
    for limit, numbers in zip(problem.capacity.tolist(), _rows(problem.mentor, len(problem.capacity)), strict=True):
        if min(limit, len(numbers)) > 1:
            beyond.append(built.model.new_int_var(0, limit - 1, ""))
            built.model.add(beyond[-1] >= sum(built.pair[number] for number in numbers) - 1)
    return sum(beyond)


def _changes(problem: Problem, built: _Model) -> cp_model.LinearExprT:
    """Count kept pairs that go, and new pairs at each school beyond the places that were left there."""
    terms = [-built.pair[number] for number in np.nonzero(problem.kept)[0].tolist()]
    for school, numbers in enumerate(_rows(problem.school, len(problem.demand))):
        new = [built.pair[one] for one in numbers if not problem.kept[one]]
        room, asked = int(problem.left[school]), int(problem.demand[school])
        if room < min(asked, len(new)):
            beyond = built.model.new_int_var(0, asked, "")
            built.model.add(beyond >= sum(new) - room)
            terms.append(beyond)
    return int(problem.kept.sum()) + cp_model.LinearExpr.sum(terms)


def _hint(built: _Model, chosen: Flags | None) -> None:
    built.model.clear_hints()  # type: ignore[no-untyped-call]
    if chosen is not None:
        for variable, value in zip(built.pair, chosen.tolist(), strict=True):
            built.model.add_hint(variable, value)


def _solve(name: str, built: _Model, seconds: float, stop: Stop | None) -> tuple[Flags | None, Level]:
    """Solve for the model's objective; a level of value -1 says that nothing is possible."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 0
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = seconds
    with stopping(solver, stop):
        status = solver.solve(built.model)
    if status == cp_model.INFEASIBLE:
        return None, Level(name, -1, None, proven=False)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, Level(name, 0, None, proven=False)
    chosen = np.array([solver.boolean_value(one) for one in built.pair], dtype=np.bool_)
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return chosen, Level(name, value, bound, proven=status == cp_model.OPTIMAL)


def _solution(problem: Problem, chosen: Flags | None, levels: list[Level]) -> Solution:
    """Fold the places' levels into one."""
    if chosen is None:
        return Solution(None, (), complete=False)
    values = goal_values(problem, chosen)
    places = [level for level in levels if level.name == "places_filled"]
    most = int(problem.demand.max(initial=1))
    proven_places = len(places) == most and all(level.proven for level in places)
    bound = tuple(level.bound for level in places if isinstance(level.bound, int))
    told = {level.name: level for level in levels}
    result = [Level("places_filled", values["places_filled"], bound if len(bound) == most else None, proven_places)]
    for name in problem.goals:
        level = told.get(name)
        result.append(
            Level(name, values[name], None if level is None else level.bound, level is not None and level.proven)
        )
    complete = bool(levels) and levels[-1].name == "tie" and levels[-1].proven
    return Solution(chosen, tuple(result), complete)
