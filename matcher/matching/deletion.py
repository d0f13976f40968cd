"""Which agreements can't hold together with rules that are no network? Found by leaving out one after the other.

A member stays only if the rest is possible without it (deletion filter; Chinneck and Dravnieks, 1991).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from matcher.domain.claim import RulesBroken
from matcher.engine.flow.cp_sat import can_hold
from matcher.matching.agreements import told_conflict
from matcher.matching.rules import NETWORK_RULES, Facts, rules_of
from matcher.matching.setup import problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.domain.lock import Lock
    from matcher.domain.plan import Conflict

SECONDS = 10.0

Member = TypeVar("Member")


def conflict_with_extra_rules(facts: Facts) -> Conflict | None:
    """Give a smallest conflict of agreements and a policy's own rules, None where they can hold together."""
    if _holds(facts, facts.given.locks):
        return None
    locks = _shrink(list(facts.given.locks), lambda rest: not _holds(facts, tuple(rest)))
    extra = [rule.key for rule in rules_of(facts.given) if rule not in NETWORK_RULES]
    rules = _shrink(extra, lambda rest: not _holds(_with_rules(facts, rest), tuple(locks)))
    schools, mentors = tuple(one.school for one in locks), tuple(one.mentor for one in locks)
    claim = RulesBroken(schools, mentors, tuple(one.kind for one in locks), tuple(rules))
    remedies = "Schrap een van deze afspraken.", "Zet de regel af in het beleid."
    return told_conflict(facts, [claim], locks, rules, remedies)


def _with_rules(facts: Facts, keys: list[str]) -> Facts:
    policy = facts.given.policy
    changed = replace(
        policy,
        share_half_day=policy.share_half_day and "share_half_day" in keys,
        required_sectors=policy.required_sectors if "required_sector" in keys else (),
    )
    return Facts(replace(facts.given, policy=changed), facts.verdicts)


def _holds(facts: Facts, locks: tuple[Lock, ...]) -> bool:
    return can_hold(problem_of(Facts(replace(facts.given, locks=locks), facts.verdicts)), SECONDS)


def _shrink(members: list[Member], fails: Callable[[list[Member]], bool]) -> list[Member]:
    kept = list(members)
    for member in members:
        rest = [one for one in kept if one is not member]
        if fails(rest):
            kept = rest
    return kept
