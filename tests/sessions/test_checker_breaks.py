"""Does the checker see the broken rules of plenaries, absences, hosts' days, unknown names and goals?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.domain.absence import Absence
from matcher.domain.period import Period
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from tests.season_builders import a_host, a_round, a_season

if TYPE_CHECKING:
    from matcher.domain.season import Season
    from matcher.domain.year import Session, Year

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
SEASON = a_season(
    6,
    [a_host(n, capacity=6, max_times=2) for n in range(1, 6)],
    rounds=(a_round(1, smallest=2, largest=3), a_round(2, smallest=2, largest=3)),
)
YEAR = plan_year(SEASON, effort=QUICK)


def told(season: Season, year: Year = YEAR) -> str:
    return " ".join(check_year(season, year))


def first(**changes: object) -> Year:
    sessions: tuple[Session, ...] = (replace(YEAR.sessions[0], **changes), *YEAR.sessions[1:])  # type: ignore[arg-type]
    return replace(YEAR, sessions=sessions)


def test_kept_rules_are_not_complained_of() -> None:
    assert told(SEASON) == ""


def test_plenary_in_two_sessions() -> None:
    plenary = replace(SEASON.rounds[0], plenary=True)
    assert "Ronde 1 is plenair en heeft toch " in told(replace(SEASON, rounds=(plenary, SEASON.rounds[1])))


def test_absent_school_in_a_group_and_a_school_left_out_without_a_reason() -> None:
    assert "S001 is afwezig gemeld in ronde 1" in told(replace(SEASON, absences=(Absence("S001", 1, "ziek"),)))
    one = YEAR.sessions[0]
    lost = first(schools=one.schools[1:], minutes=one.minutes[1:])
    silent = replace(lost, absences=(Absence(one.schools[0], one.round, ""),))
    assert f"{one.schools[0]} zit in geen groep van ronde {one.round}, zonder reden." in told(SEASON, silent)


def test_host_on_a_day_or_half_day_on_which_it_does_not_receive() -> None:
    one = YEAR.sessions[0]
    closed = Period(one.day, one.day, "", "verbouwing")
    for changes, words in (({"unavailable": (closed,)}, "(verbouwing)"), ({"half_days": ("ma-vm",)}, "deze halve dag")):
        hosts = tuple(replace(h, **changes) if h.id == one.host else h for h in SEASON.hosts)  # type: ignore[arg-type]
        assert words in told(replace(SEASON, hosts=hosts))


def test_free_day_of_everybody() -> None:
    day = YEAR.sessions[0].day
    assert "(staking)" in told(replace(SEASON, free=(Period(day, day, "", "staking"),)))


def test_names_that_nobody_bears() -> None:
    assert "onbekende locatie, ronde of school" in told(SEASON, first(host="H099"))
    assert "onbekende locatie, ronde of school" in told(SEASON, first(round=9))


def test_host_at_two_sessions_at_once() -> None:
    """Without any spacing a host still receives one session a half-day."""
    one, other = [session for session in YEAR.sessions if session.round == 1][:2]
    loose = replace(SEASON, host_spacing_days=0)
    double = replace(other, host=one.host, day=one.day, half_day=one.half_day, start=one.start, end=one.end)
    sessions = tuple(double if session is other else session for session in YEAR.sessions)
    assert "te kort na elkaar" in told(loose, replace(YEAR, sessions=sessions))


def test_goals_in_another_order() -> None:
    assert "De doelen staan niet in hun volgorde." in told(SEASON, replace(YEAR, goals=YEAR.goals[::-1]))
