"""Is the time that is asked a limit for everything, and is what was cut short told and nothing more?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from matcher.domain.period import Period
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.exact_dates import date_groups
from matcher.engine.year.exact_repeats import with_fewest_repeats
from matcher.engine.year.exact_year import possible_counts, solve_year
from matcher.engine.year.travel_bound import travel_bounds
from matcher.sessions import clock as clocks
from matcher.sessions.checker import check_year
from matcher.sessions.clock import Clock
from matcher.sessions.conflict import smallest_conflict
from matcher.sessions.half_days import default_rounds
from matcher.sessions.repair import repair
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_arrays import facts_of
from tests.season_builders import a_host, a_participant, a_season
from tests.sessions.season_random import random_season

QUICK = Effort(chains=2, mixing=30, nearing=45, saving=15, proof=0.05)


class Watch:
    """A clock on the wall that a test sets; it moves by a step each time somebody looks."""

    def __init__(self, step: float = 0.0) -> None:
        """Begin at nothing."""
        self.now, self.step = 0.0, step

    def monotonic(self) -> float:
        """Tell the time."""
        self.now += self.step
        return self.now

    def process_time(self) -> float:
        """Tell the time of a processor that does nothing else."""
        return self.now


def now() -> bool:
    """Say stop at once."""
    return True


def test_each_step_has_its_part_and_writing_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(clocks, "time", watch)
    clock = Clock(10)
    search, proofs = clock.until(0.5), clock.for_proofs(1.0)
    assert (search(), proofs(), clock.words()) == (False, False, [])
    watch.now = 9.1  # a tenth is kept aside
    assert (proofs(), clock.cut_after) == (True, None)
    assert clock.words() == [
        "De rekentijd was op voor alle grenzen berekend waren: langer rekenen kan scherpere geven."
    ]
    assert (search(), clock.words()) == (True, ["Gestopt na 9 seconden: langer zoeken kan een beter jaar geven."])


def test_first_year_always_gets_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(clocks, "time", watch)
    first = Clock(1000, now).for_a_first(0.5)
    assert first() is False
    watch.now = clocks.GRACE + 0.1
    assert first() is True


def test_who_waits_can_stop_every_step() -> None:
    clock = Clock(1000, now)
    assert (clock.until(0.5)(), clock.for_proofs(1.0)()) == (True, True)


def test_no_solver_begins_when_time_is_over() -> None:
    facts = facts_of(random_season(1, schools=12))
    given = facts.given
    plan = arrange(given, effort=QUICK).plan
    assert solve_year(given, stop=now).status == "unknown"
    assert possible_counts(given, given.groups, stop=now) == ("unknown", None)
    assert with_fewest_repeats(given, (), plan, changes_first=True, effort=1, stop=now).status == "unknown"
    taste = np.zeros(given.shut.shape, dtype=np.int64)
    assert date_groups(given, plan, taste, stop=now) == (plan, False)
    cut, whole = travel_bounds(given, None, stop=now), travel_bounds(given, None)
    assert (cut[0] <= whole[0], cut[1] <= whole[1]) == (True, True)


def test_repair_that_is_cut_short_leaves_what_can_stay() -> None:
    season = a_season(8, [a_host(n + 1) for n in range(4)], rounds=default_rounds(2026, 2, 4, 4))
    year = plan_year(season, effort=QUICK)
    gone = year.sessions[0].host
    hosts = tuple(replace(one, max_times=0) if one.id == gone else one for one in season.hosts)
    asked = replace(season, previous=year, hosts=hosts)
    cut = repair(facts_of(asked), stop=now)
    assert (cut.answer.status, cut.answer.plan) == ("unknown", None)
    hurt = [one.host == gone for one in year.sessions]
    assert int(cut.given.frozen.sum()) == hurt.count(False)
    found = plan_year(asked, effort=QUICK, stop=now)
    if found.sessions:
        assert check_year(asked, found) == ()
        assert {one.uid for one in found.sessions} == {one.uid for one in year.sessions}


def test_contradiction_that_is_cut_short_is_told_without_a_guess() -> None:
    window = default_rounds(2026, 1)[0].window
    away = (Period(window.first, window.last + timedelta(days=1), "", "studiereis"),)
    season = a_season([a_participant(1, unavailable=away), *(a_participant(n) for n in range(2, 5))], 2)
    conflict = smallest_conflict(facts_of(season), now)
    assert conflict.sentence.startswith("Samen kan dit niet. Welke wensen elkaar tegenspreken")
    assert conflict.remedies == ()


@pytest.mark.parametrize("seed", range(4))
def test_search_that_was_cut_claims_no_lowest_journey(seed: int) -> None:
    season = replace(random_season(seed, schools=12), travel_margin=100, first="mixing")
    calls = 0

    def soon() -> bool:
        nonlocal calls
        calls += 1
        return calls > 6

    for stop, deserves in ((soon, False), (None, True)):
        year = plan_year(season, effort=QUICK, stop=stop)
        told = [note for note in year.notes if "werd niet gevonden" in note]
        cut = [note for note in year.notes if note.startswith("Gestopt na")]
        assert not told or (deserves and not cut)
