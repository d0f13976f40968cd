"""Which agreements can't hold together with rules that are no network? Found by leaving out one after the other.

A member stays only if the rest is possible without it (deletion filter; Chinneck and Dravnieks, 1991).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from matcher.domain.conflict_claim import RulesBroken
from matcher.domain.lock import Lock
from matcher.domain.plan import Conflict
from matcher.engine.flow.cp_sat import can_hold
from matcher.matching.agreements import told_conflict
from matcher.matching.rules import Facts, Rule, rules_of
from matcher.matching.setup import problem_of

SECONDS = 10.0

Member = TypeVar("Member")


def conflict_with_extra_rules(facts: Facts) -> Conflict | None:
    """Give a smallest conflict of agreements and a policy's own rules, None where they can hold together."""
    given = rules_of(facts.given)
    if _holds(facts, facts.given.locks, given):
        return None
    locks = _shrink(list(facts.given.locks), lambda rest: not _holds(facts, rest, given))
    network, extra = [one for one in given if one.network], [one for one in given if not one.network]
    rules = [one.key for one in _shrink(extra, lambda rest: not _holds(facts, locks, [*network, *rest]))]
    schools, mentors = tuple(one.school for one in locks), tuple(one.mentor for one in locks)
    claim = RulesBroken(schools, mentors, tuple(one.kind for one in locks), tuple(rules))
    remedies = "Schrap een van deze afspraken.", "Zet de regel af in het beleid."
    return told_conflict(facts, [claim], locks, rules, remedies)


def _holds(facts: Facts, locks: Sequence[Lock], rules: Sequence[Rule]) -> bool:
    changed = Facts(replace(facts.given, locks=tuple(locks)), facts.verdicts)
    return can_hold(problem_of(changed, rules), SECONDS)


def _shrink(members: list[Member], fails: Callable[[list[Member]], bool]) -> list[Member]:
    kept = list(members)
    for member in members:
        rest = [one for one in kept if one is not member]
        if fails(rest):
            kept = rest
    return kept
