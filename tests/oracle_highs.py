"""What is the best plan, solved goal by goal by HiGHS as one integer model?

The rules as rows, nothing else: no network, no theory of flows, no code of the matcher. One goal at a time;
a goal that is reached becomes a row, and the next goal follows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import highspy

from tests.oracle import keeps_rules, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.oracle import Numbers, SchoolAndMentor, Values

HIGHEST_POINTS = 1000


class Impossible(Exception):  # noqa: N818  # an answer, not a failure
    """No plan keeps the rules."""


@dataclass(slots=True)
class Model:
    """The rules of one round as a HiGHS model, with the column of every decision."""

    solver: highspy.Highs
    pair: dict[SchoolAndMentor, int] = field(default_factory=dict)
    place: dict[tuple[int, int], int] = field(default_factory=dict)
    worst: int = -1

    def column(self, low: int, high: int) -> int:
        """Add a whole-number column and give its number."""
        place = self.solver.getNumCol()
        self.solver.addVar(low, high)
        self.solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        return place

    def row(self, low: float, terms: Iterable[tuple[int, int]], high: float) -> None:
        """Add `low <= sum of factor x column <= high`."""
        terms = [(column, factor) for column, factor in terms if factor]
        self.solver.addRow(low, high, len(terms), [column for column, _ in terms], [factor for _, factor in terms])

    def most(self, terms: list[tuple[int, int]]) -> int:
        """Give the highest value that the terms can have, and keep them there; raise Impossible."""
        columns = list(range(self.solver.getNumCol()))
        factors = dict(terms)
        self.solver.changeColsCost(len(columns), columns, [float(factors.get(one, 0)) for one in columns])
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            # HiGHS 1.16 loses itself in the presolve of a few models: "no" is only believed without it.
            self.solver.clearSolver()
            self.solver.setOptionValue("presolve", "off")
            self.solver.run()
            self.solver.setOptionValue("presolve", "choose")
            status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Impossible
        if status != highspy.HighsModelStatus.kOptimal:
            message = f"HiGHS stopped at {status}"
            raise RuntimeError(message)
        value = sum(factor * self.chosen(column) for column, factor in terms)
        self.row(value, terms, highspy.kHighsInf)
        return value

    def chosen(self, column: int) -> int:
        """Give the whole value of a column in the last solution."""
        return round(self.solver.getSolution().col_value[column])


def best_by_highs(numbers: Numbers) -> Values | None:
    """Give the best value of every goal, in the policy's order; None where no plan keeps the rules."""
    if numbers.contradictory:
        return None
    model = _rules(numbers)
    try:
        reached = {goal: _reach(model, numbers, goal) for goal in numbers.goals}
    except Impossible:
        return None
    pairs = frozenset(pair for pair, column in model.pair.items() if model.chosen(column))
    if not keeps_rules(numbers, pairs) or values_of(numbers, pairs) != reached:
        message = f"HiGHS says {reached}, its pairs give {values_of(numbers, pairs)}"
        raise RuntimeError(message)
    return reached


def _reach(model: Model, numbers: Numbers, goal: str) -> int | tuple[int, ...]:
    """Solve for one goal."""
    if goal == "places_filled":
        return tuple(
            model.most([(column, 1) for (_, place), column in model.place.items() if place == level])
            for level in range(max(numbers.wanted, default=0))
        )
    if goal in ("reserves_used", "stranded", "changes"):
        return _reach_on_rerun(model, numbers, goal)
    return _reach_of_pairs(model, numbers, goal)


def _reach_of_pairs(model: Model, numbers: Numbers, goal: str) -> int:
    """Solve for a goal that says how good the pairs are."""
    if goal == "worst_pair":
        return model.most([(model.worst, 1)])
    if goal == "spread":
        return -model.most([*((column, -1) for column in model.pair.values()), *((one, 1) for one in _at_work(model))])
    if goal == "points":
        return model.most([(column, numbers.points[pair]) for pair, column in model.pair.items()])
    return -model.most([(column, -numbers.minutes[pair]) for pair, column in model.pair.items()])


def _reach_on_rerun(model: Model, numbers: Numbers, goal: str) -> int:
    if goal == "reserves_used":
        return -model.most([(column, -1) for pair, column in model.pair.items() if pair[1] in numbers.reserve])
    if goal == "stranded":
        return len(numbers.had) - model.most([(model.place[school, 0], 1) for school in numbers.had])
    kept = [(model.pair[pair], 1) for pair in numbers.previous if pair in model.pair]
    return len(numbers.previous) - model.most([*kept, *((column, -1) for column in _beyond(model, numbers))])


def _beyond(model: Model, numbers: Numbers) -> list[int]:
    """State how many new pairs each school of a rerun has beyond those that its leavers make room for."""
    columns = []
    for school in range(len(numbers.wanted)) if numbers.rerun else ():
        column = model.column(0, 3)
        new = [
            (model.pair[school, one], -1) for one in numbers.of_school(school) if (school, one) not in numbers.previous
        ]
        model.row(-numbers.left.get(school, 0), [(column, 1), *new], highspy.kHighsInf)
        columns.append(column)
    return columns


def _at_work(model: Model) -> list[int]:
    """State which mentors have a school: a column each, at most 1."""
    columns = []
    for mentor in sorted({mentor for _, mentor in model.pair}):
        column = model.column(0, 1)
        theirs = [(one, 1) for pair, one in model.pair.items() if pair[1] == mentor]
        model.row(0, [*theirs, (column, -1)], highspy.kHighsInf)
        columns.append(column)
    return columns


def _rules(numbers: Numbers) -> Model:
    """State the rules: one column per possible pair, one per place of a school, one for the worst pair."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0), ("threads", 1)):
        solver.setOptionValue(option, value)
    model = Model(solver)
    model.pair = {pair: model.column(int(pair in numbers.required), 1) for pair in numbers.points}
    model.worst = model.column(0, HIGHEST_POINTS)
    for school, wanted in enumerate(numbers.wanted):
        mentors = [(model.pair[school, mentor], 1) for mentor in numbers.of_school(school)]
        places = [model.column(0, 1) for _ in range(wanted)]
        model.place |= {(school, number): column for number, column in enumerate(places)}
        model.row(0, [*mentors, *((column, -1) for column in places)], 0)
        for earlier, later in pairwise(places):
            model.row(0, [(earlier, 1), (later, -1)], 1)
        _extra_rules(model, numbers, school)
    for pair, column in model.pair.items():
        model.row(0, [(model.worst, 1), (column, HIGHEST_POINTS - numbers.points[pair])], HIGHEST_POINTS)
    _limits(model, numbers)
    return model


def _limits(model: Model, numbers: Numbers) -> None:
    """State what mentors and companies can bear."""
    for mentor, capacity in enumerate(numbers.capacity):
        model.row(0, [(column, 1) for pair, column in model.pair.items() if pair[1] == mentor], capacity)
    for company in set(numbers.company):
        ours = {pair: column for pair, column in model.pair.items() if numbers.company[pair[1]] == company}
        model.row(0, [(column, 1) for column in ours.values()], numbers.limits.get(company, highspy.kHighsInf))
        for school in {school for school, _ in ours}:
            model.row(0, [(column, 1) for pair, column in ours.items() if pair[0] == school], 1)


def _extra_rules(model: Model, numbers: Numbers, school: int) -> None:
    """State, where the policy asks so, a half-day shared by two or more and a mentor from a wished sector."""
    mentors = numbers.of_school(school)
    if numbers.shared is not None and (school, 1) in model.place:
        days = sorted({day for mentor in mentors for day in numbers.shared[school, mentor]})
        chosen = {day: model.column(0, 1) for day in days}
        model.row(0, [(column, 1) for column in chosen.values()], 1)
        several = (model.place[school, 1], 1)
        for mentor in mentors:
            common = [(chosen[day], -1) for day in numbers.shared[school, mentor]]
            model.row(-highspy.kHighsInf, [(model.pair[school, mentor], 1), several, *common], 1)
    if numbers.wished_sector is not None:
        wished = [(model.pair[school, mentor], -1) for mentor in mentors if mentor in numbers.wished_sector]
        for mentor in mentors:
            if mentor not in numbers.wished_sector:
                model.row(-highspy.kHighsInf, [(model.pair[school, mentor], 1), *wished], 0)
