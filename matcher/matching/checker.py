"""Is this plan allowed, and does it add up? Asked of every plan before it leaves; no solver has a say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.document import inputs_hash
from matcher.matching.goals import GOAL_NAMES, goal_values
from matcher.matching.rules import Facts, rules_of
from matcher.matching.verdicts import explain_pair, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.plan import Plan
    from matcher.domain.round import Round
    from matcher.matching.verdicts import Verdicts


def check_plan(given: Round, verdicts: Verdicts, plan: Plan) -> tuple[str, ...]:
    """Give a Dutch sentence for every rule that the plan breaks and every number that does not add up."""
    return tuple(_faults(Facts(given, verdicts), plan))


def verify_plan(given: Round, plan: Plan) -> str | None:
    """Recompute everything about a plan without the solver; give the first difference, None where none is.

    That there is no better one is not worked out here: see the certificate.
    """
    if inputs_hash(given) != plan.inputs_hash:
        return "De gegevens zijn niet meer die waarvan dit plan gemaakt is."
    faults = check_plan(given, judge(given), plan)
    return next(iter(faults), None) or next(_told(given, plan), None)


def _told(given: Round, plan: Plan) -> Iterator[str]:
    """Give what a plan tells of itself and of its pairs that is not so."""
    schools, mentors = {one.id: one for one in given.schools}, {one.id: one for one in given.mentors}
    for pair in plan.pairs:
        minutes = pair.travel_minutes
        if pair.reasons != explain_pair(given, schools[pair.school], mentors[pair.mentor], minutes):
            yield f"De redenen bij {pair.school} met {pair.mentor} zijn niet die van deze gegevens."
    if plan.policy != given.policy:
        yield "De regels in het plan zijn niet die van deze gegevens."
    away = {one.id for one in given.mentors if one.status == "withdrawn"} | set(given.withdrawn)
    if set(plan.withdrawn) != away:
        yield "Wie uitgevallen is, klopt niet met deze gegevens."
    for goal in plan.goals:
        if goal.proven and goal.bound != goal.value:
            name = GOAL_NAMES[goal.name]
            yield f"Het doel {name} heet bewezen, maar zijn grens is {goal.bound} en niet {goal.value}."
    if (plan.status == "proven") != all(goal.proven for goal in plan.goals):
        yield "Of het plan bewezen is, klopt niet met zijn doelen."


def _faults(facts: Facts, plan: Plan) -> Iterator[str]:
    unknown = [
        f"{pair.school} met {pair.mentor} staat niet in de gegevens."
        for pair in plan.pairs
        if pair.school not in facts.school or pair.mentor not in facts.mentor
    ]
    if unknown:
        yield from unknown
        return
    pairs = [(pair.school, pair.mentor) for pair in plan.pairs]
    if plan.status in ("proven", "feasible", "unfinished"):
        for rule in rules_of(facts.given):
            yield from rule.check(facts, pairs)
    yield from _numbers(facts, plan)
    values = goal_values(facts, pairs)
    for goal in plan.goals:
        if goal.value != values[goal.name]:
            yield f"Het doel {GOAL_NAMES[goal.name]} is {values[goal.name]}, niet {goal.value}."


def _numbers(facts: Facts, plan: Plan) -> Iterator[str]:
    for pair in plan.pairs:
        cell = facts.row[pair.school], facts.column[pair.mentor]
        points, minutes = int(facts.verdicts.points[cell]), int(facts.verdicts.minutes[cell])
        if (pair.points, pair.travel_minutes) != (points, minutes):
            expected = f"{points} punten en {minutes} minuten"
            found = f"{pair.points} en {pair.travel_minutes}"
            yield f"{pair.school} met {pair.mentor} heeft {expected}, niet {found}."
    filled: dict[str, int] = {}
    for pair in plan.pairs:
        filled[pair.school] = filled.get(pair.school, 0) + 1
    wanted = {
        school.id: school.mentors_wanted - filled.get(school.id, 0)
        for school in facts.given.schools
        if school.mentors_wanted > filled.get(school.id, 0)
    }
    listed = {place.school: place.count for place in plan.open_places}
    if wanted != listed:
        yield "De lijst van open plaatsen klopt niet met de koppels."
