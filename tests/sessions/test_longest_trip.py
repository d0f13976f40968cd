"""Does nobody travel longer to a session than the season allows, and is there a reason where that can't be?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.domain.position import Position
from matcher.domain.season import Pin
from matcher.domain.season_document import season_from_document, season_hash, season_to_document
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from tests.season_builders import GENT, a_host, a_participant, a_round, a_season

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
BRUGGE = Position(51.2093, 3.2247)
"""44 minutes from Gent by our estimate; 9 minutes within a town."""

SCHOOLS = [a_participant(n, position=GENT if n < 3 else BRUGGE) for n in range(1, 5)]
HOSTS = [a_host(n, position=GENT if n < 3 else BRUGGE) for n in range(1, 5)]
FREE = a_season(SCHOOLS, HOSTS, rounds=tuple(a_round(n, smallest=2, largest=2) for n in (1, 2, 3)))
NEAR = replace(FREE, longest_trip=30)


def test_nobody_travels_beyond_the_limit_though_meetings_repeat() -> None:
    free, near = plan_year(FREE, effort=QUICK), plan_year(NEAR, effort=QUICK)
    assert max(minutes for one in free.sessions for minutes in one.minutes) == 44
    assert max(minutes for one in near.sessions for minutes in one.minutes) <= 10
    assert check_year(NEAR, near) == ()


def test_checker_names_the_school_that_travels_too_long() -> None:
    faults = check_year(NEAR, plan_year(FREE, effort=QUICK))
    assert any("rijdt 44 minuten, meer dan de langste rit van 30." in one for one in faults)


def test_school_far_from_every_place_is_named_with_the_nearest() -> None:
    alone = replace(NEAR, hosts=tuple(HOSTS[:2]))
    conflict = plan_year(alone, effort=QUICK).conflict
    assert conflict is not None
    assert conflict.sentence == (
        "School 3 rijdt naar elke locatie langer dan 30 minuten; naar Locatie 1, de dichtste, 44."
    )
    assert conflict.remedies == (
        "Zoek een locatie dichter bij School 3.",
        "Laat een rit van 44 minuten toe (langste_rit).",
        "Laat School 3 in ronde 1 online deelnemen.",
        "Meld School 3 afwezig in ronde 1.",
    )
    assert plan_year(replace(alone, longest_trip=44), effort=QUICK).conflict is None


def test_limit_that_quarrels_with_a_pin_is_part_of_the_smallest_reason() -> None:
    pinned = replace(NEAR, pins=(Pin(round=1, schools=("S001", "S003")),))
    conflict = plan_year(pinned, effort=QUICK).conflict
    assert conflict is not None
    assert "geen school rijdt langer dan 30 minuten naar een sessie" in conflict.rules
    assert any("ligt vast" in one for one in conflict.rules)
    assert "Laat een langere rit toe (langste_rit)." in conflict.remedies


def test_sessions_that_have_been_may_have_been_far() -> None:
    year = plan_year(FREE, effort=QUICK)
    first = [one for one in year.sessions if one.round == 1]
    again = replace(NEAR, previous=year, today=max(one.day for one in first) + timedelta(days=1))
    repaired = plan_year(again, effort=QUICK)
    assert repaired.conflict is None
    assert check_year(again, repaired) == ()
    assert [replace(one, reasons=()) for one in repaired.sessions if one.round == 1] == [
        replace(one, reasons=()) for one in first
    ]
    later = [minutes for one in repaired.sessions if one.round > 1 for minutes in one.minutes]
    assert max(later) <= 30


def test_season_without_a_limit_is_the_older_document() -> None:
    assert "longest_trip" not in season_to_document(FREE)
    assert season_from_document(season_to_document(NEAR)) == NEAR
    assert season_hash(NEAR) != season_hash(FREE)


def test_limit_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="langste rit"):
        replace(FREE, longest_trip=0)
