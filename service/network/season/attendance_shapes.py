"""How do answers to sessions look on the wire?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from service.web.shapes import Shape
from service.web.values import At, MemberKey

Uid = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class AttendanceIn(Shape):
    """Whether a school or mentor comes to a session of the published year."""

    session: Uid
    side: Literal["school", "mentor"]
    subject: MemberKey
    comes: bool


class AttendanceOut(AttendanceIn):
    """An answer, and when it was given."""

    at: At


class AttendancesOut(Shape):
    """All answers of a cohort, by session."""

    items: list[AttendanceOut]
