"""What is a mentor? Each field declared once, with its column, its words and its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from matcher.domain.errors import InvalidValueError
from matcher.domain.field_spec import FieldSpec, check_fields
from matcher.domain.policy import MAX_MINUTES
from matcher.domain.position import Position
from matcher.domain.vocabulary import (
    CAPACITY_HEADERS,
    COMPANY_HEADERS,
    ELEMENTS,
    EXTRA_HINT,
    HALF_DAYS,
    MAIL_HEADERS,
    MOMENT_HEADERS,
    POSTCODE_HEADERS,
    PROVINCES,
    SCHOOL_TYPE_HEADERS,
    SCHOOL_TYPES,
    TRAVEL_HEADERS,
)

Status = Literal["active", "reserve", "withdrawn"]
STATUS_WORDS: Final = {"active": "actief", "reserve": "reserve", "withdrawn": "uitgevallen"}
"""What stands in a table for each status."""

MAX_SCHOOLS: Final = 5
MAX_SCHOOLS_COMPANY: Final = 50
"""No company sends mentors to more schools than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """A company leader who offers help.

    `company_key` is what makes two mentors colleagues: the enterprise number, else the normalised name.
    `provinces` and `school_types` are those the mentor serves; empty means all. `max_minutes` is the
    travel limit one way, None for the policy's. `offer` holds key elements of the label (1-7);
    `not_with` school ids. A `reserve` mentor stands by; a `withdrawn` one helps nobody.
    """

    id: Annotated[
        str,
        FieldSpec(
            column="mentornummer",
            reader="number",
            required=True,
            synonyms=("mentor nr", "nummer mentor", "mentor id", "mentor number", "contact id"),
            meaning="Een eigen nummer van de mentor, als tekst.",
            example="M001",
            shown=True,
        ),
    ]
    company: Annotated[
        str,
        FieldSpec(
            column="bedrijf",
            required=True,
            synonyms=COMPANY_HEADERS,
            meaning="Het bedrijf van de mentor.",
            example="Voorbeeld NV",
            label="Bedrijf",
            shown=True,
            portal="consent",
        ),
    ]
    company_key: Annotated[str, FieldSpec(shown=True)]
    sectors: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="sectoren",
            reader="criterion",
            required=True,
            synonyms=("sector", "activiteit", "NACE", "NACE-code", "NACE-BEL", "industry", "sectors"),
            meaning="Sectoren van het bedrijf, of NACE-BEL-codes.",
            example="technologie",
            label="Sectoren",
            hint="Zoals bouw of ict.",
            shown=True,
            portal="consent",
        ),
    ]
    postcode: Annotated[
        str,
        FieldSpec(
            column="postcode",
            reader="postcode",
            required=True,
            synonyms=POSTCODE_HEADERS,
            meaning="Vanwaar de mentor vertrekt, niet de hoofdzetel.",
            example="9000",
            label="Postcode",
            shown=True,
        ),
    ]
    municipality: Annotated[
        str, FieldSpec(label="Gemeente", hint="Leeg: volgens de postcode.", shown=True, portal="consent")
    ]
    province: Annotated[str, FieldSpec(known=PROVINCES, noun="provincie", shown=True)]
    position: Position  # made of the postcode, or of the mentor's own degrees (intake/cohort/coordinates.py)
    half_days: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="beschikbaarheid",
            reader="criterion",
            required=True,
            synonyms=MOMENT_HEADERS,
            meaning="Halve dagen waarop de mentor kan.",
            example="ma-wo vm, vr",
            known=HALF_DAYS,
            noun="halve dag",
            label="Vrije halve dagen",
            shown=True,
        ),
    ]
    first_name: Annotated[
        str,
        FieldSpec(
            column="voornaam",
            synonyms=("first name", "roepnaam"),
            meaning="De voornaam van de mentor.",
            example="Jan",
            label="Voornaam",
            portal="acceptance",
        ),
    ] = ""
    last_name: Annotated[
        str,
        FieldSpec(
            column="naam",
            synonyms=("familienaam", "achternaam", "mentor", "naam mentor", "last name", "surname"),
            meaning="De familienaam van de mentor.",
            example="Voorbeeld",
            label="Naam",
            portal="acceptance",
        ),
    ] = ""
    email: Annotated[
        str,
        FieldSpec(
            column="e-mail",
            reader="mail",
            synonyms=MAIL_HEADERS,
            meaning="Het professioneel e-mailadres van de mentor.",
            example="jan@voorbeeldbedrijf.be",
            label="E-mail",
        ),
    ] = ""
    company_number: Annotated[
        str,
        FieldSpec(
            column="ondernemingsnummer",
            reader="company_number",
            synonyms=("kbo", "kbo-nummer", "btw-nummer", "btw", "ondernemingsnr", "vat number"),
            meaning="Het KBO-nummer; de controlecijfers moeten kloppen.",
            example="0123.456.749",
            label="Ondernemingsnummer",
            shown=True,
        ),
    ] = ""
    provinces: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="provincies",
            reader="criterion",
            synonyms=("provincie", "regio", "regio's", "werkgebied", "province", "provinces"),
            meaning="Provincies waar de mentor wil werken; leeg = alle.",
            example="Antwerpen, Limburg",
            known=PROVINCES,
            noun="provincie",
            label="Provincies",
            hint="Leeg: alle.",
            shown=True,
        ),
    ] = ()
    max_minutes: Annotated[
        int | None,
        FieldSpec(
            column="max_reistijd",
            reader="criterion",
            synonyms=TRAVEL_HEADERS,
            meaning="Minuten die de mentor hoogstens wil rijden, enkele rit; leeg = de grens van het beleid (60).",
            example="45",
            low=1,
            high=MAX_MINUTES,
            quantity="max. reistijd",
            label="Hoogstens minuten rijden",
            hint="Leeg: de grens van de cohorte.",
            shown=True,
        ),
    ] = None
    school_types: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="onderwijsvormen",
            reader="criterion",
            synonyms=SCHOOL_TYPE_HEADERS,
            meaning="Onderwijsvormen waarmee de mentor wil werken; leeg = alle.",
            example="TSO, BSO",
            known=SCHOOL_TYPES,
            noun="onderwijsvorm",
            label="Onderwijsvormen",
            hint="Leeg: alle.",
            shown=True,
        ),
    ] = ()
    max_schools: Annotated[
        int,
        FieldSpec(
            column="max_scholen",
            reader="whole",
            synonyms=CAPACITY_HEADERS,
            meaning=f"Hoeveel scholen de mentor helpt, 0 tot {MAX_SCHOOLS}; leeg betekent 1, 0: dit jaar niet.",
            example="1",
            low=0,
            high=MAX_SCHOOLS,
            quantity="max. scholen",
            label="Hoeveel scholen",
            shown=True,
        ),
    ] = 1
    max_schools_company: Annotated[
        int | None,
        FieldSpec(
            column="max_scholen_bedrijf",
            reader="whole",
            synonyms=("maximum scholen bedrijf", "max scholen per bedrijf", "capaciteit bedrijf"),
            meaning="Hoeveel scholen het hele bedrijf helpt; het kleinste getal van het bedrijf telt.",
            example="2",
            low=0,
            high=MAX_SCHOOLS_COMPANY,
            quantity="max. scholen van het bedrijf",
            label="Hoeveel scholen voor het hele bedrijf",
            hint="Leeg: geen grens. Het kleinste getal van het bedrijf telt.",
            shown=True,
        ),
    ] = None
    offer: Annotated[
        tuple[int, ...],
        FieldSpec(
            column="aanbod",
            reader="criterion",
            synonyms=("kernelementen", "kan helpen met", "expertise"),
            meaning="Kernelementen van het label (1-7) waarmee de mentor kan helpen.",
            example="2, 6",
            known=ELEMENTS,
            noun="aanbod",
            label="Kan helpen met",
            hint="Kernelementen van het label, 1 tot 7.",
            shown=True,
        ),
    ] = ()
    not_with: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="niet_met",
            reader="criterion",
            synonyms=("niet met", "liever niet met", "uitgesloten scholen", "belangenconflict"),
            meaning="Schoolnummers waar deze mentor niet heen mag, bijvoorbeeld de school van een kind.",
            example="034561",
            label="Niet naar deze scholen",
            hint="Schoolnummers waar de mentor niet naartoe gaat.",
            shown=True,
        ),
    ] = ()
    status: Annotated[
        Status,
        FieldSpec(
            column="status",
            reader="choice",
            synonyms=("toestand",),
            meaning="actief (ook als het leeg is), reserve (staat klaar) of uitgevallen.",
            example="actief",
            known=STATUS_WORDS,
            noun="status",
            label="Doet mee",
            shown=True,
        ),
    ] = "active"
    extra: Annotated[Mapping[str, str], FieldSpec(label="Eigen kolommen", hint=EXTRA_HINT, shown=True)] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        """Refuse a mentor that no cohort can hold; raise InvalidValueError."""
        if not (self.id and self.company_key):
            raise InvalidValueError("Een mentor heeft een mentornummer en een bedrijf nodig.")
        check_fields(self)

    @property
    def name(self) -> str:
        """First and last name, or the id where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id
