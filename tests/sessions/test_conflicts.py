"""Does an impossible season get its smallest reason in Dutch, with ways out that work?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from matcher.domain.absence import Absence
from matcher.domain.period import Period, Window
from matcher.domain.season import Pin, SessionRound
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.conflict import smallest
from matcher.sessions.half_days import default_rounds
from matcher.sessions.ladder import sessions_ladder
from matcher.sessions.schedule import plan_year
from matcher.sessions.wishes import Wish
from matcher.sessions.year_questions import price_of_pin, why_no_date, why_session
from tests.season_builders import a_host, a_participant, a_round, a_season

if TYPE_CHECKING:
    from matcher.domain.year import Year

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)


def conflict_of(season: object) -> tuple[str, tuple[str, ...]]:
    year = plan_year(season, effort=QUICK)  # type: ignore[arg-type]
    assert (year.status, year.sessions) == ("conflict", ())
    assert year.conflict is not None
    return year.conflict.sentence, year.conflict.remedies


def test_a_school_without_a_free_date_is_named_with_its_periods_alone() -> None:
    away = Period(date(2027, 1, 1), date(2027, 1, 31), "", "verbouwing")
    extra = Period(date(2027, 1, 12), date(2027, 1, 13), "", "studiereis")
    schools = [a_participant(1, unavailable=(extra, away)), *(a_participant(n) for n in range(2, 5))]
    sentence, remedies = conflict_of(a_season(schools, 2))
    assert sentence == (
        "School 1 heeft in ronde 1 (van 01/01/2027 tot 31/01/2027) geen enkele vrije datum: "
        "01/01/2027 tot 31/01/2027: verbouwing."
    )
    assert "Meld School 1 afwezig in ronde 1." in remedies


def test_two_plenaries_pinned_on_one_day_contradict() -> None:
    window = Window(date(2027, 1, 11), date(2027, 3, 19))
    rounds = tuple(SessionRound(number=n, window=window, plenary=True) for n in (1, 2))
    pins = tuple(Pin(round=n, day=date(2027, 1, 13)) for n in (1, 2))
    sentence, remedies = conflict_of(a_season(4, 2, rounds=rounds, pins=pins))
    assert sentence == "Dit kan niet samen: in ronde 1 ligt vast: op 13/01/2027; in ronde 2 ligt vast: op 13/01/2027."
    assert remedies == ("Laat in ronde 1 los: op 13/01/2027.", "Laat in ronde 2 los: op 13/01/2027.")


def test_rounds_too_close_for_the_spacing_are_one_plain_reason() -> None:
    window = Window(date(2027, 1, 11), date(2027, 1, 29))
    rounds = tuple(SessionRound(number=n, window=window, plenary=True) for n in (1, 2))
    sentence, _ = conflict_of(a_season(4, 2, rounds=rounds))
    assert sentence == "Dit kan niet: tussen twee sessies van een school liggen 21 dagen."


def test_too_little_room_is_said_with_the_numbers() -> None:
    plenary = (a_round(1, plenary=True),)
    sentence, remedies = conflict_of(a_season(10, [a_host(1, capacity=6)], rounds=plenary))
    assert sentence == "Ronde 1: geen locatie heeft plaats voor 10 scholen; de grootste, Locatie 1, voor 6."
    assert remedies == ("Zoek een grotere locatie.", "Laat de ronde in groepen samenkomen.")


def test_too_few_turns_are_counted() -> None:
    season = a_season(4, [a_host(1, max_times=1), a_host(2, max_times=2)])
    sentence, remedies = conflict_of(season)
    assert sentence == "Er zijn minstens 6 sessies nodig en de locaties ontvangen er samen hoogstens 3."
    assert remedies[0] == "Zoek 3 ontvangsten meer."


def test_one_turn_too_few_is_told_as_one() -> None:
    _, remedies = conflict_of(a_season(4, [a_host(1, max_times=5)]))
    assert remedies[0] == "Zoek 1 ontvangst meer."


@pytest.mark.parametrize("hosts", [0, 1])
def test_a_season_without_schools_is_told_so(hosts: int) -> None:
    season = a_season(0, [a_host(n + 1) for n in range(hosts)])
    assert conflict_of(season) == ("Er is geen enkele school.", ("Voeg minstens één school toe.",))


def test_sizes_that_do_not_fit_get_sizes_that_do() -> None:
    sentence, remedies = conflict_of(a_season(5, 2))
    assert sentence == "Ronde 1: 5 scholen passen niet in groepen van 2 tot 2."
    assert remedies == ("Laat groepen van 2 tot 3 toe.",)


def test_a_window_in_the_holidays_has_no_date() -> None:
    holiday = SessionRound(number=1, window=Window(date(2026, 12, 21), date(2027, 1, 2)), smallest=2, largest=2)
    sentence, _ = conflict_of(a_season(4, 2, rounds=(holiday,)))
    assert sentence.startswith("Ronde 1: van 21/12/2026 tot 02/01/2027 is er geen enkele woensdagnamiddag")


def test_a_window_that_went_by_or_almost_is_told_so() -> None:
    january = SessionRound(number=1, window=Window(date(2027, 1, 4), date(2027, 1, 31)), smallest=2, largest=2)
    sentence, _ = conflict_of(a_season(4, 2, rounds=(january,), today=date(2027, 1, 30)))
    assert sentence.startswith("Ronde 1: van 30/01/2027 tot 31/01/2027 is er geen enkele ")
    sentence, remedies = conflict_of(a_season(4, 2, rounds=(january,), today=date(2027, 2, 1)))
    assert sentence == "Ronde 1: het venster, van 04/01/2027 tot 31/01/2027, is al voorbij."
    assert remedies == ("Geef de ronde een later venster, of plan minder rondes.",)


def test_a_pinned_host_that_is_closed_is_named() -> None:
    closed = Period(date(2027, 1, 13), date(2027, 1, 13), "", "inventaris")
    hosts = [a_host(1, unavailable=(closed,)), a_host(2), a_host(3)]
    sentence, remedies = conflict_of(a_season(4, hosts, pins=(Pin(round=1, host="H001", day=date(2027, 1, 13)),)))
    assert "Locatie 1 kan niet ontvangen (13/01/2027: inventaris)" in sentence
    assert "in ronde 1 ligt vast: bij Locatie 1 op 13/01/2027" in sentence
    assert sentence.count(";") == 1
    assert len(remedies) == 2


def test_the_smallest_set_has_no_part_that_fails() -> None:
    wishes = [Wish("pin", "", n, f"wens {n}", "", n) for n in range(12)]
    needed = {2, 7, 11}
    found = smallest(wishes, lambda kept: needed <= {one.place for one in kept})
    assert {one.place for one in found} == needed
    assert smallest(wishes, lambda _kept: False) == []


def test_a_group_without_a_date_is_told_the_smallest_set_of_blackouts() -> None:
    first = Period(date(2027, 1, 1), date(2027, 1, 17), "", "stage")
    second = Period(date(2027, 1, 18), date(2027, 1, 31), "", "project")
    useless = Period(date(2027, 1, 20), date(2027, 1, 20), "", "sportdag")
    schools = [
        a_participant(1, unavailable=(first, useless)),
        a_participant(2, unavailable=(second,)),
        a_participant(3),
    ]
    season = a_season(schools, 2, rounds=(a_round(1, smallest=1, largest=3),))
    told = why_no_date(season, ("S001", "S002"), "H001", 1)
    assert told is not None
    assert told.rules == ("School 1: 01/01/2027 tot 17/01/2027: stage", "School 2: 18/01/2027 tot 31/01/2027: project")
    assert why_no_date(season, ("S001", "S003"), "H001", 1) is None


def planned() -> tuple[object, Year]:
    hosts = [a_host(n + 1, max_times=2) for n in range(7)]
    season = a_season(6, hosts, rounds=tuple(a_round(n, smallest=2, largest=3) for n in (1, 2)))
    return season, plan_year(season, effort=QUICK)


def test_the_price_of_a_pin_names_who_moves() -> None:
    season, year = planned()
    first = next(one for one in year.sessions if one.round == 1)
    host = next(one.id for one in season.hosts if one.id not in {one.host for one in year.sessions})  # type: ignore[attr-defined]
    price = price_of_pin(season, year, Pin(round=1, schools=first.schools, host=host), effort=QUICK)  # type: ignore[arg-type]
    assert price.conflict is None
    assert price.moved == tuple((school, 1) for school in first.schools)
    assert price.losses["repeats"] == 0


def test_a_session_is_explained_in_sentences() -> None:
    season, year = planned()
    told = why_session(season, year, year.sessions[0])  # type: ignore[arg-type]
    assert all(one.endswith((".", ")")) for one in told)
    assert any("halve dagen in het venster" in one for one in told)


def test_the_ladder_goes_from_fewest_repeats_to_least_travel() -> None:
    season, _ = planned()
    rungs = sessions_ladder(season, effort=QUICK)  # type: ignore[arg-type]
    assert rungs
    assert [one.repeats for one in rungs] == sorted({one.repeats for one in rungs})
    assert all(a.worst_minutes >= b.worst_minutes for a, b in pairwise(rungs))


def test_a_year_in_words_keeps_its_promise() -> None:
    season, year = planned()
    assert check_year(season, year) == ()  # type: ignore[arg-type]
    assert year.notes[0].endswith(".")


def test_remedies_that_only_help_together_are_told_as_one() -> None:
    """A third round of the same month keeps both pins from holding: spacing and a pin have to go."""
    long, day = Window(date(2027, 1, 4), date(2027, 3, 31)), date(2027, 3, 17)
    rounds = tuple(SessionRound(number=n, window=long, plenary=True) for n in (1, 2))
    march = SessionRound(number=3, window=Window(date(2027, 3, 1), date(2027, 3, 31)), plenary=True)
    pins = tuple(Pin(round=n, day=day) for n in (1, 2))
    _, (remedy,) = conflict_of(a_season(4, 3, rounds=(*rounds, march), pins=pins))
    assert remedy == (
        "Eén ervan loslaten volstaat niet, samen lukt het: Laat in ronde 1 los: op 17/03/2027. "
        "Laat sessies van een school dichter op elkaar volgen."
    )


def test_fewer_groups_are_tried_before_a_year_is_called_impossible() -> None:
    """Four groups of three need four hosts, and two are closed; two groups of six are allowed as well."""
    day = date(2027, 1, 13)
    closed = Period(day, day, "", "dicht")
    hosts = [a_host(n, max_times=1, unavailable=(closed,) if n > 2 else ()) for n in range(1, 5)]
    rounds = (SessionRound(number=1, window=Window(day, day), smallest=3, largest=6),)
    season = a_season(12, hosts, rounds=rounds)
    year = plan_year(season, effort=QUICK)
    assert [len(one.schools) for one in year.sessions] == [6, 6]
    assert check_year(season, year) == ()
    sentence, remedies = conflict_of(a_season(13, hosts, rounds=rounds))
    assert "ronde 1 heeft groepen van 3 tot 6 scholen" in sentence
    assert "Laat andere groepsgroottes toe in ronde 1." in remedies


def test_school_that_sat_in_a_session_already_is_asked_elsewhere_in_vain() -> None:
    season = a_season(4, 2, rounds=default_rounds(2026, 1, 2, 2))
    year = plan_year(season, effort=QUICK)  # type: ignore[arg-type]
    first, second = (replace(one, day=one.day + timedelta(days=n)) for n, one in enumerate(year.sessions))
    pair = (first.schools[0], second.schools[0])
    asked = replace(
        season,
        previous=replace(year, sessions=(first, second)),
        today=second.day,
        pins=(Pin(round=1, schools=pair, reason="samen"),),
    )
    found = plan_year(asked, effort=QUICK)  # type: ignore[arg-type]
    assert (found.status, found.sessions) == ("conflict", ())
    assert found.conflict is not None
    assert "zat in ronde 1 al in een sessie die geweest is" in found.conflict.sentence
    assert [one.startswith("Laat in ronde 1 los: ") for one in found.conflict.remedies] == [True]


def test_school_that_is_asked_at_two_moments_of_a_round_is_named() -> None:
    days = (date(2027, 1, 13), date(2027, 1, 20))
    pins = tuple(Pin(round=1, schools=("S001",), day=day) for day in days)
    sentence, remedies = conflict_of(a_season(4, 2, pins=pins))
    assert "School 1 kan maar in één sessie zitten; in ronde 1 ligt vast: " in sentence
    assert len(remedies) == 2


def test_pin_for_a_school_that_is_absent_is_told_with_the_reason() -> None:
    pins, absences = (Pin(round=1, schools=("S001", "S002")),), (Absence("S001", 1, "staking"),)
    sentence, remedies = conflict_of(a_season(5, 3, pins=pins, absences=absences))
    assert "School 1 is in ronde 1 afwezig (staking); in ronde 1 ligt vast: School 1, School 2." in sentence
    assert remedies == ("Laat in ronde 1 los: School 1, School 2.",)
