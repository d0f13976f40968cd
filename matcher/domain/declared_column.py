"""Which column does a declared field of a school or mentor have in a spreadsheet?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from matcher.domain.column import Column, Reading, Sheet
from matcher.domain.field_spec import spec_of
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.school import School

SHEET_OF: Final[Mapping[type, Sheet]] = {School: "Scholen", Mentor: "Mentoren"}
_NUMBERS: Final = ("number", "postcode", "company_number")
_AS_TEXT: Final = ("offer", "not_with")


def declared_column(kind: type[School | Mentor], field: str, read: Callable[[str, Policy], Reading]) -> Column:
    """Make the column of a field of School or Mentor; `read` reads a cell of it."""
    spec = spec_of(kind, field)
    return Column(
        sheet=SHEET_OF[kind],
        name=spec.column,
        field=field,
        read=read,
        meaning=spec.meaning,
        synonyms=spec.synonyms,
        required=spec.required,
        instead=spec.instead,
        example=spec.example,
        choices=tuple(spec.known.values()) if spec.reader == "choice" and isinstance(spec.known, Mapping) else (),
        low=spec.low if spec.reader == "whole" else None,
        high=spec.high if spec.reader == "whole" else None,
        as_text=spec.reader in _NUMBERS or field in _AS_TEXT,
    )
