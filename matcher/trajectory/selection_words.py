"""Why was a school chosen or not? The first goal that gets worse without it, or with it, in words."""

from __future__ import annotations

from typing import Final

from matcher.criteria.wording import listed
from matcher.domain.counting import counted
from matcher.engine.choice.selection import Best
from matcher.trajectory.candidates import Candidate, SelectionPool, Side

TIME_WAS_UP: Final = "De reden is niet uitgerekend: de rekentijd was op."


def reason_in(pool: SelectionPool, one: Candidate, chosen: set[str], best: Best, other: Best | None) -> str:
    """Say what the selection would lose without a school that is chosen."""
    if other is None:
        return "Al eerder gekozen."
    if other.verdict == "unknown":
        return TIME_WAS_UP
    if other.verdict == "impossible":
        return f"Onmisbaar voor een ondergrens: {listed(_at_limit(pool, one, chosen, 'least'))}."
    name, now, then = _first_loss(best, other)
    reasons = {
        "seats": f"Zonder deze school bleef een plaats leeg ({then} in plaats van {now}).",
        "priority": f"Met {_points(one.priority)} voorrang;"
        f" zonder deze school waren er samen {then} in plaats van {now}.",
        "balance": "Zonder deze school leek de selectie minder op alle aanmeldingen samen"
        f" (afwijking {then} in plaats van {now}).",
    }
    return reasons.get(name, "Even goed als een andere school; de vaste loting besliste.")


def reason_out(pool: SelectionPool, one: Candidate, chosen: set[str], best: Best, other: Best | None) -> str:
    """Say what the selection would lose with a school that is not chosen, and which limits were full."""
    if other is None:
        return "Doet niet meer mee."
    if other.verdict == "unknown":
        return TIME_WAS_UP
    full = [words[0].upper() + words[1:] for words in _full(pool, one, chosen)]
    limits = "".join(f" {words}." for words in full)
    if other.verdict == "impossible":
        return f"Past niet binnen de grenzen en wie al gekozen is.{limits}"
    name, now, then = _first_loss(best, other)
    reasons = {
        "seats": f"Met deze school erbij waren er {counted(then, 'plaats', 'plaatsen')} ingevuld in plaats van {now}.",
        "priority": f"Heeft {_points(one.priority)} voorrang;"
        f" met deze school waren er samen {then} in plaats van {now}.",
        "balance": "Met deze school leek de selectie minder op alle aanmeldingen samen"
        f" (afwijking {then} in plaats van {now}).",
    }
    return reasons.get(name, "Even goed als een gekozen school; de vaste loting besliste.") + limits


def _points(number: int) -> str:
    return counted(number, "punt", "punten")


def _first_loss(best: Best, other: Best) -> tuple[str, int, int]:
    """Give the first goal on which the two differ, with both values; `draw` where only the draw does."""
    for mine, theirs in zip(best.reached, other.reached, strict=False):  # the other ends at the first, without the draw
        if mine.value != theirs.value:
            return mine.name, mine.value, theirs.value
    return "draw", 0, 0


def _at_limit(pool: SelectionPool, one: Candidate, chosen: set[str], side: Side) -> list[str]:
    """Name the limits of a school's own groups that the selection just meets; all of that side where none is."""
    counts = _counts(pool, chosen)
    mine = [limit for limit in pool.policy.limits if limit.side == side]
    tight = [
        limit
        for limit in mine
        if limit.value in one.values(limit.dimension) and counts[limit.dimension, limit.value] == limit.number
    ]
    return [limit.words for limit in tight or mine]


def _full(pool: SelectionPool, one: Candidate, chosen: set[str]) -> list[str]:
    counts = _counts(pool, chosen)
    return [
        f"{limit.value} had al {counts[limit.dimension, limit.value]} van hoogstens {limit.number}"
        for limit in pool.policy.limits
        if limit.side == "most"
        and limit.value in one.values(limit.dimension)
        and counts[limit.dimension, limit.value] >= limit.number
    ]


def _counts(pool: SelectionPool, chosen: set[str]) -> dict[tuple[str, str], int]:
    """Count the chosen schools in each group that has a limit."""
    inside = [one for one in pool.candidates if one.id in chosen]
    return {
        (limit.dimension, limit.value): sum(limit.value in one.values(limit.dimension) for one in inside)
        for limit in pool.policy.limits
    }
