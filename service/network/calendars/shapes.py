"""How do the calendars that people follow look on the wire?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.web.shapes import Shape
from service.web.values import At, MemberKey

Side = Literal["school", "mentor", "host", "all"]


class CalendarOf(Shape):
    """Whose calendar: of a school, of a mentor, of a place that receives, or `all` without a subject."""

    side: Side
    subject: MemberKey | None = Field(None, description="Nummer van school, mentor of locatie; weg bij `all`.")


class CalendarsIn(Shape):
    """For whom an address is made; without a list for everybody of the published year."""

    calendars: list[CalendarOf] | None = Field(None, min_length=1, max_length=500)


class CalendarOut(Shape):
    """A calendar and the address at which it is followed; null where there is none (yet)."""

    side: Side
    subject: str | None
    name: str
    url: str | None
    made_at: At | None


class CalendarsOut(Shape):
    """The calendars of everybody in the published year, in order of names."""

    items: list[CalendarOut]
