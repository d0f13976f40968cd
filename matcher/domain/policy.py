"""How does this coordinator weigh things? Weights, order of goals, limits and extra rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.older_documents import LATER
from matcher.domain.vocabulary import FINALITIES, SCHOOL_TYPES

GOALS: Final = (
    "places_filled",
    "reserves_used",
    "stranded",
    "changes",
    "worst_pair",
    "points",
    "spread",
    "travel_minutes",
)
"""The goals in their default order; the first always stays first."""

MORE_IS_BETTER: Final = {one: one in ("places_filled", "worst_pair", "points") for one in GOALS}
"""Whether a goal counts what there should be more of; of the others there should be less."""

LATER_GOALS: Final = ("reserves_used", "stranded", "spread")
"""Goals that older documents lack: an order without them holds for the plans that were made with it."""

MAX_WEIGHT: Final = 1000
MAX_MINUTES: Final = 240
OLDER_DETOUR: Final = 1.3
OLDER_SPEED: Final = 50.0
"""What the older estimate of travel takes where a policy gives only the other of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A sector of companies and how well it fits each STEM field.

    `nace` holds NACE-BEL 2025 prefixes (`24`, `43.2`); `fits` maps a field code to 0-3.
    """

    code: str
    name: str
    nace: tuple[str, ...]
    fits: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A coordinator's choices, the same for every pair of a round.

    `weights` maps a criterion's key to a whole number 0-1000; a criterion that is not named has its
    own default. `goals` is an order of `GOALS`. `max_minutes` is the travel limit (one way) of a mentor
    who names none; `min_half_days` the half-days that a school and a mentor must share. `sectors` is the
    sector-field table; empty means the product's own. `share_half_day` asks that any two mentors of
    one school share a half-day with it; `required_sectors` that a school with mentors has one from these.
    `finality_types` are the onderwijsvormen of a finality for schools that tell none; empty means our own table.
    `detour_factor` and `speed_kmh` (older policies have both) ask for the older estimate of travel: great-circle
    kilometres x detour / speed; without them it is the product's own (docs/decisions/0035-travel-model.md).
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    goals: tuple[str, ...] = GOALS
    max_minutes: int = 60
    min_half_days: int = 1
    detour_factor: float | None = field(default=None, metadata=LATER)
    speed_kmh: float | None = field(default=None, metadata=LATER)
    sectors: tuple[Sector, ...] = ()
    share_half_day: bool = False
    required_sectors: tuple[str, ...] = ()
    finality_types: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=LATER)
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what can't be meant; raise InvalidValueError."""
        for key, weight in self.weights.items():
            if not 0 <= weight <= MAX_WEIGHT:
                message = f"Het gewicht van {key} is {weight}; het moet tussen 0 en {MAX_WEIGHT} liggen."
                raise InvalidValueError(message)
        missing = [one for one in LATER_GOALS if one not in self.goals]
        if sorted((*self.goals, *missing)) != sorted(GOALS) or self.goals[0] != GOALS[0]:
            message = f"De doelen moeten {', '.join(GOALS)} zijn, met {GOALS[0]} vooraan."
            raise InvalidValueError(message)
        if not 1 <= self.max_minutes <= MAX_MINUTES:
            message = f"De reistijd moet tussen 1 en {MAX_MINUTES} minuten liggen, niet {self.max_minutes}."
            raise InvalidValueError(message)
        if not 0 <= self.min_half_days <= 10:  # noqa: PLR2004
            message = f"Het aantal gedeelde halve dagen moet tussen 0 en 10 liggen, niet {self.min_half_days}."
            raise InvalidValueError(message)
        for finality, types in self.finality_types.items():
            if finality not in FINALITIES or not types or not set(types) <= set(SCHOOL_TYPES):
                message = f"Bij finaliteit {finality} horen een of meer van: {', '.join(SCHOOL_TYPES)}."
                raise InvalidValueError(message)
        detour, speed = self.older_detour_and_speed
        if not (1 <= detour <= 3 and 5 <= speed <= 130):  # noqa: PLR2004
            message = "De omwegfactor moet tussen 1 en 3 liggen en de snelheid tussen 5 en 130 km/u."
            raise InvalidValueError(message)

    @property
    def older_travel(self) -> bool:
        """Whether this policy asks for the older estimate of travel: one detour and one speed for every trip."""
        return self.detour_factor is not None or self.speed_kmh is not None

    @property
    def older_detour_and_speed(self) -> tuple[float, float]:
        """The detour factor and the km/h of the older estimate."""
        detour = OLDER_DETOUR if self.detour_factor is None else self.detour_factor
        return detour, OLDER_SPEED if self.speed_kmh is None else self.speed_kmh


def with_later_goals(goals: tuple[str, ...]) -> tuple[str, ...]:
    """Put the goals that an older order lacks where they stand by default: before the next one that is there.

    Where that one was moved before its usual predecessor, they follow the latter: what was put first stays first.
    """
    order = list(goals)
    for name in reversed([one for one in LATER_GOALS if one not in goals]):
        place = GOALS.index(name)
        following = next(one for one in GOALS[place + 1 :] if one in order)
        before = next(one for one in reversed(GOALS[:place]) if one in goals)
        order.insert(max(order.index(following), order.index(before) + 1), name)
    return tuple(order)


def without_later_goals(goals: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the later goals that an older order (`known`) lacks."""
    return tuple(one for one in goals if one in known or one not in LATER_GOALS)
