"""Whose answers leave a single choice, and what would one wider answer change? Each one really solved."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from matcher.domain.mentor import Mentor
from matcher.domain.plan import GoalValue
from matcher.domain.policy import MAX_MINUTES
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import HALF_DAYS, SCHOOL_TYPES
from matcher.matching.assign import assign
from matcher.matching.exchange import rank_of
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.solved import Solved
from matcher.matching.verdicts import judge
from matcher.questions.plan_moves import moves_between
from matcher.questions.price import losses_between

Side = Literal["school", "mentor"]

MORE_MINUTES = 10
"""How much longer a mentor is asked to travel."""

SECONDS = 60.0
"""Time for all wider answers together; those that were not tried by then are left out, and that is said."""

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Wider:
    """One wider answer: `half_day` more, `minutes` as the new limit, or a `school_type` more; the others are empty.

    `choices` counts how many there are then; `losses` compare the best plan then with the plan on the table (negative
    is better), `schools` (ids) are those whose mentors differ in it.
    """

    half_day: str
    minutes: int
    school_type: str
    choices: int
    losses: Mapping[str, GoalValue]
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """A school with a single possible mentor, or a mentor with a single possible school: `id` and the `only` one.

    `wider` are the answers that give more choice, those that change most first; `tried` counts all that were solved.
    `complete` is False where there was no time for all.
    """

    side: Side
    id: str
    only: str
    wider: tuple[Wider, ...]
    tried: int
    complete: bool


def single_choices(asked: Solved, *, seconds: float = SECONDS) -> tuple[SingleChoice, ...]:
    """List the schools, then the mentors, for whom one partner alone is possible, agreements kept."""
    end = time.monotonic() + seconds
    return tuple(_told(asked, side, one, only, end) for side, one, only in _singles(asked))


def _singles(asked: Solved) -> Iterator[tuple[Side, int, int]]:
    problem = asked.problem
    sides: tuple[tuple[Side, np.ndarray, np.ndarray, int], ...] = (
        ("school", problem.school, problem.mentor, len(problem.demand)),
        ("mentor", problem.mentor, problem.school, len(problem.capacity)),
    )
    for side, own, other, size in sides:
        count = np.bincount(own, minlength=size)
        for one in np.nonzero(count == 1)[0].tolist():
            yield side, one, int(other[own == one][0])


def _told(asked: Solved, side: Side, one: int, only: int, end: float) -> SingleChoice:
    given = asked.given
    schools, mentors = [each.id for each in given.schools], [each.id for each in given.mentors]
    ids = (schools[one], mentors[only]) if side == "school" else (mentors[one], schools[only])
    found, tried, complete = list[Wider](), 0, True
    for answer, changed in _answers(given, side, one):
        if time.monotonic() > end:
            complete = False
            break
        tried += 1
        wider = _tried(asked, side, one, answer, changed)
        if wider is not None:
            found.append(wider)
    found.sort(key=lambda each: (rank_of(each.losses, given.policy.goals), -each.choices))
    return SingleChoice(side, *ids, tuple(found[:MOST_TOLD]), tried, complete)


def _tried(asked: Solved, side: Side, one: int, answer: tuple[str, int, str], changed: Round) -> Wider | None:
    """Solve with a wider answer; None where it gives no more choice."""
    verdicts = judge(changed)
    problem = problem_of(Facts(changed, verdicts))
    choices = int(((problem.school if side == "school" else problem.mentor) == one).sum())
    if choices < 2:  # noqa: PLR2004 - as many as before
        return None
    plan = assign(changed, verdicts)
    if plan.conflict is not None or not plan.goals:
        return None
    moved = tuple(move.school for move in moves_between(asked.plan, plan))
    return Wider(*answer, choices, losses_between(asked.plan, plan), moved)


def _answers(given: Round, side: Side, one: int) -> Iterator[tuple[tuple[str, int, str], Round]]:
    """Yield every wider answer (half-day, minutes, school type) with the round that it gives."""
    if side == "school":
        school = given.schools[one]
        for half in _missing(school):
            wider = replace(school, half_days=_with_half_day(school, half))
            yield (half, 0, ""), replace(given, schools=(*given.schools[:one], wider, *given.schools[one + 1 :]))
        return
    mentor = given.mentors[one]
    for answer, changed in _of_mentor(given, mentor):
        yield answer, replace(given, mentors=(*given.mentors[:one], changed, *given.mentors[one + 1 :]))


def _of_mentor(given: Round, mentor: Mentor) -> Iterator[tuple[tuple[str, int, str], Mentor]]:
    limit = (mentor.max_minutes or given.policy.max_minutes) + MORE_MINUTES
    if limit <= MAX_MINUTES:
        yield ("", limit, ""), replace(mentor, max_minutes=limit)
    for half in _missing(mentor):
        yield (half, 0, ""), replace(mentor, half_days=_with_half_day(mentor, half))
    for kind in SCHOOL_TYPES:
        if mentor.school_types and kind not in mentor.school_types:
            types = tuple(one for one in SCHOOL_TYPES if one == kind or one in mentor.school_types)
            yield ("", 0, kind), replace(mentor, school_types=types)


def _missing(one: School | Mentor) -> list[str]:
    return [half for half in HALF_DAYS if half not in one.half_days]


def _with_half_day(one: School | Mentor, half: str) -> tuple[str, ...]:
    return tuple(each for each in HALF_DAYS if each == half or each in one.half_days)
