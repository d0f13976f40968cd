"""How do rounds, plans and jobs look on the wire?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from service.jobs.shapes import JobState
from service.web.shapes import Shape
from service.web.values import At

Claims = Annotated[
    list[dict[str, Any]],
    Field(description="Uitspraken die na te rekenen zijn: soort, nummers en getallen, en de zin die ervan gemaakt is."),
]

PlanStatus = Literal["proven", "feasible", "conflict", "unfinished"]


class RoundIn(Shape):
    """What to solve; the cohort's schools, mentors, agreements and rules are taken as they are now."""

    repair: bool | None = Field(
        None, description="Zo weinig mogelijk wijzigen aan het gepubliceerde plan; vanzelf zo als er een is."
    )


class GoalOut(Shape):
    """What the plan reaches on one goal."""

    name: str
    value: int | list[int]
    bound: int | list[int] | None
    proven: bool


class OpenPlaceOut(Shape):
    """A place that nobody fills, and why."""

    school: str
    count: int
    reason: str
    claims: Claims = Field([])


class ConflictOut(Shape):
    """Why there is no plan, and the ways out."""

    sentence: str
    remedies: list[str]


class PlanOut(Shape):
    """What came out of a round."""

    status: PlanStatus
    goals: list[GoalOut]
    pairs: int
    open_places: list[OpenPlaceOut]
    conflict: ConflictOut | None
    travel_source: str
    notes: list[str]


class RoundOut(Shape):
    """A round: `state` tells who may see it, `job_state` how far the computing is."""

    id: str
    cohort: str
    number: int
    state: Literal["draft", "approved", "published", "superseded"]
    job: str | None
    job_state: JobState | None
    studied: bool
    study_job: str | None = Field(None, description="Wat uitzoekt wat uit het plan volgt; daarna kan het publiek.")
    stale: bool | None = Field(None, description="Of de gegevens sindsdien gewijzigd zijn.")
    repairs: str | None
    inputs_hash: str
    version: int
    created_at: At
    plan_status: PlanStatus | None = Field(None, description="Wat eruit kwam, ook in een lijst zonder de plannen.")
    plan: PlanOut | None = None


class PairingOut(Shape):
    """A mentor for a school, with the reasons."""

    school: str
    mentor: str
    points: int
    travel_minutes: int
    locked: bool
    reasons: list[str]
