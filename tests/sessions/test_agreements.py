"""Do two schools meet where that was agreed, and never where the opposite was? And the reason where that can't be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest

from matcher.domain.absence import Absence
from matcher.domain.agreement import Agreement
from matcher.domain.errors import InvalidValueError
from matcher.domain.season import Pin
from matcher.domain.season_document import season_from_document, season_hash, season_to_document
from matcher.engine.year.annealing import Effort
from matcher.engine.year.exact_year import solve_year
from matcher.engine.year.year_problem import score
from matcher.intake.season.membership_changes import without_leavers
from matcher.sessions.checker import check_year
from matcher.sessions.goals import meetings
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_round, a_season
from tests.sessions.season_random import random_season

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
FREE = a_season(6, 4, rounds=tuple(a_round(n, smallest=3, largest=3) for n in (1, 2)))
PAIRS = list(combinations([one.id for one in FREE.participants], 2))


def agreed(kind: str, *pairs: tuple[str, str], reason: str = "") -> tuple[Agreement, ...]:
    return tuple(Agreement(kind=kind, schools=one, reason=reason) for one in pairs)  # type: ignore[arg-type]


@pytest.mark.parametrize("pair", PAIRS)
def test_every_pair_can_be_made_to_meet_or_kept_apart(pair: tuple[str, str]) -> None:
    meeting = replace(FREE, agreements=agreed("meet", pair))
    apart = replace(FREE, agreements=agreed("apart", pair))
    for season, least, most in ((meeting, 1, 2), (apart, 0, 0)):
        year = plan_year(season, effort=QUICK)
        assert check_year(season, year) == ()
        assert least <= meetings(season, year.sessions)[pair] <= most


def test_checker_names_the_agreement_that_a_year_breaks() -> None:
    year = plan_year(FREE, effort=QUICK)
    met = set(meetings(FREE, year.sessions))
    strangers = next(pair for pair in PAIRS if pair not in met)
    friends = min(met)
    faults = check_year(replace(FREE, agreements=agreed("meet", strangers)), year)
    names = " en ".join(f"School {int(one[1:])}" for one in strangers)
    assert f"{names} moeten elkaar ontmoeten: dat gebeurt niet." in faults
    faults = check_year(replace(FREE, agreements=agreed("apart", friends)), year)
    names = " en ".join(f"School {int(one[1:])}" for one in friends)
    assert any(one.endswith(f": {names} zitten nooit samen in een groep.") for one in faults)


def test_notes_tell_in_which_round_they_meet() -> None:
    season = replace(FREE, agreements=agreed("meet", ("S001", "S002"), reason="zelfde richting"))
    year = plan_year(season, effort=QUICK)
    rounds = [one.round for one in year.sessions if {"S001", "S002"} <= set(one.schools)]
    told = f"ronde {rounds[0]}" if len(rounds) == 1 else "de rondes 1 en 2"
    assert f"School 1 en School 2 moeten elkaar ontmoeten (zelfde richting): ze zien elkaar in {told}." in year.notes


def test_more_pairs_than_two_rounds_can_hold_are_named_together() -> None:
    """A school meets four others in two groups of three, and is to meet five."""
    wanted = agreed("meet", *(pair for pair in PAIRS if "S001" in pair))
    conflict = plan_year(replace(FREE, agreements=wanted), effort=QUICK).conflict
    assert conflict is not None
    assert sum("moeten elkaar ontmoeten" in rule for rule in conflict.rules) == 5
    assert "Laat de afspraak los: School 1 en School 2 moeten elkaar ontmoeten." in conflict.remedies
    assert plan_year(replace(FREE, agreements=wanted[1:]), effort=QUICK).conflict is None


def test_pair_that_a_pin_brings_together_quarrels_with_never() -> None:
    pinned = replace(FREE, pins=(Pin(round=1, schools=("S001", "S002")),), agreements=agreed("apart", ("S002", "S001")))
    conflict = plan_year(pinned, effort=QUICK).conflict
    assert conflict is not None
    assert "School 1 en School 2 zitten nooit samen in een groep" in conflict.rules
    assert len(conflict.rules) == 2


def test_pair_of_which_one_is_always_away_is_told_at_once() -> None:
    away = tuple(Absence("S002", number, "stage") for number in (1, 2))
    small = tuple(a_round(n, smallest=2, largest=3) for n in (1, 2))
    season = replace(FREE, rounds=small, absences=away, agreements=agreed("meet", ("S001", "S002")))
    conflict = plan_year(season, effort=QUICK).conflict
    assert conflict is not None
    assert conflict.sentence == (
        "School 1 en School 2 moeten elkaar ontmoeten, maar in geen enkele ronde met groepen zijn ze er allebei."
    )


def test_plenary_counts_for_neither() -> None:
    rounds = (a_round(1, plenary=True), a_round(2, smallest=3, largest=3))
    season = replace(FREE, rounds=rounds, agreements=agreed("apart", ("S001", "S002")))
    assert check_year(season, plan_year(season, effort=QUICK)) == ()
    season = replace(FREE, rounds=rounds, agreements=agreed("meet", ("S001", "S002"), ("S001", "S003")))
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    assert [one.round for one in year.sessions if {"S001", "S002", "S003"} <= set(one.schools)] == [1, 2]


def test_what_was_held_is_history() -> None:
    year = plan_year(FREE, effort=QUICK)
    first = [one for one in year.sessions if one.round == 1]
    pair = tuple(sorted(first[0].schools)[:2])
    later = replace(FREE, previous=year, today=max(one.day for one in first) + timedelta(days=1))
    for kind in ("meet", "apart"):
        again = replace(later, agreements=agreed(kind, pair))  # type: ignore[arg-type]
        repaired = plan_year(again, effort=QUICK)
        assert check_year(again, repaired) == ()
        assert [one.round for one in repaired.sessions if set(pair) <= set(one.schools)][:1] == [1]
    assert [one.round for one in repaired.sessions if set(pair) <= set(one.schools)] == [1]


def test_repair_changes_a_session_that_a_new_agreement_forbids() -> None:
    year = plan_year(FREE, effort=QUICK)
    pair = min(meetings(FREE, year.sessions))
    again = replace(FREE, previous=year, agreements=agreed("apart", pair))
    repaired = plan_year(again, effort=QUICK)
    assert check_year(again, repaired) == ()
    assert repaired.value("changed_sessions") > 0


def test_exact_model_and_count_of_faults_mean_the_same() -> None:
    season = replace(FREE, agreements=agreed("meet", ("S001", "S002")) + agreed("apart", ("S003", "S004")))
    plan = solve_year(facts_of(season).given).plan
    assert plan is not None
    assert score(facts_of(season).given, plan).faults == 0
    swapped = replace(plan, group=np.zeros_like(plan.group))
    together = score(facts_of(season).given, swapped).faults - score(facts_of(FREE).given, swapped).faults
    assert together == 2  # the two that never may sit together do, in both rounds


@pytest.mark.parametrize("seed", range(6))
def test_random_years_with_agreements_pass_the_checker(seed: int) -> None:
    season = random_season(seed, 12, absences=(), history={}, pins=())
    wanted = agreed("meet", ("S001", "S002"), ("S003", "S004")) + agreed("apart", ("S005", "S006"), ("S001", "S003"))
    season = replace(season, agreements=wanted)
    year = plan_year(season, effort=replace(QUICK, proof=0.0))
    assert year.sessions or year.status in ("conflict", "unfinished")
    assert not year.sessions or check_year(season, year) == ()


def test_school_that_left_takes_its_agreements_along() -> None:
    both = agreed("meet", ("S001", "S002")) + agreed("apart", ("S003", "S004"))
    assert without_leavers(replace(FREE, agreements=both), {"S002"}).agreements == both[1:]


def test_season_without_agreements_is_the_older_document() -> None:
    assert "agreements" not in season_to_document(FREE)
    with_one = replace(FREE, agreements=agreed("apart", ("S002", "S001"), reason="buren"))
    assert season_from_document(season_to_document(with_one)) == with_one
    assert season_hash(with_one) != season_hash(FREE)


def test_agreements_that_say_nothing_or_contradict_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="twee verschillende"):
        Agreement(kind="meet", schools=("S001", "S001"))
    with pytest.raises(InvalidValueError, match="S001 en S002 komt twee keer voor"):
        replace(FREE, agreements=agreed("meet", ("S001", "S002")) + agreed("apart", ("S002", "S001")))
    with pytest.raises(InvalidValueError, match="S999"):
        replace(FREE, agreements=agreed("meet", ("S001", "S999")))
