"""How do the changes of a repair, and sessions that invite wrongly, look on the wire?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from service.web.shapes import Shape
from service.web.values import MemberKey

ToldDay = Annotated[date, Field(strict=False)]


class OutdatedOut(Shape):
    """A session to come of the published year that no longer invites whom the plan and the cohort ask."""

    uid: str
    round: int
    day: ToldDay
    half_day: str
    host: str
    mentors_out: list[MemberKey] = Field(description="Staan uitgenodigd en horen er niet meer bij.")
    mentors_in: list[MemberKey] = Field(description="Horen erbij en zijn niet uitgenodigd.")
    schools_out: list[MemberKey] = Field(description="Staan uitgenodigd en doen niet meer mee.")
    host_left: bool = Field(description="Van het bedrijf dat ontvangt, doet geen mentor nog mee.")


class PlaceOut(Shape):
    """When and where a session is."""

    day: ToldDay
    half_day: str
    start: str
    end: str
    host: str


class SessionChangeOut(Shape):
    """A session that a repair changes: as it was and as it becomes, and who is invited no longer or as well."""

    uid: str
    round: int
    kind: Literal["new", "changed", "cancelled"]
    before: PlaceOut | None
    after: PlaceOut | None
    schools: list[MemberKey] = Field(description="Wie er nu komt; bij een geschrapte sessie wie er kwam.")
    schools_out: list[MemberKey]
    schools_in: list[MemberKey]
    mentors_out: list[MemberKey]
    mentors_in: list[MemberKey]
    theme_changes: bool = Field(description="Of het thema een ander wordt.")
    presence_changes: bool = Field(description="Of van wie uitgenodigd blijft, anderen kunnen komen.")
