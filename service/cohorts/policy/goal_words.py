"""What did a plan reach on each goal, and is better possible? In words that a coordinator can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from service.web.pages.dutch_format import counted, minutes, number


class GoalTold(Protocol):
    """What a plan reaches on one goal, as the answers on rounds tell it."""

    @property
    def name(self) -> str:
        """Which goal."""

    @property
    def value(self) -> Any:  # noqa: ANN401 - a number, or one for each place
        """What the plan reaches."""

    @property
    def bound(self) -> Any:  # noqa: ANN401
        """What no plan can better, None where nobody knows."""

    @property
    def proven(self) -> bool:
        """Whether no plan is better."""


TITLES = {
    "places_filled": "Zo veel mogelijk scholen een mentor",
    "reserves_used": "Zo weinig mogelijk reserves inzetten",
    "stranded": "Geen school haar mentor kwijt",
    "changes": "Zo weinig mogelijk wijzigen",
    "worst_pair": "Het zwakste koppel zo sterk mogelijk",
    "points": "Zo veel mogelijk punten samen",
    "spread": "Zo weinig mogelijk tweede scholen voor eenzelfde mentor",
    "travel_minutes": "Zo weinig mogelijk reistijd samen",
}
CHOICES = {
    "reserves_used": "minst reserves",
    "stranded": "geen school haar mentor kwijt",
    "changes": "minst wijzigingen",
    "worst_pair": "zwakste koppel zo sterk",
    "points": "meeste punten samen",
    "spread": "minst tweede scholen",
    "travel_minutes": "minst reistijd samen",
}
"""Goals in few words, for a list from which to choose: there a phone cuts off a long line."""
ORDINALS = ("een mentor", "een tweede mentor", "een derde mentor")
PROOFS = {
    "places_filled": "meer kan niet",
    "reserves_used": "minder kan niet",
    "stranded": "minder kan niet",
    "changes": "minder kan niet",
    "worst_pair": "sterker kan niet",
    "points": "meer kan niet",
    "spread": "minder kan niet",
    "travel_minutes": "korter kan niet",
}


COUNTED = {
    "reserves_used": ("reserve", "reserves"),
    "stranded": ("school", "scholen"),
    "changes": ("wijziging", "wijzigingen"),
}
"""What the goals of a repair count; a first plan has none of it."""


def goal_rows(goals: Sequence[GoalTold], *, repairs: bool) -> list[dict[str, Any]]:
    """Give each goal's title, what the plan reaches, and what is proven of it, in the order that counts."""
    silent = set[str]() if repairs else {*COUNTED}
    silent |= set[str]() if _has_pairs(goals) else {"worst_pair"}
    return [
        {"title": TITLES[goal.name], "value": _said(goal.name, goal.value), "proven": goal.proven}
        | {"proof": _proof(goal)}
        for goal in goals
        if goal.name not in silent
    ]


def _has_pairs(goals: Sequence[GoalTold]) -> bool:
    """Tell whether a plan has any pair; without one there is no weakest."""
    filled = next((goal.value for goal in goals if goal.name == "places_filled"), 0)
    return any(filled) if isinstance(filled, (list, tuple)) else bool(filled)


def headline(goals: Sequence[GoalTold]) -> str:
    """Say in one sentence how good the plan is."""
    points = next(goal for goal in goals if goal.name == "points")
    if all(goal.proven for goal in goals):
        return f"Bewezen: met deze doelen, in deze volgorde, haalt geen plan meer dan {number(points.value)} punten."
    open_goals = counted(sum(not goal.proven for goal in goals), "doel", "doelen")
    reached = (
        f"Dit plan haalt {number(points.value)} punten. Nog niet bewezen: bij {open_goals} kan het misschien beter."
    )
    if points.proven or points.bound is None:
        return reached
    return f"{reached} Meer dan {number(points.bound)} punten kan met deze doelen niet."


def _proof(goal: GoalTold) -> str:
    if goal.proven:
        return PROOFS[goal.name]
    if goal.bound is None:
        return "niet bewezen; hoeveel beter het kan, is niet bekend"
    return f"niet bewezen; beter dan dit kan niet: {_said(goal.name, goal.bound)}"


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - a goal's value
    if name == "places_filled":
        counts = value if isinstance(value, list) else [value]
        told = [
            f"{counted(count, 'school', 'scholen')} met {ORDINALS[place]}"
            for place, count in enumerate(counts)
            if count or not place
        ]
        return ", ".join(told)
    if name == "worst_pair":
        return f"{number(value)} op 1.000"
    if name == "travel_minutes":
        return f"{minutes(value)}, enkele rit"
    if name == "spread":
        return counted(value, "school bij een mentor die er al een heeft", "scholen bij een mentor die er al een heeft")
    return counted(value, *COUNTED[name]) if name in COUNTED else counted(value, "punt", "punten")
