"""Why is no year possible? The smallest set of wishes and rules that can't hold together, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from matcher.domain.plan import Conflict
from matcher.domain.season import Season
from matcher.engine.calls import Stop
from matcher.engine.year.exact_year import possible_counts
from matcher.engine.year.year_problem import group_limits
from matcher.sessions.quick_checks import obvious_conflict
from matcher.sessions.wishes import Wish, wishes_of, without
from matcher.sessions.year_arrays import Facts, facts_of

EFFORT = 4.0
"""Deterministic seconds for one trial; a trial that stays open counts as possible."""

Member = TypeVar("Member")

__all__ = ["obvious_conflict", "smallest_conflict"]


def smallest_conflict(facts: Facts, stop: Stop | None = None) -> Conflict:
    """Name wishes and rules of which none can be missed for the contradiction, by repeated deletion (QuickXplain).

    Remedies were tried out: each one alone makes a year possible, the lightest first. Where `stop` ends this before
    it is known, only that there is a contradiction is told.
    """
    season = facts.season
    wishes = wishes_of(season)

    def fails(kept: Sequence[Wish]) -> bool:
        chosen = set(kept)
        return impossible(without(season, [one for one in wishes if one not in chosen]), stop)

    core = smallest(wishes, fails)
    if (stop is not None and stop()) or (not core and not fails(wishes)):
        return Conflict("Samen kan dit niet. Welke wensen elkaar tegenspreken, was in de rekentijd niet te vinden.")
    if not core:
        return Conflict("Met deze rondes, scholen en locaties is geen enkel jaar mogelijk, wat u ook loslaat.")
    core = sorted(core, key=lambda one: one.weight)
    ways_out = [one for one in core if is_possible(without(season, [one]), stop)]
    remedies = tuple(one.remedy for one in ways_out) or (_together(season, core, stop),)
    together = " samen" if len(core) > 1 else ""
    sentence = f"Dit kan niet{together}: {'; '.join(one.text for one in core)}."
    return Conflict(sentence, rules=tuple(one.text for one in core), remedies=remedies)


def _together(season: Season, core: Sequence[Wish], stop: Stop | None) -> str:
    """Say whether letting all of these go helps, where no single one does; that was tried out too."""
    if impossible(without(season, core), stop):
        return "Ook zonder al deze wensen blijft er een andere tegenspraak. Herstel deze eerst en plan opnieuw."
    if stop is not None and stop():
        return "Welke wens loslaten volstaat, was in de rekentijd niet te vinden. Geef meer tijd en plan opnieuw."
    return f"Eén ervan loslaten volstaat niet, samen lukt het: {' '.join(one.remedy for one in core)}"


def impossible(season: Season, stop: Stop | None = None) -> bool:
    """Tell whether it is proven that a season has no year."""
    facts = facts_of(season)
    return obvious_conflict(facts) is not None or other_counts(facts, effort=EFFORT, stop=stop)[0] == "impossible"


def is_possible(season: Season, stop: Stop | None = None) -> bool:
    """Tell whether no proof was found that a season has no year, in a trial that was not cut short."""
    return not impossible(season, stop) and not (stop is not None and stop())


def other_counts(facts: Facts, *, effort: float = 20.0, stop: Stop | None = None) -> tuple[str, Facts | None]:
    """Tell whether the season is possible with any numbers of groups that sizes allow; give it with such numbers."""
    fewest, most = group_limits(facts.given)
    fewest = np.maximum(fewest, [len(pins) for pins in facts.pins])
    widest = facts_of(facts.season, np.maximum(most, fewest)).given
    status, counts = possible_counts(widest, fewest, effort=effort, seed=facts.season.seed, stop=stop)
    return status, None if counts is None else facts_of(facts.season, counts)


def smallest(wishes: Sequence[Member], fails: Callable[[Sequence[Member]], bool]) -> list[Member]:
    """Shrink to wishes that fail together and of which no part fails (QuickXplain, Junker 2004).

    Empty where they fail even without any wish, or do not fail at all.
    """
    if fails([]) or not fails(wishes):
        return []
    return _explain([], [], list(wishes), fails)


def _explain(
    settled: list[Member], added: list[Member], wishes: list[Member], fails: Callable[[Sequence[Member]], bool]
) -> list[Member]:
    if added and fails(settled):
        return []
    if len(wishes) == 1:
        return wishes
    half = len(wishes) // 2
    first, second = wishes[:half], wishes[half:]
    right = _explain(settled + first, first, second, fails)
    left = _explain(settled + right, right, first, fails)
    return left + right
