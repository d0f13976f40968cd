"""Does a school go to another group with the fewest changes, and is a move refused that can't be?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from matcher.domain.absence import Absence
from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Period
from matcher.domain.season import Pin
from matcher.engine.year.annealing import Effort
from matcher.sessions.changes import session_changes
from matcher.sessions.checker import check_year
from matcher.sessions.moves import MOVED, Shift, kept_away, move_pin, shift_pin, without_move
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_questions import price_of_pin
from tests.season_builders import a_round, a_season

if TYPE_CHECKING:
    from datetime import date

    from matcher.domain.year import Session

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
SEASON = a_season(6, 4, rounds=tuple(a_round(n, smallest=3, largest=3) for n in (1, 2)))
YEAR = plan_year(SEASON, effort=QUICK)
HERE, THERE = (one for one in YEAR.sessions if one.round == 1)
SCHOOL = HERE.schools[0]


def test_school_comes_to_that_group_and_one_goes_back() -> None:
    pin = move_pin(SEASON, YEAR, SCHOOL, THERE.uid)
    price = price_of_pin(SEASON, YEAR, pin, effort=QUICK)
    asked = replace(SEASON, pins=(pin,), previous=YEAR)
    assert check_year(asked, price.year) == ()
    now = next(one for one in price.year.sessions if one.uid == THERE.uid)
    assert SCHOOL in now.schools
    assert len(set(now.schools) & set(THERE.schools)) == 2
    assert len(price.moved) == 2


@pytest.mark.parametrize(
    ("school", "session", "words"),
    [
        (SCHOOL, "weg", "Deze sessie is er niet"),
        (THERE.schools[0], THERE.uid, "zit al in deze groep"),
    ],
)
def test_move_to_nowhere_is_refused(school: str, session: str, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        move_pin(SEASON, YEAR, school, session)


def test_what_has_been_and_who_is_away_do_not_move() -> None:
    later = replace(SEASON, today=min(HERE.day, THERE.day) + timedelta(days=1))
    with pytest.raises(InvalidValueError, match="is al geweest"):
        move_pin(later, YEAR, SCHOOL, THERE.uid)
    away = replace(SEASON, absences=(Absence(SCHOOL, 1, "stage"),))
    with pytest.raises(InvalidValueError, match="is afwezig gemeld in ronde 1"):
        move_pin(away, YEAR, SCHOOL, THERE.uid)


def test_move_takes_the_place_of_an_earlier_move_and_of_nothing_else() -> None:
    pin = move_pin(SEASON, YEAR, SCHOOL, THERE.uid)
    others = (
        Pin(round=1, schools=(SCHOOL,), half_day="wo-nm", reason="afspraak"),
        Pin(round=2, schools=(SCHOOL,), host="H001", reason=MOVED),
    )
    season = replace(SEASON, pins=(*others, replace(pin, host=HERE.host)))
    assert without_move(season, pin).pins == others


def test_move_to_the_place_of_a_group_changes_two_invitations_whatever_the_numbers_of_groups() -> None:
    """The pinned group goes on from the session that is there, not from the one that the school leaves."""
    for school in (one.id for one in SEASON.participants):
        for there in YEAR.sessions:
            if school not in there.schools:
                price = price_of_pin(SEASON, YEAR, move_pin(SEASON, YEAR, school, there.uid), effort=QUICK)
                changes = {one.name: (one.value, one.proven) for one in price.year.goals if "changed" in one.name}
                assert changes == {"changed_sessions": (2, True), "changed_invitations": (2, True)}


def another_day(session: Session) -> date:
    """Give a Wednesday of the round's window on which the session is not."""
    window = next(one.window for one in SEASON.rounds if one.number == session.round)
    days = [window.first + timedelta(days=n) for n in range(7, 21)]
    return next(one for one in days if one.weekday() == 2 and one not in {one.day for one in YEAR.sessions})


def test_session_goes_to_another_day_and_nothing_else_changes() -> None:
    day = another_day(HERE)
    pin = shift_pin(SEASON, YEAR, Shift(HERE.uid, day=day))
    assert (pin.schools, pin.host, pin.day, pin.half_day) == (HERE.schools, HERE.host, day, "wo-nm")
    price = price_of_pin(SEASON, YEAR, pin, effort=QUICK)
    assert check_year(replace(SEASON, pins=(pin,), previous=YEAR), price.year) == ()
    (changed,) = session_changes(YEAR, price.year)
    assert (changed.session.uid, changed.session.day, changed.session.schools) == (HERE.uid, day, HERE.schools)


def test_session_goes_to_another_host_on_its_own_day() -> None:
    used = {one.host for one in YEAR.sessions if one.day == HERE.day}
    host = next(one.id for one in SEASON.hosts if one.id not in used)
    pin = shift_pin(SEASON, YEAR, Shift(HERE.uid, host=host))
    assert (pin.host, pin.day, pin.half_day) == (host, HERE.day, HERE.half_day)
    price = price_of_pin(SEASON, YEAR, pin, effort=QUICK)
    assert next(one for one in price.year.sessions if one.uid == HERE.uid).host == host


def test_who_can_not_come_then_is_not_held_in_the_group() -> None:
    day = another_day(HERE)
    away = Period(day, day, "", "studiedag")
    schools = tuple(replace(one, unavailable=(away,)) if one.id == SCHOOL else one for one in SEASON.participants)
    season = replace(SEASON, participants=schools)
    pin = shift_pin(season, YEAR, Shift(HERE.uid, day=day))
    assert pin.schools == tuple(one for one in HERE.schools if one != SCHOOL)
    assert kept_away(season, pin, HERE.schools) == ((SCHOOL, "studiedag"),)
    nobody = replace(season, participants=tuple(replace(one, unavailable=(away,)) for one in schools))
    with pytest.raises(InvalidValueError, match="Geen enkele school van deze groep kan"):
        shift_pin(nobody, YEAR, Shift(HERE.uid, day=day))


def test_shift_that_can_not_be_is_refused_with_the_reason() -> None:
    day = another_day(HERE)
    closed = Period(day, day, "", "verbouwing")
    hosts = tuple(replace(one, unavailable=(closed,)) for one in SEASON.hosts)
    refused = [
        (SEASON, Shift("weg", day=day), "is er niet"),
        (SEASON, Shift(HERE.uid, day=HERE.day), "is daar en dan al"),
        (SEASON, Shift(HERE.uid, day=day + timedelta(days=3)), "geen sessie mogelijk"),
        (SEASON, Shift(HERE.uid, day=day + timedelta(days=364)), "kan er in ronde 1 geen sessie zijn"),
        (replace(SEASON, today=HERE.day + timedelta(days=1)), Shift(HERE.uid, day=day), "is al geweest"),
        (replace(SEASON, hosts=hosts), Shift(HERE.uid, day=day), "verbouwing.*andere gastheer"),
    ]
    for season, shift, words in refused:
        with pytest.raises(InvalidValueError, match=words):
            shift_pin(season, YEAR, shift)


def test_moves_of_schools_and_of_their_session_do_not_contradict() -> None:
    """A session takes the schools that came to it along; a school that leaves is no longer held by its move."""
    move = move_pin(SEASON, YEAR, SCHOOL, THERE.uid)
    there = replace(THERE, schools=tuple(sorted((*THERE.schools[1:], SCHOOL))))
    year = replace(YEAR, sessions=tuple(there if one is THERE else one for one in YEAR.sessions if one is not HERE))
    shift = shift_pin(SEASON, year, Shift(THERE.uid, day=another_day(THERE)))
    season = without_move(replace(SEASON, pins=(move,)), shift, there.schools)
    assert season.pins == ()
    held = replace(SEASON, pins=(shift,))
    (left,) = without_move(held, replace(move, host=HERE.host)).pins
    assert left == replace(shift, schools=tuple(one for one in shift.schools if one != SCHOOL))
