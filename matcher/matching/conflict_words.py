"""Why can't the agreements hold together? The sentence of every such claim."""

from __future__ import annotations

from matcher.domain import conflict_claim as kinds
from matcher.matching.claim_names import company_name, mentor_name, school_name
from matcher.matching.rules import RULE_WORDS, Facts

AWAY = {"reserve": "staat in reserve", "withdrawn": "is uitgevallen", "no_school": "begeleidt dit jaar niemand"}
LOCK_WORDS = {"required": "vast", "forbidden": "verboden"}


def _pair(facts: Facts, school: str, mentor: str) -> str:
    return f"{mentor_name(facts, mentor)} bij {school_name(facts, school)}"


def both_ways(facts: Facts, one: kinds.BothWays) -> str:
    """Write the sentence of this claim."""
    return f"{_pair(facts, one.school, one.mentor)} is tegelijk vast en verboden."


def locked_away(facts: Facts, one: kinds.LockedAway) -> str:
    """Write the sentence of this claim."""
    who = mentor_name(facts, one.mentor)
    return f"{_pair(facts, one.school, one.mentor)} is vastgelegd, maar {who} {AWAY[one.why]}."


def locked_unfit(facts: Facts, one: kinds.LockedUnfit) -> str:
    """Write the sentence of this claim."""
    return f"{_pair(facts, one.school, one.mentor)} is vastgelegd, maar dat kan niet."


def too_many_locked(facts: Facts, one: kinds.TooManyLocked) -> str:
    """Write the sentence of this claim."""
    pairs = ", ".join(_pair(facts, *each) for each in zip(one.schools, one.mentors, strict=True))
    who = {
        "school": lambda: f"{school_name(facts, one.who)} vraagt",
        "mentor": lambda: f"{mentor_name(facts, one.who)} kan",
        "company": lambda: f"{company_name(facts, one.who)} wil",
    }[one.of]()
    return f"Vastgelegd zijn {pairs}, maar {who} er hoogstens {one.limit}."


def colleagues_locked(facts: Facts, one: kinds.ColleaguesLocked) -> str:
    """Write the sentence of this claim."""
    pairs = " en ".join(_pair(facts, one.school, each) for each in one.mentors)
    company = facts.mentor[one.mentors[0]].company
    once = "een bedrijf begeleidt een school hoogstens één keer"
    return f"{pairs} zijn vastgelegd, maar komen allebei van {company}: {once}."


def rules_broken(facts: Facts, one: kinds.RulesBroken) -> str:
    """Write the sentence of this claim."""
    agreed = zip(one.schools, one.mentors, one.lock_kinds, strict=True)
    listed = ", ".join(f"{_pair(facts, school, mentor)} ({LOCK_WORDS[kind]})" for school, mentor, kind in agreed)
    words = " en ".join(RULE_WORDS[key] for key in one.rules)
    return f"Deze afspraken gaan niet samen: {listed}; want {words}."
