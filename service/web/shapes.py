"""What do all shapes on the wire share? They refuse what they don't know and never guess."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema

from service.core.addresses import as_part

Item = TypeVar("Item")

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Key = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64, pattern=r"^[^\s/?#%\\\x00-\x1f\x7f]+$"),
    AfterValidator(as_part),
]
Count = Annotated[int, Field(ge=0, le=2**31)]


def _with_milliseconds(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


At = Annotated[
    datetime,
    Field(strict=False),
    PlainSerializer(_with_milliseconds, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in an answer: UTC, to the millisecond."""


class Shape(BaseModel):
    """A shape of the API."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True, hide_input_in_errors=True)

    @classmethod
    def from_row(cls, row: object, **others: Any) -> Self:  # noqa: ANN401 - fields
        """Fill the fields from a row's members of the same names; `others` are given."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields if name not in others}, **others)


class ProblemError(Shape):
    """One thing that is wrong in a request."""

    pointer: str
    code: str
    detail: str


class ProblemShape(BaseModel):
    """A problem as RFC 9457 has it, with a stable code."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[ProblemError] = []


class Page(Shape, Generic[Item]):
    """A page of a list; `next` is the cursor of the following page, null on the last."""

    items: list[Item]
    next: str | None = None


class Stamped(Shape):
    """What can be edited: its version is its ETag."""

    version: int
    changed_at: At | None = None
