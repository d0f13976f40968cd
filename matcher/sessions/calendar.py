"""On which days is there no school in Flanders, and why? Holidays by rule, public holidays, exams.

The holidays follow article 7 of the Decree of the Flemish Government of 31 August 2001 on the school
year in secondary education; exceptions of a minister come in as extra free periods. A school year is
named by the year it starts in: 2026 for 2026-2027.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

import holidays
from dateutil.easter import easter  # type: ignore[import-untyped]

from matcher.domain.period import Period

FIRST_MONTH: Final = 9
SATURDAY: Final = 5
SUNDAY: Final = 6
EXAM_WEEKS: Final = 3


def school_year_of(day: date) -> int:
    """Give the school year that a day falls in; July and August close the year before."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_session_day(today: date, school_year: int) -> date | None:
    """Give the day before which a new year plans nothing; None for a school year that is over and looked back on."""
    return today if today < date(school_year + 1, FIRST_MONTH, 1) else None


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Give the Belgian public holidays of a calendar year with their Dutch names."""
    return dict(holidays.country_holidays("BE", years=year, language="nl").items())


def _days(first: date, count: int, reason: str) -> Period:
    return Period(first, first + timedelta(days=count - 1), "", reason)


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def autumn_holiday(school_year: int) -> Period:
    """Give the week of 1 November from its Monday; from 2 November where the first is a Sunday."""
    all_saints = date(school_year, 11, 1)
    first = _next_monday(all_saints) if all_saints.weekday() == SUNDAY else _monday_of(all_saints)
    return _days(first, 7, "herfstvakantie")


def christmas_holiday(school_year: int) -> Period:
    """Give two weeks from the Monday of Christmas week, or the next one where Christmas is in a weekend."""
    christmas = date(school_year, 12, 25)
    first = _next_monday(christmas) if christmas.weekday() >= SATURDAY else _monday_of(christmas)
    return _days(first, 14, "kerstvakantie")


def spring_holiday(school_year: int) -> Period:
    """Give the week from the seventh Monday before Easter."""
    return _days(easter(school_year + 1) - timedelta(days=48), 7, "krokusvakantie")


def easter_holiday(school_year: int) -> Period:
    """Give two weeks from the first Monday of April, earlier or later where Easter is.

    Easter in March: from the Monday after it. Easter after 15 April: from the second Monday before it.
    Where Easter Monday is the day after the two weeks, it belongs to them.
    """
    sunday = easter(school_year + 1)
    if sunday < date(sunday.year, 4, 1):
        first = sunday + timedelta(days=1)
    elif sunday > date(sunday.year, 4, 15):
        first = sunday - timedelta(days=13)
    else:
        first = _next_monday(date(sunday.year, 4, 1))
    ends_at_easter = first + timedelta(days=13) == sunday
    return _days(first, 15 if ends_at_easter else 14, "paasvakantie")


def summer_holiday(school_year: int) -> Period:
    """Give July and August, which close the school year."""
    return Period(date(school_year + 1, 7, 1), date(school_year + 1, 8, 31), "", "zomervakantie")


def single_days(school_year: int) -> tuple[Period, ...]:
    """Give the free days outside the holidays: 11 November, 1 May, Ascension with its Friday, Whit Monday."""
    sunday = easter(school_year + 1)
    return (
        _days(date(school_year, 11, 11), 1, "Wapenstilstand"),
        _days(date(school_year + 1, 5, 1), 1, "Dag van de Arbeid"),
        _days(sunday + timedelta(days=39), 1, "Hemelvaartsdag"),
        _days(sunday + timedelta(days=40), 1, "brugdag na Hemelvaart"),
        _days(sunday + timedelta(days=50), 1, "pinkstermaandag"),
    )


@cache
def school_holidays(school_year: int) -> tuple[Period, ...]:
    """Give all holidays and free days of a school year, in the order of their first day."""
    found = (
        autumn_holiday(school_year),
        christmas_holiday(school_year),
        spring_holiday(school_year),
        easter_holiday(school_year),
        summer_holiday(school_year),
        *single_days(school_year),
    )
    return tuple(sorted(found, key=lambda period: period.first))


@cache
def exam_blocks(school_year: int) -> tuple[Period, Period]:
    """Give the usual exam blocks: the three weeks before Christmas holiday, and 5 to 30 June."""
    christmas = christmas_holiday(school_year).first
    return (
        Period(christmas - timedelta(weeks=EXAM_WEEKS), christmas - timedelta(days=3), "", "kerstexamens"),
        Period(date(school_year + 1, 6, 5), date(school_year + 1, 6, 30), "", "juni-examens"),
    )


def free_reason(day: date, free: Iterable[Period] = (), half_day: str = "") -> str | None:
    """Say in Dutch why nobody has school on a day, None where there is school.

    `free` are extra free periods, such as those of a minister; one of half a day counts only when
    `half_day` asks for it.
    """
    if day.weekday() >= SATURDAY:
        return "weekend"
    own = (period.reason or "vrije dag" for period in free if period.covers(day, half_day))
    return next(own, None) or _ruled_reason(day, half_day)


@lru_cache(maxsize=4096)  # every school and host asks it of the same days
def _ruled_reason(day: date, half_day: str) -> str | None:
    ruled = (period.reason for period in school_holidays(school_year_of(day)) if period.covers(day, half_day))
    return next(ruled, None) or public_holidays(day.year).get(day)


def exam_reason(day: date, exams: Iterable[Period] | None, half_day: str = "") -> str | None:
    """Say in Dutch which exams a school has on a day; None for `exams` means the usual blocks."""
    blocks = exam_blocks(school_year_of(day)) if exams is None else exams
    return next((period.reason or "examens" for period in blocks if period.covers(day, half_day)), None)
