"""Are the moments that are proposed to a group without a date the best there are, and is who can come counted?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from matcher.domain.period import Period
from matcher.sessions.half_days import school_reason
from matcher.sessions.no_date import group_dates
from matcher.sessions.poll import proposal_document, proposal_words, proposals
from tests.season_builders import a_guide, a_host
from tests.sessions.season_random import random_season
from tests.sessions.test_no_date import FIRST, SECOND, THIRD, a_small_season, on

GROUP = ("S001", "S002", "S003")


def test_three_moments_with_who_can_come() -> None:
    season = a_small_season((on(FIRST, SECOND),), (on(SECOND),), (on(SECOND, THIRD, reason="sportdag"),))
    guides = (a_guide(1, half_days=("wo-nm",)), a_guide(2, unavailable=(on(FIRST),)))
    people = [replace(one, mentors=("M001", "M002") if one.id == "S001" else ()) for one in season.participants]
    season = replace(season, participants=tuple(people), guides=guides)
    found = proposals(season, group_dates(season, GROUP, "H001", 1), "H001")
    assert [(one.moment.day, one.schools, len(one.mentors)) for one in found] == [
        (FIRST, ("S002", "S003"), 1),
        (SECOND, (), 2),
        (THIRD, ("S001", "S002"), 2),
    ]
    assert [proposal_words(season, one) for one in found] == [
        (
            "Woensdagnamiddag 13/01/2027, met 2 van de 3 scholen en 1 van de 2 mentoren. "
            "Zonder School 1 (13/01/2027 tot 20/01/2027)."
        ),
        (
            "Woensdagnamiddag 20/01/2027, met 0 van de 3 scholen en 2 van de 2 mentoren. Zonder School 1 "
            "(13/01/2027 tot 20/01/2027), School 2 (20/01/2027) en School 3 (20/01/2027 tot 27/01/2027: sportdag)."
        ),
        (
            "Woensdagnamiddag 27/01/2027, met 2 van de 3 scholen en 2 van de 2 mentoren. "
            "Zonder School 3 (20/01/2027 tot 27/01/2027: sportdag)."
        ),
    ]
    told = proposal_document(season, found[0])
    assert (told["day"], told["schools"], told["missing"]) == ("2027-01-13", ["S002", "S003"], ["S001"])
    assert (told["mentors"], told["absent_mentors"], told["host_free"]) == (["M001"], ["M002"], True)


def test_moment_of_the_host_comes_before_more_schools() -> None:
    away = a_host(1, unavailable=(on(FIRST),))
    season = a_small_season((on(SECOND, THIRD),), (on(SECOND, THIRD),), hosts=[away])
    found = proposals(season, group_dates(season, GROUP, "H001", 1), "H001")
    assert [(one.moment.day, one.host_obstacle is None, len(one.schools)) for one in found] == [
        (FIRST, False, 3),
        (SECOND, True, 1),
        (THIRD, True, 1),
    ]
    assert proposal_words(season, found[0]) == (
        "Woensdagnamiddag 13/01/2027, met 3 van de 3 scholen. De gastheer kan dan niet (13/01/2027)."
    )


def test_group_that_has_a_date_needs_no_poll() -> None:
    season = a_small_season((on(FIRST),))
    assert proposals(season, group_dates(season, GROUP, None, 1), None) == ()


def test_window_without_a_day_of_school_has_nothing_to_propose() -> None:
    season = a_small_season(today=date(2027, 1, 28))
    assert proposals(season, group_dates(season, GROUP, None, 1), None) == ()


def test_counts_are_those_of_the_blackouts_and_no_other_moment_has_more() -> None:
    """Against random seasons: one school of each group can never, so that every group is polled."""
    polled = 0
    for seed in range(20):
        season = random_season(seed, 12)
        first, last = season.rounds[0].window.first, season.rounds[0].window.last
        people = [
            replace(one, unavailable=(*one.unavailable, Period(first, last + timedelta(days=1), "", "stage")))
            if one.id == "S001"
            else one
            for one in season.participants
        ]
        season = replace(season, participants=tuple(people), today=None)
        group = tuple(one.id for one in season.participants[:6])
        dates = group_dates(season, group, None, 1)
        found = proposals(season, dates, None)
        members = season.participants[:6]
        counts = {
            (at.day, at.half_day): sum(school_reason(season, one, at.day, at.half_day) is None for one in members)
            for at in dates.moments
        }
        for one in found:
            assert len(one.schools) == counts[one.moment.day, one.moment.half_day]
            assert {*one.schools, *one.missing} == set(group)
        assert sorted((len(one.schools) for one in found), reverse=True) == sorted(counts.values(), reverse=True)[:3]
        polled += 1
    assert polled == 20
