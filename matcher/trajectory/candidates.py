"""Among whom, for how many places and within which limits are schools selected?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from matcher.domain.document import document_of
from matcher.domain.period import refuse_if
from matcher.domain.policy import Policy
from matcher.domain.school_types import types_of
from matcher.domain.vocabulary import PROVINCES, SCHOOL_TYPES
from matcher.trajectory.applications import NETWORK_NAMED, NETWORKS, Application

MOST_SEATS: Final = 1000
MOST_PRIORITY: Final = 1000

Dimension = Literal["province", "school_type", "network"]
Side = Literal["least", "most"]

SELECTION_DIMENSIONS: Final[dict[Dimension, tuple[str, ...]]] = {
    "province": PROVINCES,
    "school_type": SCHOOL_TYPES,
    "network": tuple(NETWORKS),
}

FORMAT: Final = "in2stem-selection-policy/1"
GOALS: Final = ("seats", "priority", "balance")
SELECTION_GOAL_NAMES: Final = {
    "seats": "plaatsen ingevuld",
    "priority": "voorrangspunten samen",
    "balance": "afwijking van de aanmeldingen",
    "draw": "vaste loting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A school that can be selected; `priority` adds the coordinator's points to those of the ledger (>= 0)."""

    id: str
    name: str
    province: str
    school_types: tuple[str, ...]
    network: str
    priority: int = 0

    def __post_init__(self) -> None:
        """Refuse a candidate that can't be; raise InvalidValueError."""
        refuse_if(not self.id, "Een kandidaat heeft een schoolnummer nodig.")
        refuse_if(not 0 <= self.priority <= MOST_PRIORITY, f"Voorrang gaat van 0 tot {MOST_PRIORITY} punten.")

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """Give the groups of a dimension that the school is in; a school with two school types is in two."""
        if dimension == "school_type":
            return self.school_types
        return (self.province,) if dimension == "province" else (self.network,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionLimit:
    """At least or at most so many selected schools of one group (`side`, `number`)."""

    dimension: Dimension
    value: str
    side: Side
    number: int

    def __post_init__(self) -> None:
        """Refuse a limit that can't be meant; raise InvalidValueError."""
        known = self.dimension in SELECTION_DIMENSIONS and self.value in SELECTION_DIMENSIONS[self.dimension]
        refuse_if(not known, f"«{self.value}» is geen groep waarvoor een grens kan gelden.")
        refuse_if(self.side not in ("least", "most"), "Een grens is een ondergrens of een bovengrens.")
        refuse_if(not 0 <= self.number <= MOST_SEATS, f"De grens voor {self.value} gaat van 0 tot {MOST_SEATS}.")

    @property
    def words(self) -> str:
        """The limit in Dutch: `hoogstens 5 uit West-Vlaanderen`."""
        group = {
            "province": f"uit {self.value}",
            "school_type": f"met {self.value}",
            "network": f"uit {NETWORK_NAMED.get(self.value, '')}",
        }
        return f"{'ten minste' if self.side == 'least' else 'hoogstens'} {self.number} {group[self.dimension]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionPolicy:
    """What the coordinator sets: seats, limits, how long the waiting list is, and which goal goes first.

    `goals` is an order of GOALS with the seats in front; `waiting_places` None puts everybody on the list.
    """

    seats: int = 20
    limits: tuple[SelectionLimit, ...] = ()
    goals: tuple[str, ...] = GOALS
    waiting_places: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what can't be meant; raise InvalidValueError."""
        refuse_if(not 1 <= self.seats <= MOST_SEATS, f"Het aantal plaatsen gaat van 1 tot {MOST_SEATS}.")
        wrong = sorted(self.goals) != sorted(GOALS) or self.goals[0] != GOALS[0]
        refuse_if(wrong, f"De doelen moeten {', '.join(GOALS)} zijn, met {GOALS[0]} vooraan.")
        refuse_if(self.waiting_places is not None and self.waiting_places < 0, "Een wachtlijst is nooit korter dan 0.")
        places = [(one.dimension, one.value, one.side) for one in self.limits]
        refuse_if(len(set(places)) < len(places), "Voor één groep staan twee ondergrenzen of twee bovengrenzen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionPool:
    """The question: candidates in the order of their ids, the policy, who is in and who is out already."""

    candidates: tuple[Candidate, ...]
    policy: SelectionPolicy = field(default_factory=SelectionPolicy)
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Put candidates in order; raise InvalidValueError where a name is doubled or unknown."""
        object.__setattr__(self, "candidates", tuple(sorted(self.candidates, key=lambda one: one.id)))
        ids = [one.id for one in self.candidates]
        refuse_if(len(set(ids)) < len(ids), "Een school staat twee keer bij de kandidaten.")
        named = {*self.required, *self.excluded}
        refuse_if(not named <= set(ids), f"{min(named - set(ids), default='')} is geen kandidaat.")
        both = sorted({*self.required} & {*self.excluded})
        refuse_if(bool(both), f"{', '.join(both)} kan niet tegelijk gekozen en uitgesloten zijn.")


def pool_of(
    applications: Iterable[Application], policy: SelectionPolicy | None = None, ledger: Mapping[str, int] | None = None
) -> SelectionPool:
    """Make the pool of confirmed, waiting and accepted applications of schools.

    Accepted schools are in already. `ledger` maps school ids to the priority of docs/decisions/0025.
    """
    open_ones = [one for one in applications if one.school and one.state in ("confirmed", "waiting", "accepted")]
    candidates = []
    for one in open_ones:
        school = one.school
        if school is not None:
            candidates.append(
                Candidate(
                    id=school.id,
                    name=school.name,
                    province=school.province,
                    school_types=types_of(school, Policy()),
                    network=one.network,
                    priority=one.points + (ledger or {}).get(school.id, 0),
                )
            )
    required = tuple(one.school.id for one in open_ones if one.school and one.state == "accepted")
    return SelectionPool(candidates=tuple(candidates), policy=policy or SelectionPolicy(), required=required)


selection_policy_to_document, selection_policy_from_document = document_of(FORMAT, SelectionPolicy)
