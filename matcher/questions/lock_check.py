"""Can one more agreement hold beside those that are there? If not: the smallest set at fault, in words."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.lock import Lock
from matcher.domain.plan import Conflict
from matcher.domain.round import Round
from matcher.matching.agreements import conflict_of
from matcher.matching.rules import Facts
from matcher.matching.verdicts import judge


def lock_conflict(given: Round, lock: Lock | None = None) -> Conflict | None:
    """Give the conflict that `lock` would bring into a round; without a lock, the one that is there already.

    Quarrels among the agreements that are there are passed over when a lock is asked about. A policy's own
    rules (shared half-days, required sectors) are left to the solve, which takes its time for them.
    """
    policy = replace(given.policy, share_half_day=False, required_sectors=())
    locks = given.locks if lock is None else (*given.locks, lock)
    facts = _named_by(replace(given, policy=policy, locks=locks, previous=None))
    if lock is None:
        return conflict_of(facts)
    old = tuple(one for one in facts.given.locks if one != lock)
    while quarrel := conflict_of(_with_locks(facts, old)):
        old = tuple(one for one in old if one != quarrel.locks[0])
    return conflict_of(_with_locks(facts, (*old, lock)))


def _named_by(given: Round) -> Facts:
    """Keep the schools that agreements name, and the mentors with their colleagues: the others have no say."""
    schools = {lock.school for lock in given.locks}
    mentors = {lock.mentor for lock in given.locks}
    companies = {one.company_key for one in given.mentors if one.id in mentors}
    kept = tuple(one for one in given.mentors if one.company_key in companies)
    small = replace(
        given,
        schools=tuple(one for one in given.schools if one.id in schools),
        mentors=kept,
        withdrawn={one.id: given.withdrawn[one.id] for one in kept if one.id in given.withdrawn},
    )
    return Facts(small, judge(small))


def _with_locks(facts: Facts, locks: tuple[Lock, ...]) -> Facts:
    return Facts(replace(facts.given, locks=locks), facts.verdicts)
