"""Does a year say what its strict order proves of all travel together, and only then?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.counting import counted
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.column_bound import column_bound
from matcher.sessions.schedule import plan_year
from matcher.sessions.travel_words import CUTS, strict_words
from matcher.sessions.year_arrays import facts_of
from tests.sessions.season_random import random_season

QUICK = Effort(chains=4, mixing=400, nearing=150, saving=80, proof=0.3)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("first", ["mixing", "travel"])
def test_the_sentence_tells_the_bound_under_this_worst_journey(seed: int, first: str) -> None:
    facts = facts_of(replace(random_season(seed, schools=9), first=first))
    best = arrange(facts.given, seed=seed, effort=QUICK)
    values = {"worst_travel": best.score.worst, "repeats": best.score.repeats}
    repeats = best.score.repeats if first == "mixing" else None
    choices = {"worst": False, "most": best.score.worst, "plan": best.plan, "effort": 0.3, "cuts": CUTS}
    bound = column_bound(facts.given, repeats, **choices)  # type: ignore[arg-type]
    again = " en niet meer herhaalde ontmoetingen" if first == "mixing" else ""
    expected = (
        f"Met geen school verder dan {counted(best.score.worst, 'minuut', 'minuten')}{again} kan de reistijd van alle "
        f"scholen samen niet onder {counted(bound or 0, 'minuut', 'minuten')}."
    )
    assert strict_words(facts, best.plan, values, effort=0.3) == ([expected] if bound else [])
    assert best.score.faults or (bound or 0) <= best.score.total
    assert strict_words(facts, best.plan, values, effort=0) == []


@pytest.mark.parametrize("margin", [0, 10])
def test_a_year_in_strict_order_alone_says_it(margin: int) -> None:
    year = plan_year(replace(random_season(2, schools=9), travel_margin=margin), effort=QUICK)
    told = [note for note in year.notes if note.startswith(f"Met geen school verder dan {year.value('worst_travel')} ")]
    assert year.status == "feasible"
    assert bool(told) == (margin == 0)
