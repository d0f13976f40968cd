"""Why this mentor, and why not that one? A sentence per criterion, the rank, and the smallest change that helps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.domain.lock import Lock
from matcher.matching.assign import assign
from matcher.matching.solved import solved
from matcher.matching.verdicts import explain_pair, judge, objections
from matcher.questions.price import LockPrice, price_of_lock
from matcher.questions.remedies import all_changes, single_changes

if TYPE_CHECKING:
    from matcher.matching.solved import Solved


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
    """Try single changes from small to large, then all together; give the first that lifts every veto."""
    facts = asked.facts
    school, mentor = facts.school[lock.school], facts.mentor[lock.mentor]
    cell = facts.row[lock.school], facts.column[lock.mentor]
    minutes = int(facts.verdicts.minutes[cell])
    together = all_changes(asked.given, school, mentor, minutes)
    for change in (*single_changes(asked.given, school, mentor, minutes), *([together] if together else [])):
        mentors = tuple(change.mentor if one.id == mentor.id else one for one in asked.given.mentors)
        given = replace(asked.given, mentors=mentors)
        verdicts = judge(given)
        if verdicts.allowed[cell]:
            plan = assign(given, verdicts)
            return Remedy(change.words, price_of_lock(solved(given, plan, verdicts), lock))
    return None
