"""How are losses and gains on the goals said in Dutch? A loss costs, a gain brings or spares: never `kost −8`."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.criteria.wording import listed
from matcher.domain.counting import counted, spelled
from matcher.domain.plan import GoalValue

ORDINALS = ("een mentor", "een tweede mentor", "een derde mentor")

UNITS: Mapping[str, tuple[str, str]] = {
    "reserves_used": ("reserve", "reserves"),
    "stranded": ("school die haar mentor kwijt is", "scholen die hun mentor kwijt zijn"),
    "changes": ("wijziging", "wijzigingen"),
    "worst_pair": ("punt op het zwakste koppel", "punten op het zwakste koppel"),
    "points": ("punt", "punten"),
    "spread": ("school bij een mentor die er al een heeft", "scholen bij een mentor die er al een heeft"),
    "travel_minutes": ("minuut rijden", "minuten rijden"),
}
"""What each goal but the places is counted in."""

BROUGHT = ("worst_pair", "points")
"""The goals of which a plan has more when it is better; of the others it spares."""


def losing(losses: Mapping[str, GoalValue]) -> dict[str, GoalValue]:
    """Keep what is worse: of the places those levels that lose."""
    return _kept(losses, 1)


def gaining(losses: Mapping[str, GoalValue]) -> dict[str, GoalValue]:
    """Keep what is better, counted upward: `{"points": -8}` gives `{"points": 8}`."""
    return _kept(losses, -1)


def _kept(losses: Mapping[str, GoalValue], sign: int) -> dict[str, GoalValue]:
    found: dict[str, GoalValue] = {}
    for name, loss in losses.items():
        if isinstance(loss, tuple):
            kept = tuple(max(0, sign * one) for one in loss)
            if any(kept):
                found[name] = kept
        elif sign * loss > 0:
            found[name] = sign * loss
    return found


def cost_clauses(losses: Mapping[str, GoalValue]) -> list[str]:
    """Say what is lost, each clause by itself: `één school minder krijgt een mentor`, `dat kost 12 punten`."""
    lost = losing(losses)
    told = _places(lost, "minder")
    counts = [_counted(name, lost[name]) for name in UNITS if name in lost]
    return told + ([f"dat kost {listed(counts)}"] if counts else [])


def gain_clauses(losses: Mapping[str, GoalValue]) -> list[str]:
    """Say what is gained, each clause by itself: `één school meer krijgt een mentor`, `dat spaart 5 minuten rijden`."""
    places, verbs = _gained(losses)
    return places + [f"dat {one}" for one in verbs]


def _gained(losses: Mapping[str, GoalValue]) -> tuple[list[str], list[str]]:
    """Say what is gained: of the places in whole clauses, of the rest what that does."""
    gained = gaining(losses)
    brought = [_counted(name, gained[name]) for name in UNITS if name in gained and name in BROUGHT]
    spared = [_counted(name, gained[name]) for name in UNITS if name in gained and name not in BROUGHT]
    verbs = [f"levert {listed(brought)} op"] if brought else []
    verbs += [f"spaart {listed(spared)}"] if spared else []
    return _places(gained, "meer"), verbs


def price_phrase(losses: Mapping[str, GoalValue]) -> str:
    """Say a price, losses first: `dat kost 12 punten, maar spaart 5 minuten rijden`; `dat kost niets` for none.

    Clauses that follow each other have their subject once.
    """
    costs, (gains, verbs) = cost_clauses(losses), _gained(losses)
    said = not gains and any(name in UNITS for name in losing(losses))
    gains += [one if said or place else f"dat {one}" for place, one in enumerate(verbs)]
    if not costs:
        return listed(gains) or "dat kost niets"
    return listed(costs) + (f", maar {listed(gains)}" if gains else "")


def loss_words(losses: Mapping[str, GoalValue]) -> str:
    """Say a difference between two plans in short signed counts, `niets` where there is none: `−12 punten`."""
    told = [*_places(losing(losses), "minder"), *_places(gaining(losses), "meer")]
    for name in UNITS:
        loss = losses.get(name, 0)
        if isinstance(loss, int) and loss:
            sign = "+" if (loss < 0) == (name in BROUGHT) else "−"
            told.append(f"{sign}{_counted(name, abs(loss))}")
    return ", ".join(told) or "niets"


def thousands(value: object) -> str:
    """Write a number as Belgians do."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def _places(values: Mapping[str, GoalValue], words: str) -> list[str]:
    places = values.get("places_filled", ())
    counts = places if isinstance(places, tuple) else (places,)
    return [
        spelled(count, f"school {words} krijgt {ordinal}", f"scholen {words} krijgen {ordinal}")
        for count, ordinal in zip(counts, ORDINALS, strict=False)
        if count
    ]


def _counted(name: str, count: GoalValue) -> str:
    one, more = UNITS[name]
    return counted(count, one, more) if isinstance(count, int) else f"{count} {more}"
