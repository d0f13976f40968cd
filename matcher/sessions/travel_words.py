"""What does a year say of its travel beside its goals? What a margin was used for, and what the strict order proves."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.domain.counting import counted
from matcher.domain.season import Season
from matcher.engine.calls import Stop
from matcher.engine.year.column_bound import column_bound
from matcher.engine.year.column_prices import Known
from matcher.engine.year.year_problem import Arrangement
from matcher.sessions.year_arrays import Facts

CUTS = 3
"""Times that the bound under a worst journey is brought nearer by cuts: it is asked for the sake of being near."""


def margin_words(season: Season, worst: int, fairest: int, *, whole: bool) -> list[str]:
    """Say what the margin on the worst journey was used for, where it was; what a `whole` search did not find too."""
    if worst <= fairest:
        return []
    lower = f"; minder dan {fairest} werd niet gevonden" if whole else f", en niet de {fairest} die ook kan"
    return [
        (
            f"De verste school reist {counted(worst, 'minuut', 'minuten')}{lower}. "
            f"De marge van {season.travel_margin} % daarop spaart reistijd voor alle scholen samen."
        )
    ]


def strict_words(  # noqa: PLR0913 - all that a bound hangs on
    facts: Facts,
    plan: Arrangement,
    values: Mapping[str, int],
    *,
    known: Known | None = None,
    effort: float,
    stop: Stop | None = None,
) -> list[str]:
    """Say below which total no year stays in which no school goes farther than here.

    The goal's own bound holds for any worst journey; with the goals strictly in order this one is nearer. It begins
    with what is `known` from that one.
    """
    worst, mixing = values["worst_travel"], facts.season.first == "mixing"
    repeats = values["repeats"] if mixing else None
    bound = column_bound(
        facts.given, repeats, worst=False, most=worst, plan=plan, after=known, effort=effort, cuts=CUTS, stop=stop
    )
    if not bound:
        return []
    again = " en niet meer herhaalde ontmoetingen" if mixing else ""
    return [
        (
            f"Met geen school verder dan {counted(worst, 'minuut', 'minuten')}{again} kan de reistijd van alle scholen "
            f"samen niet onder {counted(bound, 'minuut', 'minuten')}."
        )
    ]
