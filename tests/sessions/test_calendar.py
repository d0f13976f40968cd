"""Do the rules give the school holidays as they were published?"""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

import pytest

from matcher.domain.period import Period
from matcher.sessions.calendar import (
    autumn_holiday,
    christmas_holiday,
    easter_holiday,
    exam_blocks,
    exam_reason,
    free_reason,
    school_holidays,
    school_year_of,
    spring_holiday,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Day = tuple[int, int, int]

AUTUMN = {
    2022: ((2022, 10, 31), (2022, 11, 6)),
    2023: ((2023, 10, 30), (2023, 11, 5)),
    2024: ((2024, 10, 28), (2024, 11, 3)),
    2025: ((2025, 10, 27), (2025, 11, 2)),
    2026: ((2026, 11, 2), (2026, 11, 8)),
    2027: ((2027, 11, 1), (2027, 11, 7)),
    2028: ((2028, 10, 30), (2028, 11, 5)),
}
CHRISTMAS = {
    2022: ((2022, 12, 26), (2023, 1, 8)),
    2023: ((2023, 12, 25), (2024, 1, 7)),
    2024: ((2024, 12, 23), (2025, 1, 5)),
    2025: ((2025, 12, 22), (2026, 1, 4)),
    2026: ((2026, 12, 21), (2027, 1, 3)),
    2027: ((2027, 12, 27), (2028, 1, 9)),
    2028: ((2028, 12, 25), (2029, 1, 7)),
}
SPRING = {
    2022: ((2023, 2, 20), (2023, 2, 26)),
    2023: ((2024, 2, 12), (2024, 2, 18)),
    2024: ((2025, 3, 3), (2025, 3, 9)),
    2025: ((2026, 2, 16), (2026, 2, 22)),
    2026: ((2027, 2, 8), (2027, 2, 14)),
    2027: ((2028, 2, 28), (2028, 3, 5)),
    2028: ((2029, 2, 12), (2029, 2, 18)),
}
EASTER = {
    2022: ((2023, 4, 3), (2023, 4, 16)),
    2023: ((2024, 4, 1), (2024, 4, 14)),
    2024: ((2025, 4, 7), (2025, 4, 21)),
    2025: ((2026, 4, 6), (2026, 4, 19)),
    2026: ((2027, 3, 29), (2027, 4, 11)),
    2027: ((2028, 4, 3), (2028, 4, 17)),
    2028: ((2029, 4, 2), (2029, 4, 15)),
}
ASCENSION = {2024: (2025, 5, 29), 2025: (2026, 5, 14), 2026: (2027, 5, 6), 2027: (2028, 5, 25), 2028: (2029, 5, 10)}
WHIT_MONDAY = {2024: (2025, 6, 9), 2025: (2026, 5, 25), 2026: (2027, 5, 17), 2027: (2028, 6, 5), 2028: (2029, 5, 21)}

RULES = {autumn_holiday: AUTUMN, christmas_holiday: CHRISTMAS, spring_holiday: SPRING, easter_holiday: EASTER}
PUBLISHED = [
    pytest.param(rule, year, first, last, id=f"{rule.__name__}-{year}")
    for rule, years in RULES.items()
    for year, (first, last) in years.items()
]


@pytest.mark.parametrize(("rule", "year", "first", "last"), PUBLISHED)
def test_holiday_is_as_published(rule: Callable[[int], Period], year: int, first: Day, last: Day) -> None:
    holiday = rule(year)
    assert (holiday.first, holiday.last) == (date(*first), date(*last))


@pytest.mark.parametrize("year", ASCENSION)
def test_ascension_its_friday_and_whit_monday_are_as_published(year: int) -> None:
    ascension, monday = date(*ASCENSION[year]), date(*WHIT_MONDAY[year])
    assert free_reason(ascension) == "Hemelvaartsdag"
    assert free_reason(ascension.replace(day=ascension.day + 1)) == "brugdag na Hemelvaart"
    assert free_reason(monday) == "pinkstermaandag"


def test_the_friday_after_ascension_is_free_but_the_one_before_is_not() -> None:
    assert free_reason(date(2027, 5, 7)) == "brugdag na Hemelvaart"
    assert free_reason(date(2027, 4, 30)) is None


def test_easter_monday_joins_two_weeks_that_end_on_easter() -> None:
    # Easter 2001 was 15 April: the two weeks from 2 April end on it.
    assert easter_holiday(2000).last == date(2001, 4, 16)


def test_a_holiday_hides_the_public_holidays_in_it() -> None:
    assert free_reason(date(2018, 4, 2)) == "paasvakantie"
    assert free_reason(date(2027, 7, 21)) == "zomervakantie"
    assert free_reason(date(2026, 11, 1)) == "weekend"


def test_an_ordinary_wednesday_is_not_free() -> None:
    assert free_reason(date(2027, 1, 13)) is None


def test_a_ministerial_exception_lengthens_autumn_2020() -> None:
    exception = Period(date(2020, 11, 9), date(2020, 11, 15), "", "verlengde herfstvakantie")
    assert free_reason(date(2020, 11, 10)) is None
    assert free_reason(date(2020, 11, 10), [exception]) == "verlengde herfstvakantie"
    assert free_reason(date(2020, 11, 16), [exception]) is None


def test_a_free_half_day_leaves_the_other_half() -> None:
    study = Period(date(2027, 1, 13), date(2027, 1, 13), "nm", "studienamiddag")
    assert free_reason(date(2027, 1, 13), [study], "wo-nm") == "studienamiddag"
    assert free_reason(date(2027, 1, 13), [study], "wo-vm") is None


def test_exams_take_three_weeks_before_christmas_and_most_of_june() -> None:
    winter, summer = exam_blocks(2026)
    assert (winter.first, winter.last) == (date(2026, 11, 30), date(2026, 12, 18))
    assert (summer.first, summer.last) == (date(2027, 6, 5), date(2027, 6, 30))


def test_a_school_can_have_other_exams_or_none() -> None:
    own = (Period(date(2027, 3, 15), date(2027, 3, 19), "", "paasexamens"),)
    assert exam_reason(date(2026, 12, 9), None) == "kerstexamens"
    assert exam_reason(date(2026, 12, 9), own) is None
    assert exam_reason(date(2027, 3, 17), own) == "paasexamens"
    assert exam_reason(date(2026, 12, 9), ()) is None


def test_summer_belongs_to_the_school_year_before() -> None:
    assert school_year_of(date(2027, 8, 31)) == 2026
    assert school_year_of(date(2027, 9, 1)) == 2027


@pytest.mark.parametrize("year", range(2000, 2060))
def test_holidays_of_any_year_start_on_monday_and_never_overlap(year: int) -> None:
    weeks = [one for one in school_holidays(year) if one.last != one.first and one.reason != "zomervakantie"]
    assert [one.first.weekday() for one in weeks] == [0] * 4
    assert all(earlier.last < later.first for earlier, later in itertools.pairwise(weeks))
