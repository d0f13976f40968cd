"""Is what a plan tells of itself, its pairs and its open places what the data say? Told anew, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.criteria.needs import LACKED, LACKS
from matcher.domain.lock import Lock
from matcher.domain.package_versions import PACKAGES, versions
from matcher.domain.plan import Goal, Pair, Plan
from matcher.domain.policy import LATER_GOALS, MORE_IS_BETTER
from matcher.domain.round import Round
from matcher.domain.travel import ROADS_FAILED, travel_source
from matcher.matching.goals import GOAL_NAMES
from matcher.matching.open_places import reasons_for_open_places
from matcher.matching.rules import Facts, rules_of
from matcher.matching.verdicts import explain_pair


def source_of_travel(given: Round) -> str:
    """Name where the minutes of a round's trips come from."""
    trips = [one.position for one in given.mentors], [one.position for one in given.schools]
    return travel_source(given.roads, given.policy, trips)


def own_agreement_missing(own: Iterable[Lock], plan: Plan) -> str | None:
    """Give the first agreement of the data that a plan does not know, None where it knows all.

    A required one of a mentor who left may rest.
    """
    known = {*plan.locks, *plan.resting}
    for lock in own:
        rests = lock.kind == "required" and lock.mentor in plan.withdrawn
        if lock not in known and not rests:
            kind = "vaste afspraak" if lock.kind == "required" else "verbod"
            return f"Het plan kent een {kind} uit de gegevens niet: {lock.school} met {lock.mentor}."
    return None


def told_by_older_words(plan: Plan) -> bool:
    """Tell whether a plan was made before reasons of open places could be told anew: its order of goals shows it."""
    return any(name not in plan.policy.goals for name in LATER_GOALS)


def told_otherwise(facts: Facts, plan: Plan) -> Iterator[str]:
    """Yield a Dutch sentence for all that a plan tells and that is not so; every number was checked before."""
    given = facts.given
    for pair in plan.pairs:
        yield from _pair(facts, pair)
    if plan.policy != given.policy or plan.seed != given.policy.seed:
        yield "De regels in het plan zijn niet die van deze gegevens."
    yield from _people(given, plan)
    yield from _goals(given, plan)
    if not told_by_older_words(plan) and plan.open_places != reasons_for_open_places(facts, plan.pairs):
        yield "De redenen bij de open plaatsen zijn niet die van deze gegevens."
    older = {given.roads.source} if given.roads is not None and told_by_older_words(plan) else set()
    if plan.travel_source not in {source_of_travel(given), *older}:
        yield f"De reistijden komen niet van «{plan.travel_source}»."
    if any(not _is_known(note, given) for note in plan.notes):
        yield "In het plan staat een opmerking die niet van het programma is."
    if not _may_be(plan.versions):
        yield "De versies in het plan kunnen niet: zo is er nog geen plan gemaakt."


def _pair(facts: Facts, pair: Pair) -> Iterator[str]:
    given = facts.given
    school, mentor = facts.school[pair.school], facts.mentor[pair.mentor]
    who = f"{pair.school} met {pair.mentor}"
    if tuple(map(_in_words_of_now, pair.reasons)) != explain_pair(given, school, mentor, pair.travel_minutes):
        yield f"De redenen bij {who} zijn niet die van deze gegevens."
    locked = any((one.school, one.mentor, one.kind) == (school.id, mentor.id, "required") for one in given.locks)
    if pair.locked != locked:
        yield f"{who} is {'wel' if locked else 'niet'} vastgelegd."
    if pair.overridden != (locked and not facts.verdicts.allowed[facts.row[school.id], facts.column[mentor.id]]):
        yield f"Of {who} tegen een regel in vastligt, klopt niet."


def _in_words_of_now(reason: str) -> str:
    """Give a reason as it is told now: of a plan that was made before, one ending was another."""
    return f"{reason.removesuffix(LACKED)}{LACKS}" if reason.endswith(LACKED) else reason


def _people(given: Round, plan: Plan) -> Iterator[str]:
    away = {one.id for one in given.mentors if one.status == "withdrawn"} | set(given.withdrawn)
    if set(plan.withdrawn) != away:
        yield "Wie uitgevallen is, klopt niet met deze gegevens."
    if any(one.kind != "required" or one.mentor not in away for one in plan.resting):
        yield "In het plan rust een afspraak met iemand die niet uitgevallen is."
    if plan.locks != given.locks or plan.activated != given.activated or plan.resting != given.resting:
        yield "De afspraken of de ingezette reserves in het plan zijn niet die van deze gegevens."


def _goals(given: Round, plan: Plan) -> Iterator[str]:
    if tuple(goal.name for goal in plan.goals) != given.policy.goals:
        yield "De doelen in het plan zijn niet die van deze regels, of staan in een andere volgorde."
    for goal in plan.goals:
        yield from _bound(goal)
    if (plan.status == "proven") != all(goal.proven for goal in plan.goals):
        yield "Of het plan bewezen is, klopt niet met zijn doelen."
    if plan.conflict is not None:
        yield "Een plan met koppels heeft geen tegenspraak."
    engine = "network" if all(rule.network for rule in rules_of(given)) else "cp-sat"
    if plan.engine != engine:
        yield f"Deze regels worden niet met {plan.engine} uitgerekend."


def _bound(goal: Goal) -> Iterator[str]:
    name = GOAL_NAMES[goal.name]
    if goal.proven and goal.bound != goal.value:
        yield f"Het doel {name} heet bewezen, maar zijn grens is {goal.bound} en niet {goal.value}."
    if goal.bound is None or goal.proven:
        return
    best, reached = _flat(goal.bound), _flat(goal.value)
    if (best < reached) if MORE_IS_BETTER[goal.name] else (best > reached):
        yield f"De grens van het doel {name} is slechter dan wat het plan haalt."


def _flat(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def _is_known(note: str, given: Round) -> bool:
    """Tell whether the program writes such a note: that a routing server failed, where there are no road times."""
    start, end = ROADS_FAILED
    return given.roads is None and note.startswith(start) and note.endswith(end)


def _may_be(told: object) -> bool:
    """Tell whether a plan can have been made with these versions: all are named, none of the program is to come."""
    if not isinstance(told, dict) or set(told) != {*PACKAGES, "python"}:
        return False
    numbers = {name: _numbers(text) for name, text in told.items()}
    return all(numbers.values()) and numbers["in2stem"] <= _numbers(versions()["in2stem"])


def _numbers(text: str) -> tuple[int, ...]:
    """Read `1.26.4` as numbers, up to the first part that is none; empty for no version."""
    found = []
    for part in text.split("."):
        digits = part if part.isdecimal() else ""
        if not digits:
            break
        found.append(int(digits))
    return tuple(found)
