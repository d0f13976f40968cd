"""Does the checker see every broken rule, and do plans keep each of them?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from matcher.domain.absence import Absence
from matcher.domain.period import Period, Window
from matcher.domain.season import Pin, Season, SessionRound
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from tests.season_builders import a_guide, a_host, a_participant, a_round, a_season
from tests.sessions.season_random import random_season

if TYPE_CHECKING:
    from matcher.domain.year import Session, Year

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)


def a_small_season(**changes: object) -> Season:
    schools = [a_participant(n + 1, mentors=("M001",) if n == 0 else ()) for n in range(6)]
    hosts = [a_host("S001", kind="school", max_times=1), *(a_host(n + 1, capacity=3, max_times=2) for n in range(5))]
    values = {"guides": (a_guide(1),), "rounds": (a_round(1, smallest=2, largest=3), a_round(2, smallest=2, largest=3))}
    return a_season(schools, hosts, **(values | changes))


def planned(season: Season) -> Year:
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    return year


def test_year_whose_search_was_cut_short_says_after_how_long() -> None:
    season = random_season(1, schools=12)
    whole, stopped = plan_year(season, effort=QUICK), plan_year(season, effort=QUICK, stop=lambda: True)
    words = "Gestopt na 1 seconde: langer zoeken kan een beter jaar geven."
    assert (words in whole.notes, stopped.notes[-1]) == (False, words)
    assert plan_year(season, effort=QUICK, seconds=1e-9).notes[-1] == words


def with_session(year: Year, place: int, **changes: object) -> Year:
    sessions = list(year.sessions)
    sessions[place] = replace(sessions[place], **changes)
    return replace(year, sessions=tuple(sessions))


def complaints(season: Season, year: Year) -> str:
    return " ".join(check_year(season, year))


def test_checker_sees_a_school_twice_and_a_school_left_out() -> None:
    season = a_small_season()
    year = planned(season)
    first, second = year.sessions[0], year.sessions[1]
    twice = tuple(sorted({*first.schools[:-1], second.schools[0]}))
    assert "zit twee keer in ronde 1" in complaints(season, with_session(year, 0, schools=twice))
    assert "zit in geen groep" in complaints(season, with_session(year, 0, schools=first.schools[:-1]))


def test_checker_sees_a_wrong_size_and_too_little_room() -> None:
    season = a_small_season()
    year = planned(season)
    merged = tuple(sorted(year.sessions[0].schools + year.sessions[1].schools))
    crowded = replace(with_session(year, 0, schools=merged), sessions=())
    sessions = (replace(year.sessions[0], schools=merged, minutes=(0,) * len(merged)), *year.sessions[2:])
    told = complaints(season, replace(crowded, sessions=sessions))
    assert f"een groep van {len(merged)} scholen" in told
    assert "scholen en plaats voor 3" in told or "scholen en plaats voor 8" in told


def test_checker_sees_a_day_outside_the_window_and_a_closed_day() -> None:
    season = a_small_season()
    year = planned(season)
    session = year.sessions[0]
    assert "buiten het venster" in complaints(season, with_session(year, 0, day=session.day + timedelta(days=70)))
    school = next(one for one in season.participants if one.id == session.schools[0])
    away = replace(school, unavailable=(Period(session.day, session.day, "", "staking"),))
    closed = replace(season, participants=(*(one for one in season.participants if one.id != school.id), away))
    assert "(staking)" in complaints(closed, year)


def test_checker_sees_too_short_a_spacing_of_schools_and_hosts() -> None:
    season = a_small_season()
    year = planned(season)
    assert "liggen minder dan 90 dagen" in complaints(replace(season, spacing_days=90), year)
    hosts = [session.host for session in year.sessions]
    again = with_session(year, 0, host=hosts[-1])
    assert "te kort na elkaar" in complaints(replace(season, host_spacing_days=90), again)


def test_checker_sees_a_host_that_receives_too_often_or_sits_elsewhere() -> None:
    season = a_small_season()
    year = planned(season)
    for place, session in enumerate(year.sessions):
        if "S001" not in session.schools:
            assert "zit zelf in een andere groep" in complaints(season, with_session(year, place, host="S001"))
    tight = replace(season, hosts=tuple(replace(one, max_times=0) for one in season.hosts))
    assert "wil er hoogstens 0" in complaints(tight, year)


def test_checker_sees_a_pin_that_is_not_kept() -> None:
    season = a_small_season(pins=(Pin(round=1, schools=("S002", "S003"), host="H002"),))
    year = planned(season)
    assert any({"S002", "S003"} <= set(one.schools) and one.host == "H002" for one in year.sessions if one.round == 1)
    elsewhere = replace(season, pins=(Pin(round=1, schools=("S001", "S006"), host="H005"),))
    unpinned = planned(a_small_season(pins=(Pin(round=1, schools=("S001", "S002"), host="H001"),)))
    assert "vastgelegde sessie ontbreekt" in complaints(elsewhere, unpinned)


def test_checker_sees_a_mentor_who_is_not_invited_and_wrong_minutes_and_hours() -> None:
    season = a_small_season()
    year = planned(season)
    place = next(n for n, one in enumerate(year.sessions) if "S001" in one.schools)
    assert "mentoren kloppen niet" in complaints(season, with_session(year, place, mentors=()))
    minutes = tuple(one + 1 for one in year.sessions[0].minutes)
    assert "reistijden kloppen niet" in complaints(season, with_session(year, 0, minutes=minutes))
    assert "uren kloppen niet" in complaints(season, with_session(year, 0, end=year.sessions[0].start.replace(hour=23)))


def test_checker_sees_a_wrong_value_and_a_false_proof() -> None:
    season = a_small_season()
    year = planned(season)
    wrong = replace(year, goals=tuple(replace(one, value=99) for one in year.goals))
    assert "Het doel «herhaalde ontmoetingen» is" in complaints(season, wrong)
    false = replace(year, goals=tuple(replace(one, bound=10_000, proven=True) for one in year.goals))
    assert "voorbij zijn grens" in complaints(season, false)


def test_a_stated_absence_leaves_the_school_out_of_the_round() -> None:
    season = a_small_season(absences=(Absence("S004", 1, "studiereis"),))
    year = planned(season)
    assert all("S004" not in one.schools for one in year.sessions if one.round == 1)
    assert year.value("left_out") == 0


def test_a_plenary_holds_all_and_counts_no_meetings() -> None:
    rounds = (a_round(1, plenary=True), a_round(2, smallest=2, largest=3))
    season = a_season(6, [a_host(1, capacity=6), a_host(2), a_host(3), a_host(4)], rounds=rounds)
    year = planned(season)
    assert [len(one.schools) for one in year.sessions if one.round == 1] == [6]
    assert year.value("repeats") == 0


def test_mentors_decide_the_date_where_groups_leave_a_choice() -> None:
    season = a_small_season(guides=(a_guide(1, half_days=("do-nm",)),))
    year = planned(season)
    assert {one.half_day for one in year.sessions if "S001" in one.schools} == {"do-nm"}
    assert year.value("mentors_absent") == 0


@pytest.mark.parametrize("first", ["mixing", "travel"])
def test_the_same_seed_gives_the_same_year(first: str) -> None:
    season = a_small_season(first=first, seed=5)
    assert planned(season) == planned(season)


def test_a_held_session_stays_as_it_was() -> None:
    season = a_small_season()
    year = planned(season)
    today = max(one.day for one in year.sessions if one.round == 1) + timedelta(days=1)
    gone = next(one.host for one in year.sessions if one.round == 2)
    hosts = tuple(replace(one, max_times=1 if one.max_times else 0) if one.id != gone else one for one in season.hosts)
    after = planned(replace(season, hosts=hosts, previous=year, today=today))

    def held(one: Session) -> tuple[object, ...]:
        return one.round, one.host, one.day, one.schools

    assert [held(one) for one in after.sessions if one.round == 1] == [
        held(one) for one in year.sessions if one.round == 1
    ]


def test_a_host_that_drops_out_changes_its_own_session_alone() -> None:
    season = a_small_season()
    year = planned(season)
    lost = year.sessions[-1].host
    hit = [one for one in year.sessions if one.host == lost]
    hosts = tuple(replace(one, max_times=0) if one.id == lost else one for one in season.hosts)
    after = planned(replace(season, hosts=hosts, previous=year))
    assert after.value("changed_sessions") == len(hit)
    assert after.value("changed_invitations") == sum(len(one.schools) for one in hit)
    assert [goal.proven for goal in after.goals[:3]] == [True, True, True]
    assert {one.uid for one in year.sessions} == {one.uid for one in after.sessions}


def test_a_blocked_day_changes_no_more_than_it_must() -> None:
    season = a_small_season()
    year = planned(season)
    hit = year.sessions[0]
    away = Period(hit.day, hit.day, "", "brand")
    schools = tuple(
        replace(one, unavailable=(away,)) if one.id == hit.schools[0] else one for one in season.participants
    )
    after = planned(replace(season, participants=schools, previous=year))
    assert after.value("changed_sessions") == 1
    assert after.goals[1].proven


def test_nothing_changes_where_nothing_fell_through() -> None:
    season = a_small_season()
    year = planned(season)
    after = planned(replace(season, previous=year))
    assert (after.value("changed_sessions"), after.value("changed_invitations")) == (0, 0)
    assert [one.uid for one in after.sessions] == [one.uid for one in year.sessions]
    assert all(one.sequence == 0 for one in after.sessions)


def test_one_date_in_a_window_is_found() -> None:
    rounds = tuple(
        SessionRound(number=n, window=Window(day, day), smallest=2, largest=3)
        for n, day in ((1, date(2027, 1, 13)), (2, date(2027, 2, 3)))
    )
    year = planned(a_small_season(rounds=rounds))
    assert {one.day for one in year.sessions} == {date(2027, 1, 13), date(2027, 2, 3)}
