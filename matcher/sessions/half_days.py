"""When can a round, a school, a host or a mentor have a session, and on what hours of the day is that?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from matcher.domain.counting import counted
from matcher.domain.local_time import BRUSSELS
from matcher.domain.period import Period, Window, refuse_if
from matcher.domain.season import PREFERRED_HALF_DAYS, Host, Participant, Season, SessionRound
from matcher.domain.vocabulary import DAYS
from matcher.domain.year import Session
from matcher.sessions.calendar import SATURDAY, exam_reason, free_reason

ROUND_MONTHS: Final = (1, 2, 3, 4, 5, 11, 10, 9, 12)
"""Months that get a round first: January to March as the programme does, then what is left around exams."""


SHORTEST_WINDOW: Final = 13
"""Days that must be left of a month beside today for a round to be in it: two weeks in all."""


class Moment(NamedTuple):
    """A half-day on which a session can be; `rank` 0 is the half-day that is liked best."""

    day: date
    half_day: str
    rank: int


def default_rounds(
    school_year: int, count: int = 3, smallest: int = 6, largest: int = 7, today: date | None = None
) -> tuple[SessionRound, ...]:
    """Give up to nine rounds in what is left of the school year from `today` on, each within a month of its own.

    Where too few months are left, the open school days that are left are shared out over the rounds; where too few of
    those, the months stay as they were, for what can't be to be told. Raises InvalidValueError for more rounds.
    """
    most = len(ROUND_MONTHS)
    refuse_if(
        not 1 <= count <= most,
        f"Een schooljaar heeft plaats voor 1 tot {counted(most, 'ronde', 'rondes')}, niet voor {count}.",
    )
    months = [date(school_year + (month < 9), month, 1) for month in ROUND_MONTHS]  # noqa: PLR2004
    windows = [Window(first, _month_end(first)) for first in months]
    if today is not None:
        windows = _windows_left(windows, count, today)
    return tuple(
        SessionRound(number=number, window=window, smallest=smallest, largest=largest)
        for number, window in enumerate(sorted(windows[:count], key=lambda one: one.first), 1)
    )


def _windows_left(months: list[Window], count: int, today: date) -> list[Window]:
    """Cut away what went by; share out the days that are left where months are too few."""
    left = [Window(max(one.first, today), one.last) for one in months if (one.last - today).days >= SHORTEST_WINDOW]
    if len(left) >= count:
        return left
    whole = Window(today, max(one.last for one in months)) if today <= max(one.last for one in months) else None
    days = [] if whole is None else _open_days(whole)
    if len(days) < count:
        return months
    parts = [days[len(days) * part // count : len(days) * (part + 1) // count] for part in range(count)]
    return [Window(part[0], part[-1]) for part in parts]


def _open_days(window: Window) -> list[date]:
    """List the days of a window on which schools are open and have no usual exams."""
    moments = possible_moments(window, PREFERRED_HALF_DAYS)
    return sorted({one.day for one in moments if exam_reason(one.day, None, one.half_day) is None})


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def days_of(window: Window) -> Iterator[date]:
    """Give every day of a window."""
    return (window.first + timedelta(days=n) for n in range((window.last - window.first).days + 1))


def possible_moments(window: Window, half_days: Iterable[str], free: Iterable[Period] = ()) -> tuple[Moment, ...]:
    """Give the half-days of a window on which schools are open, first day first, best half-day first."""
    ranked, extra = tuple(enumerate(half_days)), tuple(free)
    return tuple(
        Moment(day, half, rank)
        for day in days_of(window)
        if day.weekday() < SATURDAY
        for rank, half in ranked
        if half.startswith(DAYS[day.weekday()]) and free_reason(day, extra, half) is None
    )


def school_reason(season: Season, school: Participant, day: date, half_day: str) -> str | None:
    """Say in Dutch why a school can't come then; None where it can."""
    return (
        free_reason(day, season.free, half_day)
        or exam_reason(day, school.exams, half_day)
        or _blackout(school.unavailable, day, half_day)
    )


def host_reason(season: Season, host: Host, day: date, half_day: str) -> str | None:
    """Say in Dutch why a host can't receive a session then; a school that hosts must be able to come too."""
    if host.half_days and half_day not in host.half_days:
        return "ontvangt niet op deze halve dag"
    return (
        free_reason(day, season.free, half_day)
        or _blackout(host.unavailable, day, half_day)
        or _own_reason(season, host, day, half_day)
    )


def _own_reason(season: Season, host: Host, day: date, half_day: str) -> str | None:
    if host.kind != "school":
        return None
    place = bisect_left(season.participants, host.id, key=lambda one: one.id)
    own = season.participants[place : place + 1]
    return school_reason(season, own[0], day, half_day) if own and own[0].id == host.id else None


def _blackout(periods: Iterable[Period], day: date, half_day: str) -> str | None:
    return next((one.reason or "niet beschikbaar" for one in periods if one.covers(day, half_day)), None)


def starts(session: Session) -> datetime:
    """Give the start of a session as a moment of the clock in Brussels."""
    return datetime.combine(session.day, session.start, BRUSSELS)


def ends(session: Session) -> datetime:
    """Give the end of a session as a moment of the clock in Brussels."""
    return datetime.combine(session.day, session.end, BRUSSELS)
