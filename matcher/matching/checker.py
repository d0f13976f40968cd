"""Is this plan allowed, and does it add up? Asked of every plan before it leaves; no solver has a say."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.domain.counting import counted
from matcher.domain.document import inputs_hash
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.goals import GOAL_NAMES, goal_values
from matcher.matching.recount import told_otherwise
from matcher.matching.rules import Facts, rules_of
from matcher.matching.verdicts import Verdicts, judge


def check_plan(given: Round, verdicts: Verdicts, plan: Plan) -> tuple[str, ...]:
    """Give a Dutch sentence for every rule that the plan breaks and every number that does not add up."""
    return tuple(_faults(Facts(given, verdicts), plan))


def verify_plan(given: Round, plan: Plan) -> str | None:
    """Recompute everything about a plan without the solver; give the first difference, None where none is.

    That there is no better one is not worked out here: see the certificate.
    """
    if inputs_hash(given) != plan.inputs_hash:
        return "De gegevens zijn niet meer die waarvan dit plan gemaakt is."
    facts = Facts(given, judge(given))
    return next(_faults(facts, plan), None) or next(told_otherwise(facts, plan), None)


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
            expected = f"{counted(points, 'punt', 'punten')} en {counted(minutes, 'minuut', 'minuten')}"
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
