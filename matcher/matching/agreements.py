"""Can the agreements hold together? If not: the smallest set at fault, in words, with the ways out.

Leaving out required pairs always gives a possible plan, so that every conflict is one of required pairs
with a rule. For the rules of the network each conflict is counted directly; it is trimmed to one pair
more than the rule allows, so that it is smallest by itself. Other rules: `matching.deletion`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from matcher.domain.claim import Claim
from matcher.domain.conflict_claim import BothWays, ColleaguesLocked, LockedAway, LockedUnfit, TooManyLocked
from matcher.domain.lock import Lock
from matcher.domain.plan import Conflict
from matcher.matching.claim_words import tell
from matcher.matching.rules import Facts, rules_of
from matcher.matching.vetoed import vetoes

Room = Literal["school", "mentor", "company"]


def conflict_of(facts: Facts) -> Conflict | None:
    """Give the smallest conflict among the agreements, None where they can hold together."""
    found = sorted(_conflicts(facts), key=lambda one: len(one.locks))
    if found:
        return found[0]
    if any(not rule.network for rule in rules_of(facts.given)):
        # Loading CP-SAT takes seconds, and most rounds do without.
        from matcher.matching.deletion import conflict_with_extra_rules  # noqa: PLC0415

        return conflict_with_extra_rules(facts)
    return None


def _conflicts(facts: Facts) -> Iterator[Conflict]:
    required = [lock for lock in facts.given.locks if lock.kind == "required"]
    forbidden = {(lock.school, lock.mentor): lock for lock in facts.given.locks if lock.kind == "forbidden"}
    for lock in required:
        clash = forbidden.get((lock.school, lock.mentor))
        if clash is not None:
            yield _both(facts, lock, clash)
        yield from _absent(facts, lock)
        yield from _vetoed(facts, lock)
    yield from _too_many(facts, required)
    yield from _same_company(facts, required)


def told_conflict(
    facts: Facts, claims: Iterable[Claim], locks: Iterable[Lock], rules: Iterable[str], remedies: Iterable[str]
) -> Conflict:
    """Say a conflict in the sentences of its claims."""
    told = tell(facts, claims)
    return Conflict(" ".join(one.sentence for one in told), tuple(locks), tuple(rules), tuple(remedies), told)


def _both(facts: Facts, lock: Lock, clash: Lock) -> Conflict:
    remedies = "Schrap de vaste afspraak.", "Schrap het verbod."
    return told_conflict(facts, [BothWays(lock.school, lock.mentor)], (lock, clash), ["agreements"], remedies)


def _absent(facts: Facts, lock: Lock) -> Iterator[Conflict]:
    mentor = facts.mentor[lock.mentor]
    if facts.given.helps(mentor):
        return
    why: Literal["reserve", "withdrawn", "no_school"] = "no_school" if mentor.status == "active" else mentor.status
    if mentor.id in facts.given.withdrawn:
        why = "withdrawn"
    remedies = "Schrap de afspraak.", f"Zet {mentor.name} weer op actief, met minstens één school."
    yield told_conflict(facts, [LockedAway(lock.school, mentor.id, why)], [lock], ["takes_part"], remedies)


def _vetoed(facts: Facts, lock: Lock) -> Iterator[Conflict]:
    if facts.verdicts.allowed[facts.row[lock.school], facts.column[lock.mentor]] or lock.override:
        return
    claims: tuple[Claim, ...] = LockedUnfit(lock.school, lock.mentor), *vetoes(facts, lock.school, lock.mentor)
    remedies = "Schrap de afspraak.", "Pas de gegevens aan.", "Leg ze toch vast met een reden, tegen de regel in."
    yield told_conflict(facts, claims, [lock], ["no_veto"], remedies)


def _too_many(facts: Facts, required: list[Lock]) -> Iterator[Conflict]:
    """Yield every school, mentor and company with more required pairs than room."""
    limits: tuple[tuple[Room, str, Callable[[Lock], str], Callable[[str], int | None]], ...] = (
        ("school", "school_places", lambda lock: lock.school, lambda school: facts.school[school].mentors_wanted),
        ("mentor", "mentor_room", lambda lock: lock.mentor, lambda mentor: facts.mentor[mentor].max_schools or None),
        ("company", "company_limit", lambda lock: facts.mentor[lock.mentor].company_key, facts.company_limit.get),
    )
    remedies = "Schrap een van deze afspraken.", "Verhoog het maximum in de gegevens."
    for of, rule, key_of, limit_of in limits:
        for key, locks in _grouped(required, key_of).items():
            limit = limit_of(key)
            if limit is not None and len(locks) > limit:
                few = locks[: limit + 1]
                pairs = tuple(one.school for one in few), tuple(one.mentor for one in few)
                yield told_conflict(facts, [TooManyLocked(of, key, limit, *pairs)], few, [rule], remedies)


def _same_company(facts: Facts, required: list[Lock]) -> Iterator[Conflict]:
    groups = _grouped(required, lambda lock: f"{lock.school}\n{facts.mentor[lock.mentor].company_key}")
    for locks in groups.values():
        if len(locks) > 1:
            two = locks[:2]
            claim = ColleaguesLocked(two[0].school, tuple(one.mentor for one in two))
            yield told_conflict(facts, [claim], two, ["company_once"], ["Schrap een van deze twee afspraken."])


def _grouped(locks: list[Lock], key_of: Callable[[Lock], str]) -> dict[str, list[Lock]]:
    groups: dict[str, list[Lock]] = defaultdict(list)
    for lock in locks:
        groups[key_of(lock)].append(lock)
    return groups
