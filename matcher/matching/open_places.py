"""Why does a school have a place without a mentor? One Dutch sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria import criteria
from matcher.domain.plan import OpenPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.domain.mentor import Mentor
    from matcher.domain.plan import Pair
    from matcher.domain.school import School
    from matcher.matching.rules import Facts

MOST_NAMES = 4


def reasons_for_open_places(facts: Facts, pairs: Sequence[Pair]) -> tuple[OpenPlace, ...]:
    """Give every school that has fewer mentors than it asks for, with the reason."""
    filled = Counter(pair.school for pair in pairs)
    return tuple(
        OpenPlace(school.id, school.mentors_wanted - filled[school.id], _reason(facts, school, pairs))
        for school in facts.given.schools
        if school.mentors_wanted > filled[school.id]
    )


def _reason(facts: Facts, school: School, pairs: Sequence[Pair]) -> str:
    own = {pair.mentor for pair in pairs if pair.school == school.id}
    companies = {facts.mentor[mentor].company_key for mentor in own}
    forbidden = {lock.mentor for lock in facts.given.locks if lock.school == school.id and lock.kind == "forbidden"}
    allowed = facts.verdicts.allowed[facts.row[school.id]]
    possible = [
        mentor
        for column, mentor in enumerate(facts.given.mentors)
        if allowed[column]
        and facts.given.helps(mentor)
        and mentor.id not in own | forbidden
        and mentor.company_key not in companies
    ]
    if possible:
        return _taken(possible, first=not own)
    return _nobody(facts, school, first=not own)


def _taken(possible: Sequence[Mentor], *, first: bool) -> str:
    names = ", ".join(mentor.name for mentor in possible[:MOST_NAMES])
    more = f" en nog {len(possible) - MOST_NAMES}" if len(possible) > MOST_NAMES else ""
    which = "" if first else "andere "
    if len(possible) == 1:
        return f"De enige {which}mentor die hier kan, {names}, is elders nodig."
    return f"De {len(possible)} {which}mentoren die hier kunnen, zijn elders nodig: {names}{more}."


def _nobody(facts: Facts, school: School, *, first: bool) -> str:
    row = facts.row[school.id]
    labels = {criterion.key: criterion.label for criterion in criteria()}
    keys = facts.verdicts.keys
    counts: Counter[str] = Counter()
    for bit, key in enumerate(keys):
        vetoed = int(np.count_nonzero(facts.verdicts.vetoes[row] >> bit & 1))
        if vetoed:
            counts[labels.get(key, key)] = vetoed
    who = "Geen enkele mentor kan hier" if first else "Geen andere mentor kan hier"
    if not counts:
        return f"{who}: er zijn geen mentoren meer."
    why = ", ".join(f"{label} ({count} van {len(facts.given.mentors)})" for label, count in counts.most_common(3))
    return f"{who}; wat hen tegenhoudt: {why}."
