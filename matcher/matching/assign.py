"""Who is matched with whom? A round goes in; a plan comes out, with its proof, or a conflict in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matcher.domain.absence_claim import AgreementsClash, Stopped
from matcher.domain.document import inputs_hash
from matcher.domain.package_versions import versions
from matcher.domain.plan import Conflict, Engine, Goal, GoalValue, Pair, Plan, PlanStatus
from matcher.domain.round import NO_REASON, Round
from matcher.engine.calls import Flags, Progress, Stop
from matcher.engine.flow.problem import Level, Problem, Solution
from matcher.engine.flow.solve import solve_network
from matcher.matching.agreements import conflict_of
from matcher.matching.goals import GOAL_NAMES, goal_values
from matcher.matching.open_places import open_place, reasons_for_open_places
from matcher.matching.recount import source_of_travel
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import Verdicts, explain_pair, judge

SECONDS = 60.0
"""Time for the goals together where the rules are no network."""


def assign(
    given: Round,
    verdicts: Verdicts | None = None,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
    seconds: float = SECONDS,
) -> Plan:
    """Find the best plan of a round.

    `verdicts` are those of the same round where they are known already. `progress` hears a Dutch line
    and a fraction; `stop` is asked now and then whether to end with the best so far. `seconds` bounds
    the search where a policy's rules are no network; a network needs no bound.

    The plan's status is `proven` when every goal is proven best, `feasible` when not, `unfinished` when
    there was no time for any plan, and `conflict` when agreements and rules contradict (`plan.conflict`).
    """
    verdicts = judge(given) if verdicts is None else verdicts
    facts = Facts(given, verdicts)
    conflict = conflict_of(facts)
    if conflict is not None:
        return _without_pairs(facts, "conflict", conflict)
    problem = problem_of(facts)
    solve, engine = engine_for(problem, seconds)
    solution = solve(problem, _in_dutch(progress), stop)
    if solution.chosen is None:
        return _without_pairs(facts, "unfinished", None)
    return plan_from(facts, problem, solution.chosen, solution.levels, engine)


def engine_for(problem: Problem, seconds: float) -> tuple[Callable[..., Solution], Engine]:
    """Choose the engine: flows where the rules are a network, else CP-SAT within `seconds`."""
    if problem.is_network:
        return solve_network, "network"
    # Loading CP-SAT takes seconds, and most rounds do without.
    from matcher.engine.flow.cp_sat import searcher  # noqa: PLC0415

    return searcher(seconds), "cp-sat"


def plan_from(facts: Facts, problem: Problem, chosen: Flags, levels: Sequence[Level], engine: Engine) -> Plan:
    """Put the chosen pairs and the goals' proofs in words."""
    pairs = tuple(
        _pair(facts, int(problem.school[number]), int(problem.mentor[number])) for number in np.nonzero(chosen)[0]
    )
    values = goal_values(facts, [(pair.school, pair.mentor) for pair in pairs])
    goals = tuple(Goal(level.name, values[level.name], _bound(level, values), level.proven) for level in levels)
    return replace(
        _empty_plan(facts),
        status="proven" if all(goal.proven for goal in goals) else "feasible",
        engine=engine,
        goals=goals,
        pairs=pairs,
        open_places=reasons_for_open_places(facts, pairs),
    )


def _bound(level: Level, values: Mapping[str, GoalValue]) -> GoalValue | None:
    """Give a goal's bound; the engine does not know changes to pairs that are possible no more."""
    value = values[level.name]
    if isinstance(level.bound, int) and isinstance(level.value, int) and isinstance(value, int):
        return level.bound + value - level.value
    return level.bound


def _pair(facts: Facts, row: int, column: int) -> Pair:
    school, mentor = facts.given.schools[row], facts.given.mentors[column]
    minutes = int(facts.verdicts.minutes[row, column])
    locked = any(
        (lock.school, lock.mentor, lock.kind) == (school.id, mentor.id, "required") for lock in facts.given.locks
    )
    return Pair(
        school=school.id,
        mentor=mentor.id,
        points=int(facts.verdicts.points[row, column]),
        travel_minutes=minutes,
        locked=locked,
        overridden=locked and not facts.verdicts.allowed[row, column],
        reasons=explain_pair(facts.given, school, mentor, minutes),
    )


def _without_pairs(facts: Facts, status: PlanStatus, conflict: Conflict | None) -> Plan:
    why = (AgreementsClash() if conflict else Stopped(),)
    open_places = tuple(open_place(facts, one, one.mentors_wanted, why) for one in facts.given.schools)
    return replace(_empty_plan(facts), status=status, open_places=open_places, conflict=conflict)


def _empty_plan(facts: Facts) -> Plan:
    given, values = facts.given, goal_values(facts, [])
    away = {one.id: NO_REASON for one in given.mentors if one.status == "withdrawn"}
    return Plan(
        status="unfinished",
        engine="network",
        goals=tuple(Goal(name, values[name], None, proven=False) for name in given.policy.goals),
        pairs=(),
        open_places=(),
        inputs_hash=inputs_hash(given),
        policy=given.policy,
        seed=given.policy.seed,
        versions=versions(),
        locks=given.locks,
        withdrawn=away | dict(given.withdrawn),
        activated=given.activated,
        resting=given.resting,
        travel_source=source_of_travel(given),
    )


def _in_dutch(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda name, fraction: progress(f"doel: {GOAL_NAMES.get(name, 'laatste keuze')}", fraction)
