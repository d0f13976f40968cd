"""On what do all questions about a plan stand? The round, its verdicts, and the plan in the engine's arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.domain.document import inputs_hash
from matcher.domain.errors import InvalidValueError
from matcher.domain.find_named import find_named
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.engine.calls import Flags
from matcher.engine.flow.problem import Problem
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import Verdicts, judge


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A round with its plan: `chosen` flags the plan's pairs among the problem's."""

    facts: Facts
    problem: Problem
    chosen: Flags
    plan: Plan

    @property
    def given(self) -> Round:
        """The round."""
        return self.facts.given

    def ids(self, pair: int) -> tuple[str, str]:
        """Give school and mentor of a pair number."""
        given = self.given
        return given.schools[int(self.problem.school[pair])].id, given.mentors[int(self.problem.mentor[pair])].id


def solved(given: Round, plan: Plan, verdicts: Verdicts | None = None) -> Solved:
    """Join a plan to the round that it was made of.

    Raises InvalidValueError where the plan is of another round, or is a conflict or unfinished.
    """
    if plan.inputs_hash != inputs_hash(given):
        raise InvalidValueError("Dit plan is niet van deze gegevens gemaakt. Reken de ronde opnieuw uit.")
    if plan.status not in ("proven", "feasible"):
        raise InvalidValueError("Er is nog geen plan om vragen over te stellen.")
    facts = Facts(given, judge(given) if verdicts is None else verdicts)
    problem = problem_of(facts)
    wanted = {(facts.row[pair.school], facts.column[pair.mentor]) for pair in plan.pairs}
    cells = problem.school * len(given.mentors) + problem.mentor
    chosen = np.isin(cells, [row * len(given.mentors) + column for row, column in wanted])
    if int(chosen.sum()) != len(wanted):
        raise InvalidValueError("In dit plan staan koppels die niet (meer) kunnen. Reken de ronde opnieuw uit.")
    return Solved(facts, problem, chosen, plan)


def find_school(given: Round, text: str) -> str:
    """Give the id of the school with this id or name; raise InvalidValueError with the nearest where unknown."""
    return _find(text, {one.id: one.name for one in given.schools}, "school")


def find_mentor(given: Round, text: str) -> str:
    """Give the id of the mentor with this id or name; raise InvalidValueError with the nearest where unknown."""
    return _find(text, {one.id: one.name for one in given.mentors}, "mentor")


def _find(text: str, names: dict[str, str], what: str) -> str:
    remedy = f"Kijk het na in de gegevens; een nummer is bijvoorbeeld {min(names)}." if names else ""
    return find_named(text, names, what, remedy)
