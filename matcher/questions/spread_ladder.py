"""What does it cost to give more mentors a school? The best plan with one, two ... fewer second schools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matcher.domain.plan import GoalValue, Plan
from matcher.engine.flow.problem import Problem, goal_values
from matcher.matching.assign import engine_for, plan_from
from matcher.matching.solved import Solved
from matcher.questions.price import losses_between

RUNG_SECONDS = 20.0
"""Time for one rung; a rung that is not proven by then says so."""


@dataclass(frozen=True, slots=True)
class SpreadRung:
    """The best plan with at least `fewer` second and further schools less, and what it loses on each goal."""

    fewer: int
    plan: Plan
    losses: Mapping[str, GoalValue]


def spread_ladder(asked: Solved, *, most: int | None = None) -> tuple[SpreadRung, ...]:
    """Give for 1, 2 ... fewer schools beyond a mentor's first the best plan, as far as no place is lost for it.

    `most` ends it early. A rung that the one before reached already is left out. Bounded plans are no network: CP-SAT
    proves each rung.
    """
    return tuple(_rungs(asked, most))


def _rungs(asked: Solved, most: int | None) -> Iterator[SpreadRung]:
    now = _spread(asked.plan)
    lowest = _lowest(asked.problem)
    if lowest is None:
        return
    reached = now
    while reached > lowest and (most is None or now - reached < most):
        plan = _best(asked, replace(asked.problem, most_spread=reached - 1))
        if plan is None:
            return
        fewer = now - reached + 1
        reached = _spread(plan)
        yield SpreadRung(fewer, plan, losses_between(asked.plan, plan))


def _best(asked: Solved, problem: Problem) -> Plan | None:
    solve, engine = engine_for(problem, RUNG_SECONDS)
    found = solve(problem, None, None)
    if found.chosen is None:
        return None
    return plan_from(asked.facts, problem, found.chosen, found.levels, engine)


def _lowest(problem: Problem) -> int | None:
    """Give the fewest schools beyond the first with as many places filled; None where there was no time for it."""
    first = ("spread", *(name for name in problem.goals if name != "spread"))
    solve, _ = engine_for(problem, RUNG_SECONDS)
    found = solve(replace(problem, goals=first), None, None)
    value = None if found.chosen is None else goal_values(problem, found.chosen)["spread"]
    return value if isinstance(value, int) else None


def _spread(plan: Plan) -> int:
    """Count the schools beyond each mentor's first; plans of older orders of goals do not tell."""
    return len(plan.pairs) - len({pair.mentor for pair in plan.pairs})
