"""What is the least that must be asked so that a group gets one mentor more? Every set of asks there is, tried out.

Asks, their effort and the flow are the oracle's own: nothing here is of the code that looks for remedies.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from matcher.domain import remedy_claim as kinds
from matcher.domain.vocabulary import SCHOOL_TYPES
from tests.claim_asking import world_of
from tests.claim_remedy_checks import asked_for, most_filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School
    from tests.claim_world import World

    Priced = tuple[int, tuple[Any, ...]]

NEWCOMER = 60


def least_effort(given: Round, group: Sequence[str], beside: Sequence[str], most_asks: int) -> int | None:
    """Give the least effort of asks with which the group gets one more and no other school fewer than in a best plan.

    Schools `beside` come first in that plan. No drive among them is far. None where no set of so many asks helps.
    """
    world = world_of(given)
    plans = list(_best_counts(world, group, beside))
    asks = sorted(all_asks(world), key=lambda one: one[0])
    best: int | None = None
    for count in range(1, most_asks + 1):
        for chosen in combinations(asks, count):
            effort = sum(one for one, _ in chosen)
            if best is not None and effort >= best:
                continue
            then = world_of(asked_for(given, [one for _, asks in chosen for one in asks]))
            if any(most_filled(then, list(then.school), plan) > plan["in all"] for plan in plans):
                best = effort
    return best


def _best_counts(world: World, group: Sequence[str], beside: Sequence[str]) -> Iterator[Counter[str]]:
    """Yield how many mentors each other school has in some best plan that gives the group all that it can get.

    Of the group's own schools it holds what they ask.
    """
    before = most_filled(world, beside)
    inside = most_filled(world, [*group, *beside]) - before
    others = [one for one in world.given.schools if one.id not in group]
    wanted = {one: world.school[one].mentors_wanted for one in group}
    rest = most_filled(world, list(world.school)) - inside
    for counts in product(*(range(one.mentors_wanted + 1) for one in others)):
        plan = Counter(wanted | {one.id: count for one, count in zip(others, counts, strict=True)})
        locked = Counter(school for school, _ in world.locked("required"))
        first = sum(plan[one] for one in beside) == before
        holds = first and sum(counts) == rest and all(plan[one] >= locked[one] for one in plan)
        if holds and most_filled(world, list(plan), plan) == rest + inside:
            plan["in all"] = rest + inside
            yield plan


def all_asks(world: World) -> Iterator[Priced]:
    """Yield all that one may ask, with its effort."""
    for lock in world.locks:
        if lock.kind == "required":
            yield 25, (kinds.LiftLock(lock.school, lock.mentor, lock.reason),)
    for company, limit in world.limit.items():
        yield 40, (kinds.AskCompany(company, limit + 1),)
    for mentor in world.given.mentors:
        if mentor.id in world.given.withdrawn or mentor.status == "withdrawn":
            continue
        if mentor.max_schools < 5 and (world.takes_part(mentor.id) or mentor.status == "active"):
            yield 40 if mentor.max_schools else 50, (kinds.AskMore(mentor.id, mentor.max_schools + 1),)
        if mentor.status == "reserve" and not world.takes_part(mentor.id):
            yield 10, (kinds.PutInService(mentor.id),)
        for school in world.given.schools:
            yield from _pair(world, school, mentor)
    for school in world.given.schools:
        yield NEWCOMER, (kinds.FindMentor(school.id, "technologie"),)


def _pair(world: World, school: School, mentor: Mentor) -> Iterator[Priced]:
    """Yield what would let a pair through, that is not possible."""
    pair, effort, asks = (school.id, mentor.id), 0, []
    if pair in world.locked("required"):
        return
    if pair in world.locked("forbidden"):
        effort, asks = 25, [kinds.LiftBan(*pair)]
    vetoes = world.vetoes[pair]
    if "conflict_of_interest" in vetoes:
        effort, asks = effort + 50, [*asks, kinds.LiftNotWith(*pair, by_mentor=True, by_school=True)]
    missing = world.given.policy.min_half_days - len(set(school.half_days) & set(mentor.half_days))
    spare = [one for one in school.half_days if one not in mentor.half_days]
    limit, minutes = mentor.max_minutes or world.given.policy.max_minutes, world.minutes[pair]
    if len(spare) < missing or (minutes > limit and (minutes > 240 or minutes > 1.5 * limit)):
        return
    elsewhere = mentor.provinces and school.province not in mentor.provinces
    other = not set(school.school_types) & set(mentor.school_types or SCHOOL_TYPES)
    effort += 20 * max(0, missing) + max(0, minutes - limit) + 30 * (bool(elsewhere) + other)
    wide = kinds.AskWider(
        *pair,
        half_days=tuple(spare[: max(0, missing)]),
        max_minutes=minutes if minutes > limit else 0,
        provinces=(school.province,) if elsewhere else (),
        school_types=school.school_types if other else (),
    )
    if vetoes or asks:
        yield effort, (*asks, wide)
