"""How does a lock look in the API: an agreement that a pair must be in the plan, or may not?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from service.web.shapes import Shape
from service.web.values import At, MemberKey

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class LockIn(Shape):
    """An agreement to add: a pair that must be in the plan, or that may not."""

    school: MemberKey = Field(examples=["034561"])
    mentor: MemberKey = Field(examples=["M001"])
    kind: Literal["required", "forbidden"]
    reason: Reason = Field(examples=["werkten vorig jaar al samen"])
    override: bool = Field(default=False, description="Geldt ook tegen een regel in (alleen voor «required»).")


class LockOut(Shape):
    """An agreement."""

    id: str
    school: str
    mentor: str
    kind: str
    reason: str
    override: bool
    created_at: At


class TouchedOut(Shape):
    """An agreement that a deed made (`added`) or deleted; `stands` where nothing else was done to it since."""

    id: str
    school: str
    mentor: str
    kind: Literal["required", "forbidden"]
    added: bool
    stands: bool


class DeedOut(Shape):
    """All that one request did to agreements; it can be taken back as far as it stands."""

    id: str
    by: str
    at: At | None
    touched: list[TouchedOut]


class UndoneOut(Shape):
    """How many agreements went and came when a deed was taken back."""

    removed: int
    made: int
