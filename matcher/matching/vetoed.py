"""Which criteria keep a pair apart, as claims with the numbers on which each rests?"""

from __future__ import annotations

from matcher.criteria import criteria
from matcher.domain.absence_claim import Vetoed
from matcher.matching.rules import Facts
from matcher.matching.verdicts import objections


def vetoes(facts: Facts, school: str, mentor: str) -> tuple[Vetoed, ...]:
    """Give the criteria that keep a pair apart, with the numbers on which each rests."""
    minutes = int(facts.verdicts.minutes[facts.row[school], facts.column[mentor]])
    one, other = facts.school[school], facts.mentor[mentor]
    told = {key for key, _ in objections(facts.given, one, other, minutes)}
    return tuple(
        Vetoed(school, mentor, each.key, each.looked_at(facts.given, one, other, minutes))
        for each in criteria()
        if each.key in told
    )
