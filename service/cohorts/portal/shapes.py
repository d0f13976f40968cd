"""How do the setting of what the portal shows, and the consents, look on the wire?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from service.cohorts.members.store import Side
from service.cohorts.portal.allowed import SHOWABLE
from service.web.shapes import Shape, Stamped
from service.web.values import At, FullLine, MemberKey, of_list


def _fields(side: Side) -> tuple[object, ...]:
    known = list(SHOWABLE[side])
    return AfterValidator(of_list(known, "veld")), WithJsonSchema(
        {"type": "array", "items": {"type": "string", "enum": known}}
    )


SchoolFields = Annotated[list[str], *_fields("school")]
MentorFields = Annotated[list[str], *_fields("mentor")]


class PortalIn(Shape):
    """Which fields the portal shows of schools and mentors who agreed; names of mentors only once they accepted."""

    school: SchoolFields = Field(examples=[["name", "municipality"]])
    mentor: MentorFields = Field(examples=[["company", "sectors"]])


class PortalOut(PortalIn, Stamped):
    """What the portal shows; version 0 is nothing, of a cohort whose coordinator chose nothing yet."""


class ConsentsIn(Shape):
    """Schools or mentors of whom it is known that they agree to be shown, and how that is known."""

    side: Literal["school", "mentor"]
    ids: Annotated[list[MemberKey], Field(min_length=1, max_length=5000)] = Field(examples=[["034561"]])
    wording: FullLine = Field(
        description="Waarmee zij instemden: de versie van de tekst, of hoe u het weet.", examples=["2026-1"]
    )


class ConsentOut(Shape):
    """That a school or mentor agreed to be shown on the portal."""

    side: Literal["school", "mentor"]
    id: str
    wording: str
    given_at: At


class ConsentsOut(Shape):
    """Who agreed to be shown on the portal."""

    items: list[ConsentOut]
