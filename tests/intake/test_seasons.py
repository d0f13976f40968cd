"""Does a season hold everybody of the cohort, with their mentors, places and days?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher import feeds, plan_year
from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Period
from matcher.domain.plan import Pair, Plan
from matcher.domain.policy import Policy
from matcher.engine.year.annealing import Effort
from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.season.hosts import Blackouts, read_blackouts, read_locations
from matcher.intake.season.seasons import make_season, weakest_themes
from matcher.sessions.half_days import default_rounds, possible_moments, school_reason
from tests.builders import a_mentor, a_round, a_school
from tests.season_builders import a_host

if TYPE_CHECKING:
    from matcher.domain.season import Season

AWAY = Period(date(2027, 1, 13), date(2027, 1, 13), "", "studiedag")
GIVEN = a_round(
    [a_school(1, baseline={"2.1": 1, "6.1": 3}, email="een@school.example"), a_school(2)],
    [a_mentor(1), a_mentor(2, company_key="bedrijf1"), a_mentor(3)],
)
PLAN = Plan(
    status="proven",
    engine="network",
    goals=(),
    pairs=(
        Pair(school="S001", mentor="M001", points=1, travel_minutes=1),
        Pair(school="S001", mentor="M002", points=1, travel_minutes=1),
    ),
    open_places=(),
    inputs_hash="",
    policy=Policy(),
)


def season(**changes: object) -> Season:
    values: dict[str, object] = {"id": "c", "school_year": 2026, "rounds": default_rounds(2026)}
    return make_season(GIVEN, PLAN, **(values | changes))  # type: ignore[arg-type]


def test_every_school_takes_part_with_the_mentors_of_the_plan() -> None:
    first, second = season().participants
    assert (first.mentors, first.themes, first.email) == (
        ("M001", "M002"),
        ("leerplan", "samenwerking"),
        "een@school.example",
    )
    assert (second.mentors, second.themes) == ((), ())


def test_mentor_who_left_is_invited_to_no_session() -> None:
    """By row or by a drop-out that was noted later: who left is at no school and gets no calendar entry."""
    values: dict[str, object] = {"id": "c", "school_year": 2026, "rounds": default_rounds(2026, 1, 1, 2)}
    by_row = replace(
        GIVEN, mentors=tuple(replace(one, status="withdrawn") if one.id == "M001" else one for one in GIVEN.mentors)
    )
    for given in (by_row, replace(GIVEN, withdrawn={"M001": "ziek"})):
        made = make_season(given, PLAN, [a_host(1)], **values)  # type: ignore[arg-type]
        assert [one.mentors for one in made.participants] == [("M002",), ()]
        year = plan_year(made, effort=Effort(chains=2, mixing=20, nearing=20, saving=10, proof=0.1))
        assert year.sessions
        assert {mentor for one in year.sessions for mentor in one.mentors} == {"M002"}
        invited = {name for name, content in feeds(made, year).items() if b"BEGIN:VEVENT" in content}
        assert any("M002" in name for name in invited)
        assert not [name for name in invited if "M001" in name]


def test_plan_with_a_mentor_that_left_or_without_a_school_of_the_cohort_is_refused() -> None:
    values: dict[str, object] = {"id": "c", "school_year": 2026, "rounds": default_rounds(2026)}
    fewer = replace(GIVEN, mentors=tuple(one for one in GIVEN.mentors if one.id != "M002"))
    with pytest.raises(InvalidValueError, match=r"^Mentor M002 staat in het plan maar niet meer in mentoren\.csv\. "):
        make_season(fewer, PLAN, **values)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"^Dit plan is van een andere cohorte\.$"):
        make_season(a_round([a_school(7)], [a_mentor(9)]), PLAN, **values)  # type: ignore[arg-type]


def test_schools_and_companies_of_matched_mentors_can_receive() -> None:
    assert [(one.id, one.kind) for one in season().hosts] == [
        ("S001", "school"),
        ("S002", "school"),
        ("bedrijf1", "company"),
    ]


def test_a_place_from_the_file_goes_before_the_usual_one() -> None:
    own = a_host("S001", kind="school", capacity=20)
    extra = a_host("Provinciehuis")
    hosts = {one.id: one.capacity for one in season(hosts=[own, extra]).hosts}
    assert hosts == {"Provinciehuis": 8, "S001": 20, "S002": 8, "bedrijf1": 8}


def test_blackouts_reach_schools_mentors_places_and_all() -> None:
    away = Blackouts(
        schools={"S001": (AWAY,)},
        mentors={"M002": (AWAY,)},
        hosts={"bedrijf1": (AWAY,)},
        exams={"S002": (AWAY,)},
        everybody=(AWAY,),
    )
    found = season(blackouts=away)
    assert [one.unavailable for one in found.participants] == [(AWAY,), ()]
    assert [one.exams for one in found.participants] == [None, (AWAY,)]
    assert [one.unavailable for one in found.guides] == [(), (AWAY,), ()]
    assert [one.unavailable for one in found.hosts] == [(), (), (AWAY,)]
    assert found.free == (AWAY,)


def test_themes_go_from_the_weakest() -> None:
    assert weakest_themes({"1.1": 4, "2.1": 3, "4.1": 0, "6.1": 2, "6.2": 4}) == (
        "professionalisering",
        "samenwerking",
        "leerplan",
    )
    assert weakest_themes({"1.1": 4}) == ()
    assert weakest_themes({"6.1": 1, "1.1": 1}) == ("leerplan", "samenwerking")


def test_sample_cohort_has_a_season_in_which_everybody_can_come_each_month() -> None:
    folder = Path(__file__).parents[2] / "data" / "voorbeeld"
    given = read_cohort(folder).given
    assert given is not None
    plan = replace(PLAN, pairs=())
    hosts, odd = read_locations(given, (folder / "locaties.csv").read_bytes())
    blackouts, odder = read_blackouts(given, hosts, (folder / "blokkeringen.csv").read_bytes(), 2026)
    found = make_season(given, plan, hosts, blackouts, id="c", school_year=2026, rounds=default_rounds(2026, 5))
    assert [one for one in (*odd, *odder) if one.severity != "note"] == []
    assert (len(found.participants), len(found.hosts)) == (20, 26)
    for one in found.rounds:
        moments = possible_moments(one.window, found.half_days)
        for school in found.participants:
            free = [moment for moment in moments if not school_reason(found, school, moment.day, moment.half_day)]
            assert 0 < len(free) <= len(moments)


def test_exams_of_everybody_replace_the_usual_weeks_of_schools_without_their_own() -> None:
    content = "schoolnummer;van;tot;soort\nalle;18/01/2027;22/01/2027;examens\nS002;25/01/2027;29/01/2027;examens\n"
    found, findings = read_blackouts(GIVEN, (), content.encode(), 2026)
    assert all(one.severity == "note" for one in findings)
    assert found.exams == {
        "S001": (Period(date(2027, 1, 18), date(2027, 1, 22)),),
        "S002": (Period(date(2027, 1, 25), date(2027, 1, 29)),),
    }
    assert found.everybody == ()
