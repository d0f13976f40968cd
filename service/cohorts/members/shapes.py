"""How do a school and a mentor look on the wire?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

import matcher
from service.web.shapes import Shape
from service.web.values import At, Extra, FullLine, Line, Lines, MemberKey, of_list

MOST_MINUTES = 240
MOST_OF_A_COMPANY = 50
HIGHEST_RATING = 4
SHORTEST_POSTCODE = 4


def ratings(values: dict[str, int]) -> dict[str, int]:
    """Check that ratings are of the label's criteria."""
    of_list(matcher.LABEL_CRITERIA, "criterium")(list(values))
    return values


def long_enough(postcode: str) -> str:
    """Refuse what is too short for a postcode, in the words of who reads one from a spreadsheet."""
    if len(postcode) < SHORTEST_POSTCODE:
        sentence = "Dit is geen Belgische postcode. Vul vier cijfers in, zoals 9000."
        raise PydanticCustomError("unknown_value", "{sentence}", {"sentence": sentence})
    return postcode


Postcode = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=10),
    AfterValidator(long_enough),
    Field(json_schema_extra={"minLength": SHORTEST_POSTCODE}),
]
Degrees = Annotated[float, Field(ge=-180, le=180, description="WGS84; zonder eigen ligging geldt de postcode.")]
HalfDays = Annotated[list[str], AfterValidator(of_list(matcher.HALF_DAYS, "halve dag"))]
SchoolTypes = Annotated[list[str], AfterValidator(of_list(matcher.SCHOOL_TYPES, "onderwijsvorm"))]
Finalities = Annotated[list[str], AfterValidator(of_list(matcher.FINALITIES, "finaliteit"))]
Fields = Annotated[list[str], AfterValidator(of_list(matcher.FIELDS, "richting"))]
Provinces = Annotated[list[str], AfterValidator(of_list(matcher.PROVINCES, "provincie"))]
Baseline = Annotated[dict[str, Annotated[int, Field(ge=0, le=HIGHEST_RATING)]], AfterValidator(ratings)]
Elements = Annotated[list[Annotated[int, Field(ge=1, le=len(matcher.ELEMENTS))]], Field(max_length=50)]


class SchoolParts(Shape):
    """What a school may tell."""

    municipality: Line = Field("", description="Leeg: volgens de postcode.")
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    half_days: HalfDays = Field(default=list(matcher.DEFAULT_SCHOOL_HALF_DAYS), examples=[["ma-vm", "di-vm"]])
    finalities: Finalities = Field(default=[])
    mentors_wanted: int = Field(1, ge=1, le=3)
    not_with: Lines = Field(default=[], description="Mentornummers en bedrijven die de school niet krijgt.")
    baseline: Baseline = Field(default={}, description="Nulmeting: criterium van het label naar 0 tot 4.")
    street: Line = ""
    contact: Line = ""
    email: Line = ""
    extra: Extra = Field(default={})


class SchoolWhole(SchoolParts):
    """A school but for its number."""

    name: FullLine = Field(examples=["Technisch Atheneum De Voorbeeldstad"])
    postcode: Postcode = Field(examples=["9000"])
    school_types: SchoolTypes = Field(examples=[["TSO", "BSO"]])
    fields: Fields = Field(examples=[["EM", "ME"]])


class SchoolIn(SchoolWhole):
    """A school to add."""

    id: MemberKey = Field(examples=["034561"])


class SchoolChange(SchoolParts):
    """What to change about a school; what is left out stays."""

    name: FullLine = ""
    postcode: Postcode = ""
    school_types: SchoolTypes = Field(default=[])
    fields: Fields = Field(default=[])


class MentorParts(Shape):
    """What a mentor may tell."""

    municipality: Line = Field("", description="Leeg: volgens de postcode.")
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    first_name: Line = ""
    last_name: Line = ""
    email: Line = ""
    company_number: Line = Field("", examples=["0123.456.749"])
    provinces: Provinces = Field(default=[], description="Leeg: alle.")
    max_minutes: int | None = Field(None, ge=1, le=MOST_MINUTES)
    school_types: SchoolTypes = Field(default=[], description="Leeg: alle.")
    max_schools: int = Field(1, ge=0, le=5)
    max_schools_company: int | None = Field(None, ge=0, le=MOST_OF_A_COMPANY)
    offer: Elements = Field(default=[], description="Sleutelelementen van het label, 1 tot 7.")
    not_with: Lines = Field(default=[], description="Schoolnummers waar de mentor niet naartoe gaat.")
    status: Literal["active", "reserve", "withdrawn"] = "active"
    extra: Extra = Field(default={})


class MentorWhole(MentorParts):
    """A mentor but for the number."""

    company: FullLine = Field(examples=["Voorbeeld NV"])
    sectors: Lines = Field(examples=[["technologie"]])
    postcode: Postcode = Field(examples=["9000"])
    half_days: HalfDays = Field(examples=[["ma-vm", "di-vm"]])


class MentorIn(MentorWhole):
    """A mentor to add."""

    id: MemberKey = Field(examples=["M001"])


class MentorChange(MentorParts):
    """What to change about a mentor; what is left out stays."""

    company: FullLine = ""
    sectors: Lines = Field(default=[])
    postcode: Postcode = ""
    half_days: HalfDays = Field(default=[])


class Remark(Shape):
    """What is odd about a value that was kept."""

    pointer: str
    severity: Literal["warning", "note"]
    code: str
    detail: str


class MemberOut(Shape):
    """What the answers on schools and mentors share."""

    id: str
    postcode: str
    municipality: str
    province: str
    latitude: float
    longitude: float
    half_days: list[str]
    school_types: list[str]
    not_with: list[str]
    extra: dict[str, str]
    email: str | None = Field(description="Alleen voor coördinatoren.")
    version: int
    changed_at: At
    remarks: list[Remark] = Field(default=[], description="Wat een blik verdient; niet in lijsten.")


class SchoolOut(MemberOut):
    """A school."""

    name: str
    chamber: str
    fields: list[str]
    finalities: list[str]
    mentors_wanted: int
    baseline: dict[str, int]
    street: str
    contact: str | None = Field(description="Alleen voor coördinatoren.")


class MentorOut(MemberOut):
    """A mentor."""

    pseudonym: str = Field(description="Hoe het portaal deze mentor noemt.")
    company: str
    company_key: str
    company_number: str
    sectors: list[str]
    provinces: list[str]
    max_minutes: int | None
    max_schools: int
    max_schools_company: int | None
    offer: list[int]
    status: str
    first_name: str | None = Field(description="Alleen voor coördinatoren.")
    last_name: str | None = Field(description="Alleen voor coördinatoren.")
