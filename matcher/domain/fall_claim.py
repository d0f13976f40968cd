"""What would a drop-out do? The kinds of claim that say so: see `claim`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakesOver:
    """When these mentors leave, a mentor comes to the school in the best repair."""

    gone: tuple[str, ...]
    school: str
    mentor: str


@dataclass(frozen=True, slots=True)
class StaysOpen:
    """When these mentors leave, so many more places of the school stay open; `left` mentors it keeps or gets."""

    gone: tuple[str, ...]
    school: str
    count: int
    left: int


@dataclass(frozen=True, slots=True)
class ChangesToo:
    """When these mentors leave, a school of which nobody left loses a mentor to another or gets another."""

    gone: tuple[str, ...]
    school: str
    goes: tuple[str, ...]
    comes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointsAfter:
    """When these mentors leave, the plan has so many points less; negative where more."""

    gone: tuple[str, ...]
    lost: int


Fall = TakesOver | StaysOpen | ChangesToo | PointsAfter
"""What a drop-out would do."""
