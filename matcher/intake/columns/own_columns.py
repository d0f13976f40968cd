"""Which columns does a cohort have that no criterion looks at?

Those of schools and mentors follow from the fields that `matcher/domain` declares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from matcher.domain.column import Column, Reading, choice_reader, whole_reader
from matcher.domain.declared_column import declared_column
from matcher.domain.field_spec import FieldSpec, field_specs
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.school import School
from matcher.intake.columns.companies import read_company_number
from matcher.intake.columns.readers import number_reader, one_of, read_degrees, read_line, read_mail, read_postcode

Read = Callable[[str, Policy], Reading]

MAX_NUMBER: Final = 40
MAX_SITE: Final = 20

KINDS: Final = {"vast": "required", "verboden": "forbidden"}

_school = partial(Column, sheet="Scholen")
_agreement = partial(Column, sheet="Afspraken")


def _reader_of(name: str, spec: FieldSpec) -> Read | None:
    """Give what reads a cell of a declared field; None where a criterion does."""
    ready: dict[str, Read] = {
        "line": read_line,
        "number": number_reader(MAX_NUMBER),
        "postcode": read_postcode,
        "mail": read_mail,
        "company_number": read_company_number,
    }
    if spec.reader == "whole" and spec.low is not None and spec.high is not None:
        return whole_reader(spec.low, spec.high, "aantal", is_limit=name.startswith("max_"))
    if spec.reader in ("choice", "choices"):
        words = spec.known if isinstance(spec.known, Mapping) else {one: one for one in spec.known}
        names = {word: value for value, word in words.items()}
        make = one_of if spec.reader == "choice" else choice_reader
        return make(names, f"unknown_{name}", spec.noun)
    return ready.get(spec.reader)


def _declared(kind: type[School | Mentor]) -> tuple[Column, ...]:
    told = ((one.name, _reader_of(one.name, one.spec)) for one in field_specs(kind) if one.spec.column)
    return tuple(declared_column(kind, name, read) for name, read in told if read is not None)


_ID, *_REST = _declared(School)

SCHOOL_COLUMNS: Final = (
    _ID,
    _school(
        name="vestigingsnummer",
        field="site",
        read=number_reader(MAX_SITE),
        synonyms=("vestiging", "vestigingsplaats", "vest", "vest nr"),
        meaning="Het nummer van de vestiging, als de school er meer heeft.",
        example="2",
        as_text=True,
    ),
    *_REST,
    _school(
        name="breedtegraad",
        field="latitude",
        read=read_degrees,
        synonyms=("latitude", "lat", "noorderbreedte"),
        meaning="WGS84-graden; gaat voor op de postcode.",
        example="51,0543",
    ),
    _school(
        name="lengtegraad",
        field="longitude",
        read=read_degrees,
        synonyms=("longitude", "lon", "lng", "long", "oosterlengte"),
        meaning="WGS84-graden; gaat voor op de postcode.",
        example="3,7174",
    ),
)
"""Site and degrees become part of other fields: the id, and the position."""

MENTOR_COLUMNS: Final = _declared(Mentor)

AGREEMENT_COLUMNS: Final = (
    _agreement(
        name="schoolnummer",
        field="school",
        read=read_line,
        required=True,
        synonyms=("instellingsnummer", "instellingsnr", "school", "school nr", "school id"),
        meaning="Het nummer van de school, zoals op het blad Scholen.",
        example="034561",
        as_text=True,
    ),
    _agreement(
        name="mentornummer",
        field="mentor",
        read=read_line,
        required=True,
        synonyms=("mentor", "mentor nr", "mentor id"),
        meaning="Het nummer van de mentor, zoals op het blad Mentoren.",
        example="M001",
        as_text=True,
    ),
    _agreement(
        name="soort",
        field="kind",
        read=one_of(KINDS, "unknown_kind", "soort"),
        required=True,
        synonyms=("type", "soort afspraak", "afspraak"),
        meaning="vast (dit koppel moet) of verboden (dit koppel mag niet).",
        example="vast",
        choices=tuple(KINDS),
    ),
    _agreement(
        name="reden",
        field="reason",
        read=read_line,
        synonyms=("waarom", "toelichting", "opmerking", "motivatie"),
        meaning="Waarom, in een paar woorden.",
        example="werkten vorig jaar al samen",
    ),
)
