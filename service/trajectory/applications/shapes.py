"""How do applications of schools and mentors look on the wire: the public forms, and the coordinator's queue?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

import matcher
from service.cohorts.members.values import (
    MOST_MINUTES,
    Elements,
    Fields,
    Finalities,
    HalfDays,
    Postcode,
    Provinces,
    SchoolTypes,
)
from service.trajectory.applications.words import Kind, State
from service.web.shapes import Key, Note, Shape, Stamped
from service.web.values import At, FullLine, Line, Lines, MemberKey, Moment

Network = Literal["GO!", "VRIJ", "OVSG", "POV", "ANDER"]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200)]
MOST_POINTS = 100
ONE_OF_BOTH = "Onderwijsvormen of finaliteiten: een van beide volstaat."


class ConsentIn(Shape):
    """What the applicant agrees to: the version of the wording that the form shows."""

    wording: FullLine = Field(examples=["2026-1"])
    portal: bool = Field(default=False, description="Of men ook op het portaal mag staan, met naam en gemeente.")


class FormIn(Shape):
    """What both public forms have."""

    email: FullLine = Field(examples=["an.peeters@voorbeeldschool.be"])
    postcode: Postcode = Field(examples=["3500"])
    municipality: Line = Field("", description="Leeg: volgens de postcode.")
    motivation: Note = ""
    consent: ConsentIn
    website: Annotated[str, Field(max_length=1000)] = Field(
        "", description="Een val voor robots: mensen zien dit veld niet en laten het leeg."
    )


class SchoolForm(FormIn):
    """A school that applies."""

    id: MemberKey = Field(description="Schoolnummer.", examples=["034561"])
    name: FullLine = Field(examples=["Technisch Atheneum De Voorbeeldstad"])
    network: Network = Field(examples=["GO!"])
    finalities: Finalities = Field(default=[], description=ONE_OF_BOTH)
    school_types: SchoolTypes = Field(
        default=[], validate_default=True, examples=[["TSO", "BSO"]], description=ONE_OF_BOTH
    )
    fields: Fields = Field(examples=[["EM", "ME"]], min_length=1)
    half_days: HalfDays = Field(default=list(matcher.DEFAULT_SCHOOL_HALF_DAYS))
    mentors_wanted: int = Field(1, ge=1, le=3)
    street: Line = ""
    contact: FullLine = Field(examples=["An Peeters"])

    @field_validator("school_types")
    @classmethod
    def _has_a_kind(cls, told: list[str], others: ValidationInfo) -> list[str]:
        if not (told or others.data.get("finalities")):
            raise PydanticCustomError("unknown_value", "{sentence}", {"sentence": matcher.NEITHER})
        return told


class MentorForm(FormIn):
    """A mentor who applies."""

    first_name: FullLine = Field(examples=["Jan"])
    last_name: FullLine = Field(examples=["Maes"])
    company: FullLine = Field(examples=["Voorbeeld NV"])
    company_number: Line = ""
    sectors: Lines = Field(examples=[["technologie"]], min_length=1)
    half_days: HalfDays = Field(examples=[["ma-vm", "di-vm"]], min_length=1)
    provinces: Provinces = Field(default=[], description="Leeg: alle.")
    max_minutes: int | None = Field(None, ge=1, le=MOST_MINUTES)
    school_types: SchoolTypes = Field(default=[], description="Leeg: alle.")
    max_schools: int = Field(1, ge=1, le=5)
    offer: Elements = Field(default=[], description="Kernelementen van het label, 1 tot 7.")


class ReceivedOut(Shape):
    """That an application came in; nothing about whose. A key for applications is told its number besides."""

    state: Literal["received", "confirmed"]
    detail: str
    application: str | None = None


class OpenOut(Shape):
    """Whether one can apply now, from and until when, and in how many days an application must be confirmed."""

    open: bool
    opens_at: At | None
    closes_at: At | None
    days_to_confirm: int


class ApplicationRulesIn(Shape):
    """When and how applications are taken."""

    opens_at: Moment | None = Field(None, description="Eerste moment; null: nu al.")
    closes_at: Moment | None = Field(None, description="Vanaf dan niet meer; null: geen einde.")
    days_to_confirm: int = Field(30, ge=1, le=90, description="Wie dan nog niet bevestigde, vervalt.")
    most_an_hour: int = Field(
        100, ge=1, le=10_000, description="Onbevestigde aanmeldingen per uur, voor elke sleutel apart en voor de rest."
    )


class ApplicationRulesOut(ApplicationRulesIn, Stamped):
    """When and how applications are taken; version 0 is what holds where nobody chose."""

    opens_at: At | None = None
    closes_at: At | None = None


class OwnApplicationOut(Shape):
    """An application as the key that sent it may follow it: how far it is, and the link that confirms it."""

    id: str
    kind: Kind
    state: State
    received_at: At
    changed_at: At
    confirm_link: str | None = Field(description="Stuur deze link naar wie zich aanmeldde; null na de bevestiging.")
    confirm_before: At | None = Field(description="Daarna vervalt de aanmelding; null na de bevestiging.")


class BulkIn(Shape):
    """The next step of several applications at once; a refusal and a withdrawal say why."""

    applications: Annotated[list[Key], Field(min_length=1, max_length=500)]
    state: Literal["confirmed", "accepted", "waiting", "refused", "withdrawn"]
    reason: Note = ""


class NotMovedOut(Shape):
    """An application that could not take the step, and why."""

    id: str
    who: str
    detail: str


class BulkOut(Shape):
    """Which applications took the step, and which could not."""

    moved: list[str]
    not_moved: list[NotMovedOut]


class RemovedOut(Shape):
    """How many applications are gone."""

    removed: int


class ConfirmIn(Shape):
    """The secret of the link that confirms an application."""

    secret: Secret


class StepOut(Shape):
    """A step of an application."""

    state: State
    at: At
    by: str
    reason: str


class ApplicationOut(Shape):
    """An application in the queue; exactly one of `school` and `mentor` is there."""

    id: str
    kind: Kind
    state: State
    following: list[State] = Field(description="Toestanden die hierop kunnen volgen.")
    who: str
    received_at: At
    wording: str = Field(description="Versie van de tekst waarmee men instemde.")
    network: str
    motivation: str
    points: int
    points_reason: str
    school: dict[str, Any] | None
    mentor: dict[str, Any] | None
    steps: list[StepOut]
    doubles: list[str] = Field(description="Andere open aanmeldingen van dezelfde school of mentor.")
    confirm_link: str | None = Field(description="Stuur deze link naar wie zich aanmeldde; hij werkt één keer.")
    version: int
    changed_at: At


class MoveIn(Shape):
    """The next step of an application; a refusal and a withdrawal say why."""

    state: Literal["confirmed", "accepted", "waiting", "refused", "withdrawn"]
    reason: Note = ""


class PointsIn(Shape):
    """Priority points for the selection; from 1 on with a reason."""

    points: int = Field(ge=0, le=MOST_POINTS)
    reason: Note = ""
