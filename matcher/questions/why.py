"""Why this mentor, and why not that one? A sentence per criterion, the rank, and the smallest change that helps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.domain.round import Lock
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.matching.assign import assign
from matcher.matching.verdicts import explain_pair, judge, objections
from matcher.questions.price import LockPrice, price_of_lock
from matcher.questions.solved import solved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.round import Mentor, Round, School
    from matcher.questions.solved import Solved


@dataclass(frozen=True, slots=True)
class Why:
    """How a pair does: points, minutes, a sentence per criterion, and its rank among the school's possible mentors.

    `rank` counts from 1 over mentors by points; 0 where the pair is not possible.
    """

    school: str
    mentor: str
    in_plan: bool
    points: int
    minutes: int
    reasons: tuple[str, ...]
    rank: int
    possible: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest change of the data that makes a vetoed pair possible, in words, with its price."""

    words: str
    price: LockPrice


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a pair is not in the plan: `objections` (Dutch) with remedies where it is vetoed, else its price."""

    why: Why
    objections: tuple[str, ...]
    price: LockPrice | None
    remedy: Remedy | None


def why(asked: Solved, school: str, mentor: str) -> Why:
    """Explain a pair, in the plan or not; ids must exist."""
    facts, given = asked.facts, asked.given
    row, column = facts.row[school], facts.column[mentor]
    points, minutes = int(facts.verdicts.points[row, column]), int(facts.verdicts.minutes[row, column])
    possible = [int(one) for one in asked.problem.points[asked.problem.school == row]]
    is_possible = bool(((asked.problem.school == row) & (asked.problem.mentor == column)).any())
    rank = 1 + sum(one > points for one in possible) if is_possible else 0
    in_plan = any((pair.school, pair.mentor) == (school, mentor) for pair in asked.plan.pairs)
    reasons = explain_pair(given, facts.school[school], facts.mentor[mentor], minutes)
    return Why(school, mentor, in_plan, points, minutes, reasons, rank, len(possible))


def why_not(asked: Solved, school: str, mentor: str) -> WhyNot:
    """Say what keeps a pair out of the plan: a veto with the smallest change that lifts it, or its price."""
    facts = asked.facts
    explained = why(asked, school, mentor)
    told = objections(asked.given, facts.school[school], facts.mentor[mentor], explained.minutes)
    lock = Lock(school, mentor, "required", "gevraagd")
    if not told:
        return WhyNot(explained, (), None if explained.in_plan else price_of_lock(asked, lock), None)
    return WhyNot(explained, tuple(sentence for _, sentence in told), None, _remedy(asked, lock))


def _remedy(asked: Solved, lock: Lock) -> Remedy | None:
    """Try changes from small to large, alone and together; give the first that lifts every veto."""
    facts = asked.facts
    school, mentor = facts.school[lock.school], facts.mentor[lock.mentor]
    for words, new_school, new_mentor in _changes(asked.given, school, mentor, int(_minutes(asked, lock))):
        given = _swap(asked.given, new_school, new_mentor)
        verdicts = judge(given)
        if verdicts.allowed[facts.row[lock.school], facts.column[lock.mentor]]:
            plan = assign(given, verdicts)
            return Remedy(words, price_of_lock(solved(given, plan, verdicts), lock))
    return None


def _minutes(asked: Solved, lock: Lock) -> int:
    return int(asked.facts.verdicts.minutes[asked.facts.row[lock.school], asked.facts.column[lock.mentor]])


def _changes(given: Round, school: School, mentor: Mentor, minutes: int) -> Iterator[tuple[str, School, Mentor]]:
    """Yield sets of single changes, fewest first, with the words that say them."""
    name = mentor.first_name or mentor.name
    single: list[tuple[str, School, Mentor]] = []
    missing = [half for half in school.half_days if half not in mentor.half_days]
    for half in missing:
        wider = tuple(sorted((*mentor.half_days, half), key=list(HALF_DAY_NAMES).index))
        single.append((f"als {name} ook op {HALF_DAY_NAMES[half]} kan", school, replace(mentor, half_days=wider)))
    limit = mentor.max_minutes or given.policy.max_minutes
    if minutes > limit:
        single.append(
            (
                f"als {name} {minutes} minuten wil rijden in plaats van {limit}",
                school,
                replace(mentor, max_minutes=minutes),
            )
        )
    if mentor.provinces and school.province not in mentor.provinces:
        provinces = (*mentor.provinces, school.province)
        single.append((f"als {name} ook in {school.province} wil werken", school, replace(mentor, provinces=provinces)))
    if mentor.school_types and not set(mentor.school_types) & set(school.school_types):
        types = (*mentor.school_types, *school.school_types)
        single.append(
            (
                f"als {name} ook een {'/'.join(school.school_types)}-school wil",
                school,
                replace(mentor, school_types=types),
            )
        )
    yield from single
    yield from _together(single, school, mentor)


def _together(
    single: list[tuple[str, School, Mentor]], school: School, mentor: Mentor
) -> Iterator[tuple[str, School, Mentor]]:
    """Yield all kinds of change at once, the first of each kind."""
    merged, words = mentor, []
    for text, _, changed in single:
        for field in ("half_days", "max_minutes", "provinces", "school_types"):
            value = getattr(changed, field)
            if value != getattr(mentor, field) and getattr(merged, field) == getattr(mentor, field):
                merged = replace(merged, **{field: value})
                words.append(text)
    if len(words) > 1:
        yield " en ".join(words), school, merged


def _swap(given: Round, school: School, mentor: Mentor) -> Round:
    return replace(
        given,
        schools=tuple(school if one.id == school.id else one for one in given.schools),
        mentors=tuple(mentor if one.id == mentor.id else one for one in given.mentors),
    )
