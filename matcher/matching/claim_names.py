"""How do claims name schools, mentors and companies, and what a criterion has against a pair?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.criteria import criteria
from matcher.criteria.wording import listed
from matcher.matching.rules import Facts

MOST_NAMES = 4


def school_name(facts: Facts, school: str) -> str:
    """Name a school of the round; one that is gone keeps its number."""
    return facts.school[school].name if school in facts.school else school


def mentor_name(facts: Facts, mentor: str) -> str:
    """Name a mentor of the round; one who is gone keeps the number."""
    return facts.mentor[mentor].name if mentor in facts.mentor else mentor


def company_name(facts: Facts, company: str) -> str:
    """Name a company by its key."""
    return next((one.company for one in facts.given.mentors if one.company_key == company), company)


def few(names: Sequence[str]) -> str:
    """Name at most four and count the rest."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} en nog {len(names) - MOST_NAMES}"


def mentor_names(facts: Facts, mentors: Sequence[str]) -> str:
    """Name mentors, at most four of them."""
    return few([mentor_name(facts, one) for one in mentors])


def school_names(facts: Facts, schools: Sequence[str]) -> str:
    """Name schools, at most four of them."""
    return few([school_name(facts, one) for one in schools])


def agreeing(who: Sequence[object], one: str, more: str) -> str:
    """Give the verb that goes with so many."""
    return one if len(who) == 1 else more


def because(reason: str) -> str:
    """Write a reason that was given behind what it is the reason of."""
    return f" ({reason})" if reason else ""


def first_big(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def objection(facts: Facts, school: str, mentor: str, key: str, looked_at: Mapping[str, int]) -> str:
    """Give a criterion's own sentence about a pair that it keeps apart."""
    criterion = next(one for one in criteria() if one.key == key)
    minutes = looked_at.get("minutes", 0)
    return criterion.object_to(facts.given, facts.school[school], facts.mentor[mentor], minutes)
