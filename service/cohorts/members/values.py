"""Which values do schools and mentors have on the wire, whoever tells them: a form, a program, an application?"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

import matcher
from service.web.values import of_list, one_of

MOST_MINUTES = 240
SHORTEST_POSTCODE = 4
MOST_IN_A_LIST = 50


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
HalfDay = Annotated[str, one_of(matcher.HALF_DAYS)]
SchoolType = Annotated[str, one_of(matcher.SCHOOL_TYPES)]
Finality = Annotated[str, one_of(matcher.FINALITIES)]
StemField = Annotated[str, one_of(matcher.FIELDS)]
Province = Annotated[str, one_of(matcher.PROVINCES)]
HalfDays = Annotated[list[HalfDay], AfterValidator(of_list(matcher.HALF_DAYS, "halve dag"))]
SchoolTypes = Annotated[list[SchoolType], AfterValidator(of_list(matcher.SCHOOL_TYPES, "onderwijsvorm"))]
Finalities = Annotated[list[Finality], AfterValidator(of_list(matcher.FINALITIES, "finaliteit"))]
Fields = Annotated[list[StemField], AfterValidator(of_list(matcher.FIELDS, "richting"))]
Provinces = Annotated[list[Province], AfterValidator(of_list(matcher.PROVINCES, "provincie"))]
Elements = Annotated[list[Annotated[int, Field(ge=1, le=len(matcher.ELEMENTS))]], Field(max_length=MOST_IN_A_LIST)]
