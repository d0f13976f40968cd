"""Is it true what keeps a mentor from a school? One check a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.domain.vocabulary import SCHOOL_TYPES
from tests.claim_said import Said, named, values_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.claim_said import Losses


def facts(said: Said, one: Any) -> bool:  # noqa: ANN401 - a claim with facts
    """Hold the numbers of a veto against the data."""
    given, school, mentor = said.given, said.world.school[one.school], said.world.mentor[one.mentor]
    common = len(set(school.half_days) & set(mentor.half_days))
    types = len(set(school.school_types) & set(mentor.school_types or SCHOOL_TYPES))
    refused = {mentor.id, mentor.company, mentor.company_key} & set(school.not_with)
    limit = given.policy.max_minutes if mentor.max_minutes is None else mentor.max_minutes
    served = not mentor.provinces or school.province in mentor.provinces
    minutes = said.world.minutes[one.school, one.mentor]
    expected: Mapping[str, Mapping[str, int]] = {
        "availability": {"common": common, "needed": given.policy.min_half_days},
        "school_type": {"common": types},
        "region": {"minutes": minutes, "limit": limit, "served": int(served)},
        "conflict_of_interest": {"by_mentor": int(school.id in mentor.not_with), "by_school": int(bool(refused))},
    }
    return one.criterion in said.world.vetoes[one.school, one.mentor] and dict(one.facts) == expected[one.criterion]


def status(said: Said, mentors: tuple[str, ...], status: str) -> bool:
    return bool(mentors) and all(said.world.mentor[one].status == status for one in mentors)


def withdrawn(said: Said, one: Any) -> bool:  # noqa: ANN401
    told = said.given.withdrawn
    gone = all(mentor in told or said.world.mentor[mentor].status == "withdrawn" for mentor in one.mentors)
    return gone and all(told.get(mentor, "") == one.reason for mentor in one.mentors)


def lock(said: Said, school: str, mentor: str, kind: str, reason: str) -> bool:
    return any(
        (one.school, one.mentor, one.kind, one.reason) == (school, mentor, kind, reason) for one in said.world.locks
    )


def not_fitting(said: Said, one: Any) -> bool:  # noqa: ANN401
    others = [mentor for mentor in said.world.mentor if mentor not in said.of(one.school)]
    vetoes = [said.world.vetoes[one.school, mentor] for mentor in others]
    counts = {key: sum(key in each for each in vetoes) for key in set().union(*vetoes)}
    return one.count == sum(map(bool, vetoes)) > 0 and dict(one.criteria) == counts


def same_company(said: Said, one: Any) -> bool:  # noqa: ANN401
    key = said.world.mentor[one.colleague].company_key
    return one.colleague in said.of(one.school) and all(
        said.world.mentor[mentor].company_key == key and mentor not in said.of(one.school) for mentor in one.mentors
    )


def company_full(said: Said, one: Any) -> bool:  # noqa: ANN401
    at = sorted(school for school, mentor in said.plan if said.world.mentor[mentor].company_key == one.company)
    of_company = all(said.world.mentor[mentor].company_key == one.company for mentor in one.mentors)
    return of_company and said.world.limit[one.company] == one.limit == len(at) and list(one.schools) == at


def sector_missing(said: Said, one: Any) -> bool:  # noqa: ANN401
    there = said.of(one.school)
    return all(not said.world.served(one.school, [*there, mentor]) for mentor in one.mentors) and not any(
        set(said.given.policy.required_sectors) & set(said.world.mentor[each].sectors)
        for each in (*there, *one.mentors)
    )


def no_shared_half_day(said: Said, one: Any) -> bool:  # noqa: ANN401
    mine = set(said.world.school[one.school].half_days) & set(said.world.mentor[one.colleague].half_days)
    return (
        said.given.policy.share_half_day
        and one.colleague in said.of(one.school)
        and all(not mine & set(said.world.mentor[mentor].half_days) for mentor in one.mentors)
    )


def locked_here(said: Said, one: Any) -> bool:  # noqa: ANN401
    here = sorted(mentor for school, mentor in said.world.locked("required") if school == one.school)
    return sorted(one.mentors) == here and len(here) >= said.world.school[one.school].mentors_wanted


def room_locked(said: Said, one: Any) -> bool:  # noqa: ANN401
    there = sorted(school for school, mentor in said.world.locked("required") if mentor == one.mentor)
    return sorted(one.schools) == there and len(there) >= said.world.mentor[one.mentor].max_schools


def company_locked(said: Said, one: Any) -> bool:  # noqa: ANN401
    required = said.world.locked("required")
    at = sorted(school for school, mentor in required if said.world.mentor[mentor].company_key == one.company)
    return list(one.schools) == at and len(at) >= one.limit == said.world.limit[one.company]


def colleague_locked(said: Said, one: Any) -> bool:  # noqa: ANN401
    same = said.world.mentor[one.colleague].company_key == said.world.mentor[one.mentor].company_key
    return same and one.colleague != one.mentor and (one.school, one.colleague) in said.world.locked("required")


def impossible(said: Said) -> bool:
    return said.pair is None or said.best is None


def exchange(said: Said, one: Any) -> bool:  # noqa: ANN401
    if (one.at, one.mentor) not in said.plan:
        return False
    after = (said.plan - {(one.at, one.mentor)}) | {(one.school, one.mentor)}
    lost = said.losses(said.world.values(after))
    return said.world.keeps_rules(after) and dict(one.losses) == lost and anything(lost)


def anything(losses: Losses) -> bool:
    return any(any(one) if isinstance(one, tuple) else one for one in losses.values())


def could_but_for_room(said: Said, school: str, mentor: str) -> bool:
    full = len(said.at(mentor)) >= said.world.mentor[mentor].max_schools
    return full and said.world.possible((school, mentor)) and mentor not in said.of(school)


def busy_elsewhere(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Count who could come but for room and is not told of otherwise."""
    otherwise = {mentor for each in said.claims if each is not one for mentor in named(each)}
    busy = {mentor for mentor in said.world.mentor if could_but_for_room(said, one.school, mentor)} - otherwise
    return set(one.mentors) <= busy and one.count == len(busy)


def unproven(said: Said, one: Any) -> bool:  # noqa: ANN401
    plans = [said.plan | {(one.school, mentor)} for mentor in one.mentors]
    return said.status != "proven" and all(said.world.keeps_rules(plan) for plan in plans)


def priced(said: Said, one: Any) -> bool:  # noqa: ANN401
    return (one.school, one.mentor) == said.pair and said.best is not None and said.pair not in said.plan


def needed_elsewhere(said: Said, one: Any) -> bool:  # noqa: ANN401
    lost = dict(one.losses)
    full = len(said.at(one.mentor)) >= said.world.mentor[one.mentor].max_schools
    return priced(said, one) and full and list(one.at) == said.at(one.mentor) and lost == said.losses(said.best)


def not_chosen(said: Said, one: Any) -> bool:  # noqa: ANN401
    free = len(said.at(one.mentor)) < said.world.mentor[one.mentor].max_schools
    return priced(said, one) and free and dict(one.losses) == said.losses(said.best)


def equally_good(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Find a plan as good with the pair: where nothing was asked, the very one in which the mentor comes from there."""
    at, now = said.at(one.mentor), values_in(said.world, said.plan)
    if (one.school, one.mentor) in said.plan:
        return False
    if said.pair is not None:
        return list(one.at) == at and (one.school, one.mentor) == said.pair and said.best == now
    (there,) = one.at
    after = (said.plan - {(there, one.mentor)}) | {(one.school, one.mentor)}
    return there in at and said.world.keeps_rules(after) and values_in(said.world, after) == now
