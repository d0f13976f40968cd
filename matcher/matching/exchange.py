"""What changes when a mentor goes from one school to another, and nobody else moves? By addition alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from matcher.domain import absence_claim as kinds
from matcher.domain.claim import Claim
from matcher.domain.plan import GoalValue
from matcher.domain.policy import MORE_IS_BETTER
from matcher.matching.goals import goal_values
from matcher.matching.rules import Facts, rules_of


def exchange_of(
    facts: Facts, pairs: Sequence[tuple[str, str]], school: str, mentor: str, at: Sequence[str]
) -> Claim | None:
    """Give what the cheapest such exchange changes: equally good, or its losses; None where it breaks a rule.

    The mentor fits the school, shares no company with it, and is held to none of `at`: then only the rules that a
    policy adds can break.
    """
    own_rules = [rule for rule in rules_of(facts.given) if not rule.network]
    before = goal_values(facts, pairs)
    found = []
    for there in at:
        after = [*(one for one in pairs if one != (there, mentor)), (school, mentor)]
        near = [one for one in after if one[0] in (school, there)] if own_rules else []
        if not any(True for rule in own_rules for _ in rule.check(facts, near)):
            losses = losses_of(before, goal_values(facts, after))
            found.append((rank_of(losses, facts.given.policy.goals), there, losses))
    if not found:
        return None
    rank, there, losses = min(found, key=lambda one: one[:2])
    if not any(rank):
        return kinds.EquallyGood(school, mentor, (there,))
    return kinds.StandsElsewhere(school, mentor, there, losses)


def losses_of(before: Mapping[str, GoalValue], after: Mapping[str, GoalValue]) -> dict[str, GoalValue]:
    """Give what is lost on every goal of both; positive is worse, as many places as the larger of the two has."""
    return {name: loss(name, value, after[name]) for name, value in before.items() if name in after}


def loss(name: str, before: GoalValue, after: GoalValue) -> GoalValue:
    """Give what is lost on one goal."""
    sign = 1 if MORE_IS_BETTER[name] else -1
    if isinstance(before, tuple) and isinstance(after, tuple):
        return tuple(sign * (one - other) for one, other in zip_longest(before, after, fillvalue=0))
    assert isinstance(before, int)  # noqa: S101 - both are of one goal
    assert isinstance(after, int)  # noqa: S101
    return sign * (before - after)


def rank_of(losses: Mapping[str, GoalValue], goals: Sequence[str]) -> tuple[int, ...]:
    """Give losses in the order of the goals, so that less is better; a goal that is not told loses nothing."""
    flat = list[int]()
    for name in goals:
        value = losses.get(name, 0)
        flat += value if isinstance(value, tuple) else (value,)
    return tuple(flat)
