"""Does the school year as a calendar say of each weekday what is closed, which round it serves and who can't come?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.domain.period import Period
from matcher.engine.year.annealing import Effort
from matcher.sessions.move_choices import day_choices, host_choices
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_calendar import school_days
from tests.season_builders import a_host, a_participant, a_round, a_season

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
AWAY = Period(date(2027, 1, 13), date(2027, 1, 13), "", "studiedag")
PROJECT = Period(date(2027, 1, 20), date(2027, 1, 22), "", "projectweek")


def test_every_weekday_of_the_school_year_is_told() -> None:
    schools = [a_participant(1, unavailable=(AWAY,)), a_participant(2), a_participant(3), a_participant(4)]
    days = {one.day: one for one in school_days(a_season(schools, free=(PROJECT,)))}
    assert (min(days), max(days)) == (date(2026, 9, 1), date(2027, 6, 30))
    assert {one.weekday() for one in days} == {0, 1, 2, 3, 4}
    assert days[date(2026, 11, 3)].closed == "herfstvakantie"
    assert days[date(2027, 1, 20)].closed == "projectweek"
    assert days[date(2026, 12, 10)].exams == "kerstexamens"
    wednesday, monday = days[date(2027, 1, 13)], days[date(2027, 1, 11)]
    assert (wednesday.rounds, wednesday.half_days, wednesday.away) == ((1,), ("wo-nm",), (("S001", "studiedag"),))
    assert (monday.rounds, monday.half_days, monday.away) == ((1,), (), ())
    assert days[date(2026, 10, 14)].rounds == ()


def test_round_after_the_school_year_is_in_the_calendar_too() -> None:
    late = replace(a_round(1).window, first=date(2027, 6, 28), last=date(2027, 7, 9))
    assert school_days(a_season(rounds=(a_round(1, window=late),)))[-1].day == date(2027, 7, 9)


def test_choices_say_who_can_not_and_what_keeps_a_host() -> None:
    schools = [a_participant(n, unavailable=(AWAY,) if n == 1 else ()) for n in (1, 2, 3, 4)]
    hosts = [a_host(1), a_host(2, capacity=1), a_host(3, unavailable=(Period(date(2026, 9, 1), date(2027, 6, 30)),))]
    season = a_season(schools, hosts, rounds=(a_round(1, smallest=2, largest=2),))
    year = plan_year(season, effort=QUICK)
    session = next(one for one in year.sessions if "S001" in one.schools)
    days = {one.day: one for one in day_choices(season, year, session)}
    assert "School 1" in [name for name, _ in days[AWAY.first].away]
    told = {one.host.id: one.obstacle for one in host_choices(season, year, session)}
    assert session.host not in told
    assert told["H002"] == "heeft plaats voor 1 school"
    assert str(told["H003"]).startswith("kan die dag niet")
