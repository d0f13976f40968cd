"""What now that a mentor leaves? The repaired plan with the fewest changes, and what more changes would bring."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.engine.flow.problem import Problem
from matcher.matching.assign import assign, engine_for, plan_from
from matcher.matching.goals import previous_pairs
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import Verdicts, judge

LADDER_SECONDS = 20.0
"""Time for one rung; a rung that is not proven by then says so."""


@dataclass(frozen=True, slots=True)
class Rung:
    """The best plan that lets at most `moves` more pairs of the previous plan go than a rerun needs."""

    moves: int
    plan: Plan


def rerun(given: Round, previous: Plan, withdrawn: Mapping[str, str], verdicts: Verdicts | None = None) -> Plan:
    """Solve a round again after a plan was published: fewest changes first, then the goals as always.

    `given` may itself differ from before (fewer half-days, a school that left, a mentor who joined);
    `withdrawn` maps mentors who leave to the reason.
    """
    return assign(changed_round(given, previous, withdrawn), verdicts)


def changed_round(given: Round, previous: Plan, withdrawn: Mapping[str, str]) -> Round:
    """Give the round that a rerun solves; the required agreements of who leaves rest."""
    changed = replace(given, previous=previous, withdrawn={**given.withdrawn, **withdrawn})
    return let_rest(changed, withdrawn)


def let_rest(given: Round, left: Container[str]) -> Round:
    """Leave out the required agreements of mentors who left: nobody can be held to them, until the mentor is back."""
    kept = tuple(lock for lock in given.locks if lock.kind != "required" or lock.mentor not in left)
    return replace(given, locks=kept)


def ladder(given: Round, *, most: int | None = None, verdicts: Verdicts | None = None) -> tuple[Rung, ...]:
    """Give the best plan with 0, 1, 2 ... more moves than a rerun needs, until more bring nothing.

    A move is a pair of the previous plan that goes.

    `given.previous` must be there. A rung stands in the ladder only where it is better than the one
    before; `most` ends it early. Few-changes plans are no network: CP-SAT proves each rung.
    """
    verdicts = judge(given) if verdicts is None else verdicts
    facts = Facts(given, verdicts)
    first = assign(given, verdicts)
    rungs = [Rung(0, first)]
    if first.conflict is not None:
        return tuple(rungs)
    free = _best(facts, None)
    needed, wanted = _gone(facts, first), _gone(facts, free)
    for more in range(1, min(wanted - needed, most if most is not None else wanted) + 1):
        plan = free if more == wanted - needed else _best(facts, needed + more)
        if _rank(plan) != _rank(rungs[-1].plan):
            rungs.append(Rung(more, plan))
    return tuple(rungs)


def _best(facts: Facts, most_gone: int | None) -> Plan:
    """Solve with changes as the last goal instead of an early one."""
    problem = problem_of(facts)
    goals = (*(name for name in problem.goals if name != "changes"), "changes")
    gone_anyway = _gone_anyway(facts, problem)
    bound = None if most_gone is None else most_gone - gone_anyway
    problem = replace(problem, goals=goals, most_gone=bound)
    solve, engine = engine_for(problem, LADDER_SECONDS)
    solution = solve(problem, None, None)
    if solution.chosen is None:
        return assign(facts.given, facts.verdicts)
    return plan_from(facts, problem, solution.chosen, solution.levels, engine)


def _gone_anyway(facts: Facts, problem: Problem) -> int:
    """Count previous pairs that are possible no more; they are changes whatever is chosen."""
    return len(previous_pairs(facts)) - int(problem.kept.sum())


def _gone(facts: Facts, plan: Plan) -> int:
    """Count the previous pairs that a plan lets go."""
    now = {(pair.school, pair.mentor) for pair in plan.pairs}
    return sum(pair not in now for pair in previous_pairs(facts))


def _rank(plan: Plan) -> tuple[object, ...]:
    return tuple(
        (goal.name, goal.value) for goal in sorted(plan.goals, key=lambda goal: goal.name) if goal.name != "changes"
    )
