"""How do the days of a school year lie, for who plans sessions? What is closed, what is free, and for which round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from matcher.domain.season import Season
from matcher.domain.vocabulary import DAYS
from matcher.sessions.calendar import FIRST_MONTH, SATURDAY, exam_reason, free_reason
from matcher.sessions.half_days import school_reason

LAST_DAY: Final = (6, 30)
"""The last day before the summer, unless a round goes on after it."""


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A weekday of the school year.

    `closed` says in Dutch why nobody has school, `exams` that it lies in the usual exams. `rounds` are those whose
    window holds it, `half_days` those on which the season allows a session; `away` are the schools (id, reason in
    Dutch) that can't come on any of them, told only within a window and outside the usual exams.
    """

    day: date
    closed: str | None = None
    exams: str | None = None
    rounds: tuple[int, ...] = ()
    half_days: tuple[str, ...] = ()
    away: tuple[tuple[str, str], ...] = ()


def school_days(season: Season) -> tuple[SchoolDay, ...]:
    """List the weekdays from 1 September to 30 June, or as far as the windows of the rounds go."""
    windows = [one.window for one in season.rounds]
    first = min([date(season.school_year, FIRST_MONTH, 1), *(one.first for one in windows)])
    last = max([date(season.school_year + 1, *LAST_DAY), *(one.last for one in windows)])
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(_day(season, one) for one in every if one.weekday() < SATURDAY)


def _day(season: Season, day: date) -> SchoolDay:
    closed = free_reason(day, season.free)
    if closed is not None:
        return SchoolDay(day, closed)
    exams = exam_reason(day, None)
    rounds = tuple(one.number for one in season.rounds if one.window.first <= day <= one.window.last)
    weekday = f"{DAYS[day.weekday()]}-"
    halves = tuple(
        one for one in season.half_days if one.startswith(weekday) and free_reason(day, season.free, one) is None
    )
    away = _away(season, day, halves) if rounds and halves and exams is None else ()
    return SchoolDay(day, None, exams, rounds, halves, away)


def _away(season: Season, day: date, halves: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for school in season.participants:
        reasons = [school_reason(season, school, day, half) for half in halves]
        if None not in reasons:
            found.append((school.id, str(reasons[0])))
    return tuple(found)
