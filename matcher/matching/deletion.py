"""Which agreements can't hold together with rules that are no network? Found by leaving out one after the other.

A member stays only if the rest is possible without it (deletion filter; Chinneck and Dravnieks, 1991).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from matcher.domain.plan import Conflict
from matcher.engine.flow.cp_sat import can_hold
from matcher.matching.rules import NETWORK_RULES, RULE_WORDS, Facts, rules_of
from matcher.matching.setup import problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.domain.lock import Lock

SECONDS = 10.0

Member = TypeVar("Member")


def conflict_with_extra_rules(facts: Facts) -> Conflict | None:
    """Give a smallest conflict of agreements and a policy's own rules, None where they can hold together."""
    if _holds(facts, facts.given.locks):
        return None
    locks = _shrink(list(facts.given.locks), lambda rest: not _holds(facts, tuple(rest)))
    extra = [rule.key for rule in rules_of(facts.given) if rule not in NETWORK_RULES]
    rules = _shrink(extra, lambda rest: not _holds(_with_rules(facts, rest), tuple(locks)))
    listed = ", ".join(
        f"{facts.mentor[lock.mentor].name} bij {facts.school[lock.school].name}"
        f" ({'vast' if lock.kind == 'required' else 'verboden'})"
        for lock in locks
    )
    words = " en ".join(RULE_WORDS[key] for key in rules)
    return Conflict(
        f"Deze afspraken gaan niet samen: {listed}; want {words}.",
        locks=tuple(locks),
        rules=tuple(rules),
        remedies=("Schrap een van deze afspraken.", "Zet de regel af in het beleid."),
    )


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
