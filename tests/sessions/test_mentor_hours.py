"""Is a mentor whose half-days exclude a session told so, and does a date within their hours go first?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.domain.season_document import season_from_document, season_to_document
from matcher.engine.year.annealing import Effort
from matcher.intake.season.seasons import make_season
from matcher.output.ical import feed
from matcher.sessions.checker import check_year
from matcher.sessions.half_days import default_rounds
from matcher.sessions.schedule import plan_year
from tests.intake.test_outdated_year import GIVEN, PLAN
from tests.output.calendar_store import read_events
from tests.season_builders import a_guide, a_participant, a_season

if TYPE_CHECKING:
    from matcher.domain.season import Season

QUICK = Effort(chains=4, mixing=30, nearing=30, saving=15, proof=0.2)


def a_season_of(*usual: tuple[str, ...], **changes: object) -> Season:
    """Make one round of four schools in twos, each with a mentor who visits on these half-days."""
    guides = tuple(a_guide(n, usual=days) for n, days in enumerate(usual, 1))
    schools = [a_participant(n, mentors=(f"M00{n}",) if n <= len(usual) else ()) for n in range(1, 5)]
    values: dict[str, object] = {"rounds": default_rounds(2026, 1, 2, 2), "guides": guides}
    return a_season(schools, 2, **(values | changes))


def test_mentor_outside_usual_hours_can_come_and_is_told_apart() -> None:
    season = a_season_of(("ma-vm",), ("wo-nm",), half_days=("wo-nm",))
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    assert sorted(who for one in year.sessions for who in one.mentors) == ["M001", "M002"]
    assert [who for one in year.sessions for who in one.beyond_hours] == ["M001"]
    assert year.value("mentors_absent") == 0
    told = " ".join(str(one.description) for one in read_events(feed(season, year)))
    assert "Komt buiten zijn uren: Mentor 1 (Bedrijf 1)." in told
    assert "Mentoren: Mentor 2 (Bedrijf 2)." in told


def test_date_within_the_hours_of_mentors_goes_first() -> None:
    season = a_season_of(("do-nm",), ("do-nm",), ("do-nm",), ("do-nm",), half_days=("wo-nm", "do-nm"))
    year = plan_year(season, effort=QUICK)
    assert {one.half_day for one in year.sessions} == {"do-nm"}
    assert all(one.beyond_hours == () for one in year.sessions)


def test_checker_sees_who_is_told_wrongly() -> None:
    season = a_season_of(("ma-vm",), half_days=("wo-nm",))
    year = plan_year(season, effort=QUICK)
    wrong = replace(year, sessions=tuple(replace(one, beyond_hours=()) for one in year.sessions))
    assert any("wie buiten zijn uren komt, klopt niet" in one for one in check_year(season, wrong))


def test_hours_are_those_of_the_mentor_and_older_seasons_know_none() -> None:
    season = make_season(GIVEN, PLAN, id="c", school_year=2026, rounds=default_rounds(2026))
    assert {one.id: one.usual for one in season.guides} == {one.id: one.half_days for one in GIVEN.mentors}
    document = season_to_document(replace(season, guides=tuple(replace(one, usual=()) for one in season.guides)))
    assert all("usual" not in one for one in document["guides"])
    assert all(one.usual == () for one in season_from_document(document).guides)
