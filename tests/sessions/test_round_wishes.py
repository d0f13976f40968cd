"""Does a round of its own have the hours and the groups that were asked for it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Hours
from matcher.domain.season_document import season_from_document, season_hash, season_to_document
from matcher.engine.year.annealing import Effort
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from tests.season_builders import a_host, a_round, a_season

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
LATE = Hours(time(14), time(17))
FREE = a_season(6, 4, rounds=(a_round(1, smallest=3, largest=3), a_round(2, smallest=2, largest=2)))
OWN = replace(FREE, rounds=(replace(FREE.rounds[0], afternoon=LATE), FREE.rounds[1]))


def test_each_round_has_its_own_hours_and_groups() -> None:
    year = plan_year(OWN, effort=QUICK)
    assert check_year(OWN, year) == ()
    assert {(one.round, one.start, len(one.schools)) for one in year.sessions} == {
        (1, time(14), 3),
        (2, time(13, 30), 2),
    }


def test_checker_knows_the_hours_of_the_round() -> None:
    faults = check_year(OWN, plan_year(FREE, effort=QUICK))
    assert faults
    assert all(one.startswith("Ronde 1, ") and one.endswith(": de uren kloppen niet.") for one in faults)


def test_new_hours_are_a_new_revision_and_what_was_held_keeps_its_own() -> None:
    year = plan_year(FREE, effort=QUICK)
    last = max(one.day for one in year.sessions if one.round == 1)
    for today, held in ((None, False), (last + timedelta(days=1), True)):
        again = replace(OWN, previous=year, today=today)
        repaired = plan_year(again, effort=QUICK)
        assert check_year(again, repaired) == ()
        starts = {one.start for one in repaired.sessions if one.round == 1}
        assert starts == {time(13, 30) if held else time(14)}
        assert {one.sequence for one in repaired.sessions if one.round == 1} == {0 if held else 1}


def test_host_receives_once_a_half_day_whatever_the_hours() -> None:
    """Two rounds in one window, one host, one afternoon: only another day makes both possible."""
    window = replace(FREE.rounds[0].window, last=FREE.rounds[0].window.first + timedelta(days=13))
    rounds = tuple(replace(one, window=window, smallest=6, largest=6) for one in OWN.rounds)
    season = replace(
        OWN, rounds=rounds, hosts=(a_host(1, max_times=2),), spacing_days=0, host_spacing_days=0, half_days=("wo-nm",)
    )
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    assert len({one.day for one in year.sessions}) == 2


def test_older_document_knows_neither() -> None:
    assert not {"size", "morning", "afternoon"} & season_to_document(FREE)["rounds"][0].keys()
    assert season_from_document(season_to_document(OWN)) == OWN
    assert season_hash(OWN) != season_hash(FREE)


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 0},
        {"morning": Hours(time(12), time(13))},
        {"morning": Hours(time(9), time(16))},
        {"afternoon": Hours(time(11), time(13))},
    ],
)
def test_hours_and_sizes_that_can_not_be_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        a_round(1, **changes)
