"""What keeps a mentor from a school? The claims of the data and of the agreements."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.domain import absence_claim as kinds
from matcher.domain.claim import Claim, Locked, LockedAgainst
from matcher.domain.lock import Lock
from matcher.matching.rules import Facts
from matcher.matching.vetoed import vetoes


def in_the_way(facts: Facts, school: str, mentor: str) -> tuple[Claim, ...]:
    """Give all in the data that keeps a pair apart whatever the plan; empty where a plan could hold it."""
    return (*_of_the_mentor(facts, school, mentor), *vetoes(facts, school, mentor))


def _of_the_mentor(facts: Facts, school: str, mentor: str) -> Iterator[Claim]:
    one, given = facts.mentor[mentor], facts.given
    ban = lock_of(facts, school, mentor, "forbidden")
    if ban is not None:
        yield kinds.Forbidden(school, (mentor,), ban.reason)
    if one.status == "withdrawn" or mentor in given.withdrawn:
        yield kinds.Withdrawn((mentor,), given.left_because(mentor))
    elif one.status == "reserve" and not given.helps(one):
        yield kinds.Reserve((mentor,))
    if not one.max_schools:
        yield kinds.NoCapacity((mentor,))
    if facts.company_limit.get(one.company_key) == 0:
        yield kinds.CompanyFull(one.company_key, 0, (mentor,))


def held(facts: Facts, school: str, mentor: str) -> tuple[Claim, ...]:
    """Give the agreement that requires a pair, and the criteria that it goes against."""
    lock = lock_of(facts, school, mentor, "required")
    if lock is None:
        return ()
    against = vetoes(facts, school, mentor)
    if not against:
        return (Locked(school, mentor, lock.reason),)
    return tuple(LockedAgainst(school, mentor, one.criterion, one.facts, lock.reason) for one in against)


def lock_of(facts: Facts, school: str, mentor: str, kind: str) -> Lock | None:
    """Give the agreement of a kind about a pair."""
    found = (one for one in facts.given.locks if (one.school, one.mentor, one.kind) == (school, mentor, kind))
    return next(found, None)


def excluded_by_agreements(facts: Facts, school: str, mentor: str) -> tuple[Claim, ...]:
    """Give which agreements leave no room for a pair that nothing else keeps apart."""
    required = [one for one in facts.given.locks if one.kind == "required"]
    one = facts.mentor[mentor]
    here = [lock.mentor for lock in required if lock.school == school]
    there = [lock.school for lock in required if lock.mentor == mentor]
    company = [lock for lock in required if facts.mentor[lock.mentor].company_key == one.company_key]
    limit = facts.company_limit.get(one.company_key)
    found = list[Claim]()
    if len(here) >= facts.school[school].mentors_wanted:
        found.append(kinds.PlacesLocked(school, tuple(here)))
    if len(there) >= one.max_schools:
        found.append(kinds.RoomLocked(mentor, tuple(there)))
    found += [kinds.ColleagueLocked(school, mentor, lock.mentor) for lock in company if lock.school == school]
    if limit is not None and len(company) >= limit:
        found.append(kinds.CompanyLocked(one.company_key, limit, tuple(sorted(lock.school for lock in company))))
    return tuple(found) or (kinds.AgreementsInTheWay(school, mentor),)
