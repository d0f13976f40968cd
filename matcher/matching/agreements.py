"""Can the agreements hold together? If not: the smallest set at fault, in words, with the ways out.

Leaving out required pairs always gives a possible plan, so that every conflict is one of required pairs
with a rule. For the rules of the network each conflict is counted directly; it is trimmed to one pair
more than the rule allows, so that it is smallest by itself. Other rules: `matching.deletion`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from matcher.domain.plan import Conflict
from matcher.matching.rules import rules_of
from matcher.matching.verdicts import objections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matcher.domain.lock import Lock
    from matcher.matching.rules import Facts


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


def pair_words(facts: Facts, lock: Lock) -> str:
    """Name an agreement: who at which school."""
    return f"{facts.mentor[lock.mentor].name} bij {facts.school[lock.school].name}"


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


def _both(facts: Facts, lock: Lock, clash: Lock) -> Conflict:
    return Conflict(
        f"{pair_words(facts, lock)} is tegelijk vast en verboden.",
        locks=(lock, clash),
        rules=("agreements",),
        remedies=("Schrap de vaste afspraak.", "Schrap het verbod."),
    )


def _absent(facts: Facts, lock: Lock) -> Iterator[Conflict]:
    mentor = facts.mentor[lock.mentor]
    if not facts.given.helps(mentor):
        why = {"reserve": "staat in reserve", "withdrawn": "is uitgevallen"}.get(
            mentor.status, "begeleidt dit jaar niemand"
        )
        if mentor.id in facts.given.withdrawn:
            why = "is uitgevallen"
        yield Conflict(
            f"{pair_words(facts, lock)} is vastgelegd, maar {mentor.name} {why}.",
            locks=(lock,),
            rules=("takes_part",),
            remedies=("Schrap de afspraak.", f"Zet {mentor.name} weer op actief, met minstens één school."),
        )


def _vetoed(facts: Facts, lock: Lock) -> Iterator[Conflict]:
    cell = facts.row[lock.school], facts.column[lock.mentor]
    if facts.verdicts.allowed[cell] or lock.override:
        return
    school, mentor = facts.school[lock.school], facts.mentor[lock.mentor]
    why = " ".join(
        sentence for _, sentence in objections(facts.given, school, mentor, int(facts.verdicts.minutes[cell]))
    )
    yield Conflict(
        f"{pair_words(facts, lock)} is vastgelegd, maar dat kan niet. {why}",
        locks=(lock,),
        rules=("no_veto",),
        remedies=("Schrap de afspraak.", "Pas de gegevens aan.", "Leg ze toch vast met een reden, tegen de regel in."),
    )


def _too_many(facts: Facts, required: list[Lock]) -> Iterator[Conflict]:
    """Yield every school, mentor and company with more required pairs than room."""
    limits: tuple[tuple[str, Callable[[Lock], str], Callable[[str], int | None], Callable[[str], str]], ...] = (
        (
            "school_places",
            lambda lock: lock.school,
            lambda school: facts.school[school].mentors_wanted,
            lambda school: f"{facts.school[school].name} vraagt",
        ),
        (
            "mentor_room",
            lambda lock: lock.mentor,
            lambda mentor: facts.mentor[mentor].max_schools or None,
            lambda mentor: f"{facts.mentor[mentor].name} kan",
        ),
        (
            "company_limit",
            lambda lock: facts.mentor[lock.mentor].company_key,
            facts.company_limit.get,
            lambda company: f"{_company_name(facts, company)} wil",
        ),
    )
    for rule, key_of, limit_of, who in limits:
        for key, locks in _grouped(required, key_of).items():
            limit = limit_of(key)
            if limit is not None and len(locks) > limit:
                few = tuple(locks[: limit + 1])
                listed = ", ".join(pair_words(facts, lock) for lock in few)
                yield Conflict(
                    f"Vastgelegd zijn {listed}, maar {who(key)} er hoogstens {limit}.",
                    locks=few,
                    rules=(rule,),
                    remedies=("Schrap een van deze afspraken.", "Verhoog het maximum in de gegevens."),
                )


def _same_company(facts: Facts, required: list[Lock]) -> Iterator[Conflict]:
    groups = _grouped(required, lambda lock: f"{lock.school}\n{facts.mentor[lock.mentor].company_key}")
    for locks in groups.values():
        if len(locks) > 1:
            one, other = locks[:2]
            company = facts.mentor[one.mentor].company
            yield Conflict(
                f"{pair_words(facts, one)} en {pair_words(facts, other)} zijn vastgelegd, maar komen "
                f"allebei van {company}: een bedrijf begeleidt een school hoogstens één keer.",
                locks=(one, other),
                rules=("company_once",),
                remedies=("Schrap een van deze twee afspraken.",),
            )


def _company_name(facts: Facts, company: str) -> str:
    return next(one.company for one in facts.given.mentors if one.company_key == company)


def _grouped(locks: list[Lock], key_of: Callable[[Lock], str]) -> dict[str, list[Lock]]:
    groups: dict[str, list[Lock]] = defaultdict(list)
    for lock in locks:
        groups[key_of(lock)].append(lock)
    return groups
