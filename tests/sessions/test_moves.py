"""Does a school go to another group with the fewest changes, and is a move refused that can't be?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.absence import Absence
from matcher.domain.errors import InvalidValueError
from matcher.domain.season import Pin
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.moves import MOVED, move_pin, without_move
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_questions import price_of_pin
from tests.season_builders import a_round, a_season

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
