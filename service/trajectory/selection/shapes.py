"""How does a selection look in the API?"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from service.jobs.shapes import JobState
from service.web.shapes import Key, Shape, Stamped
from service.web.values import At, Deed, FullLine, MemberKey

MOST_SEATS = 1000


class LimitShape(Shape):
    """At least or at most so many selected schools of a group."""

    dimension: Literal["province", "school_type", "network"]
    value: FullLine = Field(examples=["West-Vlaanderen"])
    side: Literal["least", "most"]
    number: int = Field(ge=0, le=MOST_SEATS)


class SelectionPolicyIn(Shape):
    """How schools are selected."""

    seats: int = Field(20, ge=1, le=MOST_SEATS)
    limits: list[LimitShape] = Field(default=[], max_length=50)
    goals: list[Literal["seats", "priority", "balance"]] = Field(
        default=["seats", "priority", "balance"], max_length=3, description="Volgorde van de doelen; plaatsen eerst."
    )
    waiting_places: int | None = Field(None, ge=0, le=MOST_SEATS, description="Leeg: iedereen op de wachtlijst.")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Nummer van de loting.")


class SelectionPolicyOut(SelectionPolicyIn, Stamped):
    """How schools are selected; version 0 is the product's own."""


class SelectionIn(Shape):
    """What to select; with `ledger_of` schools of an earlier cohort bring their priority along."""

    ledger_of: Key | None = Field(None, description="Vorige cohorte, voor de voorrang van wie toen tekortkwam.")


class ReplaceIn(Shape):
    """A school that leaves, and why; its place is selected again while all others stay."""

    school: MemberKey
    reason: Deed = Field(examples=["de directie stopt ermee"])


class ChoiceOut(Shape):
    """What a candidate got, and why."""

    school: str
    name: str
    outcome: Literal["chosen", "waiting", "not_chosen"]
    priority: int
    place: int
    reason: str


class SelectionOut(Shape):
    """A selection; nothing is there but its job as long as that is busy."""

    id: str
    job: str
    job_state: JobState | None
    failure: str
    status: Literal["proven", "feasible", "conflict", "unfinished"] | None
    choices: list[ChoiceOut]
    goals: list[dict[str, Any]]
    notes: list[str]
    conflict: dict[str, Any] | None
    dropped: str | None
    ledger: dict[str, int]
    accepted_at: At | None
    version: int
    changed_at: At | None
