"""Are moments on school days only, in the right order, and right on the clock?"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Period, Window
from matcher.domain.season import PREFERRED_HALF_DAYS
from matcher.sessions.half_days import (
    Moment,
    default_rounds,
    ends,
    host_reason,
    possible_moments,
    school_reason,
    starts,
)
from tests.season_builders import a_host, a_participant, a_season, a_session


def test_moments_of_a_week_are_the_three_afternoons() -> None:
    week = Window(date(2027, 1, 11), date(2027, 1, 17))
    assert possible_moments(week, ("wo-nm", "di-nm", "do-nm")) == (
        Moment(date(2027, 1, 12), "di-nm", 1),
        Moment(date(2027, 1, 13), "wo-nm", 0),
        Moment(date(2027, 1, 14), "do-nm", 2),
    )


def test_moments_leave_holidays_and_exceptions_out() -> None:
    half_term = Window(date(2027, 2, 8), date(2027, 2, 19))
    exception = Period(date(2027, 2, 17), date(2027, 2, 17), "", "brandweer")
    assert [one.day.day for one in possible_moments(half_term, ("wo-nm", "do-nm"), [exception])] == [18]


def test_three_rounds_are_one_a_month_from_january() -> None:
    windows = [one.window for one in default_rounds(2026)]
    assert windows == [
        Window(date(2027, 1, 1), date(2027, 1, 31)),
        Window(date(2027, 2, 1), date(2027, 2, 28)),
        Window(date(2027, 3, 1), date(2027, 3, 31)),
    ]


def test_seven_rounds_start_in_october() -> None:
    assert [one.window.first.month for one in default_rounds(2026, 7)] == [10, 11, 1, 2, 3, 4, 5]


def test_ten_rounds_are_too_many() -> None:
    with pytest.raises(InvalidValueError, match="1 tot 9 rondes"):
        default_rounds(2026, 10)


def test_school_reason_names_holiday_exam_and_blackout() -> None:
    visit = Period(date(2027, 1, 20), date(2027, 1, 20), "nm", "bezoek inspectie")
    school = a_participant(1, unavailable=(visit,))
    season = a_season(participants=[school])
    assert school_reason(season, school, date(2027, 2, 10), "wo-nm") == "krokusvakantie"
    assert school_reason(season, school, date(2026, 12, 9), "wo-nm") == "kerstexamens"
    assert school_reason(season, school, date(2027, 1, 20), "wo-nm") == "bezoek inspectie"
    assert school_reason(season, school, date(2027, 1, 20), "wo-vm") is None


def test_a_school_that_hosts_must_be_able_to_come_itself() -> None:
    away = Period(date(2027, 1, 13), date(2027, 1, 13), "", "sportdag")
    season = a_season(participants=[a_participant(1, unavailable=(away,))], hosts=[a_host("S001", kind="school")])
    assert host_reason(season, season.hosts[0], date(2027, 1, 13), "wo-nm") == "sportdag"
    assert host_reason(season, season.hosts[0], date(2027, 1, 20), "wo-nm") is None


def test_a_host_receives_on_its_own_half_days() -> None:
    season = a_season(hosts=[a_host(1, half_days=("di-nm",))])
    assert host_reason(season, season.hosts[0], date(2027, 1, 13), "wo-nm") == "ontvangt niet op deze halve dag"
    assert host_reason(season, season.hosts[0], date(2027, 1, 12), "di-nm") is None


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2027, 3, 24), 1),  # the clock goes forward on 28 March 2027
        (date(2027, 4, 14), 2),
        (date(2026, 10, 21), 2),  # and back on 25 October 2026
        (date(2026, 10, 28), 1),
    ],
)
def test_offset_from_utc_follows_both_clock_changes(day: date, hours: int) -> None:
    session = a_session(day=day)
    zone = timezone(timedelta(hours=hours))
    assert starts(session).utcoffset() == timedelta(hours=hours)
    assert starts(session) == datetime(day.year, day.month, day.day, 13, 30, tzinfo=zone)
    assert ends(session) == datetime(day.year, day.month, day.day, 16, 30, tzinfo=zone)


def test_rounds_lie_in_what_is_left_of_the_school_year() -> None:
    """From the end of November on no round is asked in September; who plans in September has all months."""
    day = date(2026, 11, 29)
    assert default_rounds(2026, 3, today=day) == default_rounds(2026, 3)
    windows = [one.window for one in default_rounds(2026, 6, today=day)]
    assert [one.first for one in windows] == [date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 6))]
    early = [one.window for one in default_rounds(2026, 9, today=date(2026, 9, 7))]
    assert (early[0].first, len(early)) == (date(2026, 9, 7), 9)


@pytest.mark.parametrize("count", [4, 7, 9])
@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2027, 3, 10), date(2027, 4, 26)])
def test_many_rounds_share_the_days_that_are_left(count: int, day: date) -> None:
    windows = [one.window for one in default_rounds(2026, count, today=day)]
    assert len(windows) == count
    assert windows[0].first >= day
    assert windows[-1].last <= date(2027, 5, 31)
    assert all(one.last < other.first for one, other in pairwise(windows))
    assert all(possible_moments(one, PREFERRED_HALF_DAYS) for one in windows)


def test_year_that_is_over_keeps_its_months() -> None:
    """So that what can't be is told; a year that is looked back on has no today."""
    assert default_rounds(2026, 3, today=date(2027, 6, 20)) == default_rounds(2026, 3)
