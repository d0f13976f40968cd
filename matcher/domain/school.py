"""What is a school? Each field declared once, with its column, its words and its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.field_spec import FieldSpec, check_fields
from matcher.domain.position import Position
from matcher.domain.vocabulary import (
    DEFAULT_SCHOOL_HALF_DAYS,
    EXTRA_HINT,
    FIELDS,
    FINALITIES,
    HALF_DAYS,
    HIGHEST_RATING,
    LABEL_CRITERIA,
    MAIL_HEADERS,
    MOMENT_HEADERS,
    POSTCODE_HEADERS,
    PROVINCES,
    SCHOOL_TYPE_HEADERS,
    SCHOOL_TYPES,
)

MAX_MENTORS_WANTED: Final = 3
NEITHER: Final = "Een school heeft een onderwijsvorm of een finaliteit nodig."


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school of the cohort and what it asks for.

    Tuples are in the order of their vocabulary and hold no doubles. `baseline` maps a label criterion
    (`1.1`) to its rating 0-4 and may be partial; empty where the school was not measured. `not_with`
    holds mentor ids and company keys. `extra` holds the columns of criteria that have no field here.
    """

    id: Annotated[
        str,
        FieldSpec(
            column="schoolnummer",
            reader="number",
            required=True,
            synonyms=("instellingsnummer", "instellingsnr", "school nr", "nummer school", "school id", "school number"),
            meaning="Het instellingsnummer, als tekst; met vestiging als er meer zijn (034561-2).",
            example="034561",
            shown=True,
        ),
    ]
    name: Annotated[
        str,
        FieldSpec(
            column="naam",
            required=True,
            synonyms=("school", "schoolnaam", "naam school", "naam van de school", "school name", "account name"),
            meaning="De naam van de school.",
            example="Technisch Atheneum De Voorbeeldstad",
            label="Naam",
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
            meaning="De postcode van de vestiging; ligging, provincie en Voka-kamer volgen eruit.",
            example="9000",
            label="Postcode",
            shown=True,
        ),
    ]
    municipality: Annotated[
        str,
        FieldSpec(
            column="gemeente",
            synonyms=("plaats", "stad", "woonplaats", "city", "town", "mailing city", "billing city"),
            meaning="De gemeente; leeg betekent: volgens de postcode.",
            example="Gent",
            label="Gemeente",
            hint="Leeg: volgens de postcode.",
            shown=True,
            portal="consent",
        ),
    ]
    province: Annotated[str, FieldSpec(known=PROVINCES, noun="provincie", shown=True)]
    position: Position  # made of the postcode, or of the school's own degrees (intake/cohort/coordinates.py)
    school_types: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="onderwijsvormen",
            reader="criterion",
            instead="finalities",
            synonyms=SCHOOL_TYPE_HEADERS,
            meaning="Onderwijsvormen van de school: ASO, TSO, BSO, KSO; mag leeg zijn als de finaliteiten er staan.",
            example="TSO, BSO",
            known=SCHOOL_TYPES,
            noun="onderwijsvorm",
            label="Onderwijsvormen",
            hint="Leeg mag, als de finaliteiten er staan.",
            shown=True,
        ),
    ] = ()
    fields: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="richtingen",
            reader="criterion",
            required=True,
            synonyms=(
                "richting",
                "STEM-richtingen",
                "studierichtingen",
                "studierichting",
                "domeinen",
                "fields of study",
            ),
            meaning="STEM-velden (WE TE BC IC EM ME BO HT VT AV ZO LO), hun naam, of namen van studierichtingen.",
            example="EM, ME",
            known=FIELDS,
            noun="richting",
            label="Richtingen",
            shown=True,
        ),
    ]
    half_days: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="beschikbaarheid",
            reader="criterion",
            synonyms=MOMENT_HEADERS,
            meaning="Halve dagen waarop de school een mentor kan ontvangen; leeg = alles behalve woensdagnamiddag.",
            example="ma-vm, di-nm",
            known=HALF_DAYS,
            noun="halve dag",
            label="Vrije halve dagen",
            usual=DEFAULT_SCHOOL_HALF_DAYS,
            shown=True,
        ),
    ]
    chamber: Annotated[str, FieldSpec(shown=True)] = ""
    finalities: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="finaliteiten",
            reader="criterion",
            synonyms=("finaliteit", "finaliteit(en)", "onderwijsfinaliteit", "finality"),
            meaning=f"Een of meer van: {', '.join(FINALITIES)}; mag leeg zijn als de onderwijsvormen er staan.",
            example="dubbel, arbeidsmarkt",
            known=FINALITIES,
            noun="finaliteit",
            label="Finaliteiten",
            shown=True,
        ),
    ] = ()
    mentors_wanted: Annotated[
        int,
        FieldSpec(
            column="aantal_mentoren",
            reader="whole",
            synonyms=("aantal mentors", "gewenste mentoren", "mentoren", "hoeveel mentoren", "number of mentors"),
            meaning=f"Hoeveel mentoren de school vraagt, 1 tot {MAX_MENTORS_WANTED}; leeg betekent 1.",
            example="1",
            low=1,
            high=MAX_MENTORS_WANTED,
            quantity="aantal mentoren",
            label="Hoeveel mentoren",
            shown=True,
        ),
    ] = 1
    not_with: Annotated[
        tuple[str, ...],
        FieldSpec(
            column="niet_met",
            reader="criterion",
            synonyms=("niet met", "liever niet met", "uitgesloten mentoren", "geen mentor van"),
            meaning="Bedrijven of mentornummers die deze school niet mag krijgen.",
            example="M012",
            label="Deze mentoren niet",
            hint="Bedrijven of mentornummers die de school niet krijgt.",
            shown=True,
        ),
    ] = ()
    baseline: Annotated[
        Mapping[str, int],
        FieldSpec(
            reader="criterion",
            known=LABEL_CRITERIA,
            noun="criterium",
            low=0,
            high=HIGHEST_RATING,
            quantity="nulmeting",
            label="Nulmeting",
            hint="Per criterium van het label, 0 tot 4; leeg: niet gemeten.",
            shown=True,
        ),
    ] = field(default_factory=dict)
    street: Annotated[
        str,
        FieldSpec(
            column="straat",
            synonyms=("adres", "straat en nummer", "straat + nr", "straat en nr", "street", "address"),
            meaning="Straat en huisnummer.",
            example="Voorbeeldstraat 1",
            label="Straat en nummer",
            shown=True,
        ),
    ] = ""
    contact: Annotated[
        str,
        FieldSpec(
            column="contactpersoon",
            synonyms=("contact", "directeur", "directie", "coordinator", "contact person", "contact name"),
            meaning="Wie op school het aanspreekpunt is.",
            example="An Voorbeeld",
            label="Contactpersoon",
        ),
    ] = ""
    email: Annotated[
        str,
        FieldSpec(
            column="e-mail",
            reader="mail",
            synonyms=MAIL_HEADERS,
            meaning="Het professioneel e-mailadres van de contactpersoon.",
            example="an@voorbeeldschool.be",
            label="E-mail",
        ),
    ] = ""
    extra: Annotated[Mapping[str, str], FieldSpec(label="Eigen kolommen", hint=EXTRA_HINT, shown=True)] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        """Refuse a school that no cohort can hold; raise InvalidValueError."""
        if not self.id:
            raise InvalidValueError("Een school heeft een schoolnummer nodig.")
        if not (self.school_types or self.finalities):
            raise InvalidValueError(NEITHER)
        check_fields(self)
