"""Do sessions that have been stay as they were, whatever happens to hosts, mentors and schools since?"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from matcher.domain.absence import Absence
from matcher.engine.year.annealing import Effort
from matcher.intake.season.membership_changes import with_former
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from matcher.sessions.verify import verify_year
from tests.season_builders import a_guide, a_host, a_participant, a_round, a_season

if TYPE_CHECKING:
    from matcher.domain.season import Season
    from matcher.domain.year import Session, Year

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
SCHOOLS = [a_participant(n, mentors=(f"M00{n}",)) for n in range(1, 7)]
SEASON = a_season(
    SCHOOLS,
    [a_host(n, capacity=3, max_times=2) for n in range(1, 6)],
    guides=tuple(a_guide(n) for n in range(1, 7)),
    rounds=tuple(a_round(n, smallest=2, largest=3) for n in (1, 2)),
)
YEAR = plan_year(SEASON, effort=QUICK)
HELD = [one for one in YEAR.sessions if one.round == 1]
TODAY = max(one.day for one in HELD) + timedelta(days=1)


def repaired(season: Season, **changes: object) -> Year:
    """Plan again after the first round; the year holds."""
    asked = replace(season, **({"previous": YEAR, "today": TODAY} | changes))
    year = plan_year(asked, effort=QUICK)
    assert year.conflict is None
    assert verify_year(asked, year).sound
    return year


def held_in(year: Year) -> list[Session]:
    return [replace(one, reasons=()) for one in year.sessions if one.round == 1]


def test_host_that_received_and_drops_out_changes_only_what_is_to_come() -> None:
    lost = HELD[0].host
    hit = [one for one in YEAR.sessions if one.host == lost and one.round == 2]
    for change in ({"max_times": 0}, {"max_times": 0, "capacity": 0}, {"max_times": 0, "capacity": 1}):
        hosts = tuple(replace(one, **change) if one.id == lost else one for one in SEASON.hosts)
        year = repaired(SEASON, hosts=hosts)
        assert held_in(year) == [replace(one, reasons=()) for one in HELD]
        assert all(one.host != lost for one in year.sessions if one.round == 2)
        assert (year.value("changed_sessions"), year.goals[1].proven) == (len(hit), True)


def test_smaller_rooms_and_other_sizes_afterwards_leave_what_has_been_as_a_fact() -> None:
    """No bound may count a session that was held as if its host could not have had it."""
    tight = tuple(replace(one, capacity=2) for one in SEASON.hosts)
    for season in (
        replace(SEASON, hosts=tight),
        replace(SEASON, hosts=tight, rounds=tuple(replace(one, smallest=2, largest=2) for one in SEASON.rounds)),
    ):
        year = repaired(season)
        assert held_in(year) == [replace(one, reasons=()) for one in HELD]
        assert {len(one.schools) for one in year.sessions if one.round == 2} == {2}
        for name in ("repeats", "worst_travel", "total_travel"):
            goal = next(one for one in year.goals if one.name == name)
            assert goal.bound is None or goal.bound <= goal.value


def test_mentors_and_hours_of_later_do_not_rewrite_what_has_been() -> None:
    others = tuple(replace(one, mentors=("M006",)) for one in SEASON.participants)
    late = replace(SEASON.afternoon, start=time(14), end=time(17))
    year = repaired(SEASON, participants=others, afternoon=late)
    assert held_in(year) == [replace(one, reasons=()) for one in HELD]
    assert {one.start for one in year.sessions if one.round == 2} == {time(14)}
    assert {one.invited_mentors for one in year.sessions if one.round == 2} == {("M006",)}


def test_absence_that_is_told_afterwards_does_not_undo_a_session() -> None:
    year = repaired(SEASON, absences=(Absence("S001", 1, "ziek"),))
    assert held_in(year) == [replace(one, reasons=()) for one in HELD]
    assert year.absences == ()


def test_school_that_leaves_stays_in_what_has_been_and_is_cancelled_in_what_is_to_come() -> None:
    rest = replace(SEASON, participants=SEASON.participants[:5], previous=YEAR, today=TODAY)
    season = with_former(rest, SEASON)
    year = repaired(season)
    assert held_in(year) == [replace(one, reasons=()) for one in HELD]
    assert all("S006" not in one.schools for one in year.sessions if one.round == 2)
    assert [(one.school, one.round, one.reason) for one in year.absences] == [("S006", 2, "doet niet meer mee")]
    uninvited = [one for one in year.sessions if "S006" in one.left_schools]
    assert len(uninvited) + sum("S006" in one.schools for one in year.cancelled) == 1


def test_school_that_joins_is_absent_from_what_is_over_and_gets_a_place_in_what_is_to_come() -> None:
    season = with_former(
        replace(SEASON, participants=(*SEASON.participants, a_participant(7)), previous=YEAR, today=TODAY), SEASON
    )
    wider = replace(season, rounds=tuple(replace(one, largest=4) for one in season.rounds))
    roomy = replace(wider, hosts=tuple(replace(one, capacity=4) for one in wider.hosts))
    year = repaired(roomy)
    assert [(one.school, one.round) for one in year.absences] == [("S007", 1)]
    assert any("S007" in one.schools for one in year.sessions if one.round == 2)


def test_host_and_mentor_that_left_stay_known() -> None:
    host, mentor = HELD[0].host, HELD[0].mentors[0]
    season = replace(
        SEASON,
        hosts=tuple(one for one in SEASON.hosts if one.id != host),
        guides=tuple(one for one in SEASON.guides if one.id != mentor),
        participants=tuple(replace(one, mentors=()) for one in SEASON.participants),
        previous=YEAR,
        today=TODAY,
    )
    year = repaired(with_former(season, SEASON))
    assert held_in(year) == [replace(one, reasons=()) for one in HELD]


def test_checker_sees_a_held_session_that_changed() -> None:
    season = replace(SEASON, previous=YEAR, today=TODAY)
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    other = replace(year.sessions[0], mentors=())
    told = " ".join(check_year(season, replace(year, sessions=(other, *year.sessions[1:]))))
    assert "is al geweest en veranderde toch" in told
