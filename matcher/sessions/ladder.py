"""What does every repeated meeting save in travel? A ladder from "never twice" to "nearby"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from matcher.domain.season import Season
from matcher.domain.year import Rung
from matcher.engine.calls import Progress, Stop
from matcher.engine.year.annealing import Effort, arrange
from matcher.sessions.bounds import fewest_repeats, shape_of
from matcher.sessions.quick_checks import obvious_conflict
from matcher.sessions.schedule import effort_for
from matcher.sessions.year_arrays import facts_of

WEIGHTS: Final = (60.0, 20.0)
"""Minutes that a repeat weighs on the rungs between the two ends."""


def sessions_ladder(
    season: Season, *, effort: Effort | None = None, progress: Progress | None = None, stop: Stop | None = None
) -> tuple[Rung, ...]:
    """Give the rungs from fewest repeats to least travel; each has more repeats and less travel than the one before.

    The first rung puts mixing before travel, the last travel before mixing. `proven` says that no year has
    fewer repeats; travel is what was found. Empty where the season is impossible at first sight.
    """
    facts = facts_of(season)
    if obvious_conflict(facts) is not None:
        return ()
    light = replace(effort_for(facts.given), nearing=3000, saving=1500)
    effort, bound = effort or light, fewest_repeats(shape_of(facts.given))
    steps = [("mixing", effort.repeat), *(("travel", weight) for weight in WEIGHTS), ("travel", 0.0)]
    rungs = []
    for place, (order, weight) in enumerate(steps):
        if progress is not None:
            progress("ladder", place / len(steps))
        if stop is not None and stop():
            break
        found = arrange(
            facts.given,
            seed=season.seed,
            order="mixing" if order == "mixing" else "travel",
            effort=replace(effort, repeat=weight),
            stop=stop,
        ).score
        if not found.faults:
            rungs.append(Rung(found.repeats, found.worst, found.total, proven=found.repeats == bound))
    return _climb(rungs)


def _climb(rungs: list[Rung]) -> tuple[Rung, ...]:
    """Keep the rungs that are worth their repeats."""
    kept: list[Rung] = []
    for one in sorted(rungs, key=lambda rung: (rung.repeats, rung.worst_minutes, rung.total_minutes)):
        travel = (one.worst_minutes, one.total_minutes)
        if not kept or travel < (kept[-1].worst_minutes, kept[-1].total_minutes):
            kept.append(one)
    return tuple(kept)
