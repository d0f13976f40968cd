"""How do a school and a mentor look on the wire? Their fields are those that they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

import matcher
from service.cohorts.members.declared_shape import DeclaredShape
from service.cohorts.members.values import Degrees
from service.web.shapes import Shape
from service.web.values import At, MemberKey


class PlacedParts(DeclaredShape):
    """Where a school or mentor is, when that is told."""

    latitude: Degrees | None = None
    longitude: Degrees | None = None


class SchoolParts(PlacedParts, of=matcher.School):
    """What a school may tell."""


class SchoolWhole(SchoolParts, of=matcher.School, told="whole"):
    """A school but for its number."""


class SchoolIn(SchoolWhole):
    """A school to add."""

    id: MemberKey = Field(examples=["034561"])


class SchoolChange(PlacedParts, of=matcher.School, told="change"):
    """What to change about a school; what is left out stays."""


class MentorParts(PlacedParts, of=matcher.Mentor):
    """What a mentor may tell."""


class MentorWhole(MentorParts, of=matcher.Mentor, told="whole"):
    """A mentor but for the number."""


class MentorIn(MentorWhole):
    """A mentor to add."""

    id: MemberKey = Field(examples=["M001"])


class MentorChange(PlacedParts, of=matcher.Mentor, told="change"):
    """What to change about a mentor; what is left out stays."""


class Remark(Shape):
    """What is odd about a value that was kept."""

    pointer: str
    severity: Literal["warning", "note"]
    code: str
    detail: str


class MemberOut(DeclaredShape):
    """What the answers on schools and mentors share, besides what each declares."""

    id: str
    latitude: float
    longitude: float
    version: int
    changed_at: At
    remarks: list[Remark] = Field(default=[], description="Wat een blik verdient; niet in lijsten.")


class SchoolOut(MemberOut, of=matcher.School, told="out"):
    """A school."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the field declares
            """Give a field that a school declares."""


class MentorOut(MemberOut, of=matcher.Mentor, told="out"):
    """A mentor."""

    pseudonym: str = Field(description="Hoe het portaal deze mentor noemt.")

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the field declares
            """Give a field that a mentor declares."""
