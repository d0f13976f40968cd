"""Is it true why there is no plan? One check a kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.claim_said import Said
    from tests.claim_world import Ids, World


def both_ways(said: Said, one: Any) -> bool:  # noqa: ANN401
    pair = one.school, one.mentor
    return pair in said.world.locked("required") and pair in said.world.locked("forbidden")


def locked_away(said: Said, one: Any) -> bool:  # noqa: ANN401
    mentor = said.world.mentor[one.mentor]
    left = mentor.status == "withdrawn" or mentor.id in said.given.withdrawn
    why = "withdrawn" if left else "reserve" if mentor.status == "reserve" else "no_school"
    locked = (one.school, one.mentor) in said.world.locked("required")
    return locked and one.why == why and not said.world.takes_part(one.mentor)


def locked_unfit(said: Said, one: Any) -> bool:  # noqa: ANN401
    pair = one.school, one.mentor
    agreed = [
        each.override for each in said.world.locks if (each.school, each.mentor, each.kind) == (*pair, "required")
    ]
    return agreed == [False] and bool(said.world.vetoes[pair])


def too_many_locked(said: Said, one: Any) -> bool:  # noqa: ANN401
    pairs = list(zip(one.schools, one.mentors, strict=True))
    limit, keys = {
        "school": lambda: (said.world.school[one.who].mentors_wanted, list(one.schools)),
        "mentor": lambda: (said.world.mentor[one.who].max_schools, list(one.mentors)),
        "company": lambda: (said.world.limit[one.who], [said.world.mentor[each].company_key for each in one.mentors]),
    }[one.of]()
    all_there = len(set(pairs)) == len(pairs) and set(pairs) <= said.world.locked("required")
    return all_there and set(keys) == {one.who} and one.limit == limit == len(pairs) - 1


def colleagues_locked(said: Said, one: Any) -> bool:  # noqa: ANN401
    two = {(one.school, each) for each in one.mentors}
    same = len({said.world.mentor[each].company_key for each in one.mentors}) == 1
    return len(two) == len(one.mentors) == 2 and same and two <= said.world.locked("required")


def rules_broken(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Look for any plan under these agreements and rules alone, and without each of them."""
    told = list(zip(one.schools, one.mentors, one.lock_kinds, strict=True))
    locks = tuple(each for each in said.world.locks if (each.school, each.mentor, each.kind) in told)
    if len(locks) != len(told) or not set(one.rules) <= {"share_half_day", "required_sector"}:
        return False
    fewer = [tuple(each for each in locks if each is not left) for left in locks]
    less = [tuple(each for each in one.rules if each != left) for left in one.rules]
    there = [_under(said.world, some, one.rules) for some in fewer] + [_under(said.world, locks, some) for some in less]
    return not _under(said.world, locks, one.rules) and all(there)


def _under(world: World, locks: tuple[Any, ...], rules: tuple[str, ...]) -> bool:
    policy = world.given.policy
    policy = replace(
        policy,
        share_half_day=policy.share_half_day and "share_half_day" in rules,
        required_sectors=policy.required_sectors if "required_sector" in rules else (),
    )
    small = replace(world, given=replace(world.given, policy=policy), locks=locks)
    required: set[Ids] = small.locked("required")
    return bool(len(small.table().plans)) and all(small.possible(pair) for pair in required)
