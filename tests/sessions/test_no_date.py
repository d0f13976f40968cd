"""Are a group's dates those that nothing bars, and is the set of bars that is told the smallest?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Period, Window
from matcher.domain.season import Pin, Season, SessionRound
from matcher.sessions.find_session import find_host, find_participant, find_session_round, sessions_at
from matcher.sessions.half_days import Moment
from matcher.sessions.no_date import Bar, Dates, group_dates, pin_fault, smallest_bars, why_no_date
from tests.season_builders import a_host, a_participant, a_season, a_session, a_year

FIRST, SECOND, THIRD = date(2027, 1, 13), date(2027, 1, 20), date(2027, 1, 27)
THREE_DAYS = SessionRound(number=1, window=Window(FIRST, THIRD), smallest=1, largest=4)
LATER = SessionRound(number=2, window=Window(date(2027, 2, 1), date(2027, 2, 28)), smallest=1, largest=4)


def a_small_season(*away: tuple[Period, ...], hosts: int | list[object] = 2, **changes: object) -> Season:
    """Make a season whose first round has three Wednesdays; `away` are the blackouts of the first schools."""
    schools = [a_participant(n, unavailable=periods) for n, periods in enumerate(away, 1)]
    schools += [a_participant(n) for n in range(len(away) + 1, 5)]
    values = {"rounds": (THREE_DAYS, LATER), "half_days": ("wo-nm",)} | changes
    return a_season(schools, hosts, **values)  # type: ignore[arg-type]


def on(*days: date, reason: str = "") -> Period:
    return Period(days[0], days[-1], "", reason)


def open_days(season: Season, schools: tuple[str, ...], host: str | None = None, **more: object) -> list[date]:
    return [one.day for one in group_dates(season, schools, host, 1, **more).open]  # type: ignore[arg-type]


def test_group_has_the_dates_on_which_all_can() -> None:
    season = a_small_season((on(FIRST),), (on(SECOND),))
    assert open_days(season, ("S001",)) == [SECOND, THIRD]
    assert open_days(season, ("S001", "S002")) == [THIRD]
    assert why_no_date(season, ("S001", "S002"), None, 1) is None


def test_smallest_set_is_found_where_leaving_out_one_by_one_keeps_more() -> None:
    # Dropping the bars of the fewest moments first would leave the last three, of which each is needed.
    sets = ("0123", "45678", "60142", "72350", "83154")
    bars = tuple(Bar(text, text, text, 1, frozenset(map(int, text))) for text in sets)
    moments = tuple(Moment(FIRST + timedelta(weeks=n), "wo-nm", 0) for n in range(9))
    assert [one.text for one in smallest_bars(Dates((), moments, bars))] == ["0123", "45678"]


def test_first_remedy_asks_for_the_fewest_and_the_shortest() -> None:
    season = a_small_season((on(FIRST, SECOND),), (on(SECOND), on(THIRD, reason="sportdag")))
    told = why_no_date(season, ("S001", "S002"), None, 1)
    assert told is not None
    assert told.remedies[0] == ("Op 27/01/2027 (wo-nm) lukt het als dit wijkt: School 2 (27/01/2027: sportdag).")
    assert "Zonder School 2 kan het wel, bijvoorbeeld op 27/01/2027 (wo-nm)." in told.remedies


def test_other_sessions_of_the_year_keep_their_distance() -> None:
    season = a_small_season()
    year = a_year(a_session(round=2, day=date(2027, 2, 10), schools=("S001", "S002"), host="H002"))
    assert open_days(season, ("S001",)) == [FIRST, SECOND, THIRD]
    assert open_days(season, ("S001",), year=year) == [FIRST, SECOND]
    assert open_days(season, ("S003",), "H002", year=year) == [FIRST, SECOND]
    assert open_days(season, ("S003",), "H001", year=year) == [FIRST, SECOND, THIRD]


def test_own_session_of_the_round_does_not_stand_in_the_way() -> None:
    season = a_small_season(hosts=[a_host(1, max_times=1)])
    mine = a_session(schools=("S001", "S002"), day=FIRST)
    assert open_days(season, ("S001", "S002"), "H001", year=a_year(mine)) == [FIRST, SECOND, THIRD]
    assert open_days(season, ("S003", "S004"), "H001", year=a_year(mine)) == []


def test_host_bars_with_its_half_days_times_room_and_own_school() -> None:
    busy = a_participant(1, unavailable=(on(FIRST),))
    hosts = [
        a_host(1, half_days=("do-nm",)),
        a_host(2, max_times=0),
        a_host(3, capacity=1),
        a_host("S001", kind="school"),
    ]
    season = a_season([busy, a_participant(2), a_participant(3)], hosts, rounds=(THREE_DAYS,), half_days=("wo-nm",))
    for host, words in (
        ("H001", "alleen op do-nm"),
        ("H002", "ontvangt dit jaar niet"),
        ("H003", "plaats voor 1 school"),
    ):
        told = why_no_date(season, ("S002", "S003"), host, 1)
        assert told is not None
        assert len(told.rules) == 1
        assert told.rules[0].endswith(words)
        assert f"Bij een andere gastheer dan Locatie {host[-1]} kan het wel" in told.remedies[1]
    dates = group_dates(season, ("S002",), "S001", 1)
    assert (dates.schools, [one.day for one in dates.open]) == (("S001", "S002"), [SECOND, THIRD])


def test_round_without_a_school_day_says_so() -> None:
    holidays = SessionRound(number=1, window=Window(date(2026, 12, 21), date(2027, 1, 2)), smallest=1, largest=4)
    told = why_no_date(a_small_season(rounds=(holidays,)), ("S001",), None, 1)
    assert told is not None
    assert told.rules == ("venster",)


def test_pin_on_a_day_without_sessions_is_explained() -> None:
    season = a_small_season()
    assert pin_fault(season, Pin(round=1, day=SECOND)) is None
    assert pin_fault(season, Pin(round=1, host="H001")) is None
    told = pin_fault(season, Pin(round=2, day=date(2027, 2, 10)))
    assert told == (
        "Op 10/02/2027 kan er in ronde 2 geen sessie zijn (krokusvakantie): "
        "dat kan van 01/02/2027 tot 28/02/2027, op wo-nm."
    )


def test_texts_are_found_by_number_or_name() -> None:
    season = a_small_season()
    year = a_year(a_session(), a_session(schools=("S003", "S004"), host="H002"))
    assert find_session_round(season, "Ronde 2") == 2
    assert (find_participant(season, "school 1"), find_host(season, "H002")) == ("S001", "H002")
    assert [one.host for one in sessions_at(season, year, 1)] == ["H001", "H002"]
    assert [one.host for one in sessions_at(season, year, 1, "S003")] == ["H002"]
    assert [one.schools for one in sessions_at(season, year, 1, "Locatie 1")] == [("S001", "S002")]
    assert sessions_at(season, year, 2, "S003") == ()
    with pytest.raises(InvalidValueError, match="Bedoelde u «S001»"):
        find_participant(season, "S01")
    with pytest.raises(InvalidValueError, match="Kies uit: 1, 2"):
        find_session_round(season, "drie")
