"""Which values do several shapes of the API share? Lines of text, days, moments, keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

import matcher
from service.core.addresses import as_part
from service.web.shapes import At as At  # noqa: PLC0414 - a value like the others here
from service.web.shapes import Shape

PersonRole = Literal["viewer", "coordinator", "admin"]


Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2100, 12, 31))]


Level = Literal["none", "Competent", "Proficient", "Expert"]


Wanted = Literal["Competent", "Proficient", "Expert"]


Criterion = Annotated[str, StringConstraints(pattern=r"^[1-7]\.[1-5]$")]


Deed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class RemarkOut(Shape):
    """What deserves a look, and what to do about it."""

    severity: Literal["error", "warning", "note"]
    code: str
    criterion: str | None
    message: str
    remedy: str


def one_line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


def of_list(known: Iterable[str], what: str) -> Callable[[list[str]], list[str]]:
    """Make a check that takes values of a closed list, once each and in the order of the list."""
    order = list(known)

    def check(values: list[str]) -> list[str]:
        for one in values:
            if one not in order:
                sentence = f"Dit is geen gekende {what}. {matcher.did_you_mean(one[:80], order)}"
                raise PydanticCustomError("unknown_value", "{sentence}", {"sentence": sentence})
        return [one for one in order if one in values]

    return check


def one_of(known: Iterable[str]) -> FieldInfo:
    """Say in the OpenAPI document which values there are; `of_list` checks them, and guesses what was meant."""
    info: FieldInfo = Field(json_schema_extra={"enum": list(known)})
    return info


def without_doubles(values: list[str]) -> list[str]:
    """Take each once, in the order in which they came."""
    return list(dict.fromkeys(values))


MemberKey = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64, pattern=r"^[^\s/?#%\\\x00-\x1f\x7f]+( [^\s/?#%\\\x00-\x1f\x7f]+)*$"),
    AfterValidator(as_part),
]
"""The number of a school or mentor, as the spreadsheet has it."""


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(one_line)]


FullLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(one_line)
]


Lines = Annotated[list[Line], Field(max_length=200), AfterValidator(without_doubles)]


Extra = Annotated[dict[Line, Annotated[str, Field(max_length=1000)]], Field(max_length=50)]


FIRST_YEAR, LAST_YEAR = 2000, 3000


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Geef een tijdzone mee, bijvoorbeeld Z.")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:  # nearer the ends of time there is no moment in UTC
        raise ValueError(f"Dit moment moet tussen {FIRST_YEAR} en {LAST_YEAR} liggen.")
    return moment


Moment = Annotated[datetime, Field(strict=False), AfterValidator(_with_zone)]
