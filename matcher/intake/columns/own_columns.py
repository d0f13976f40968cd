"""Which columns does a cohort have that no criterion looks at?"""

from __future__ import annotations

from functools import partial
from typing import Final

from matcher.domain.column import Column, choice_reader, whole_reader
from matcher.domain.members import MAX_MENTORS_WANTED, MAX_SCHOOLS
from matcher.domain.vocabulary import FINALITIES
from matcher.intake.columns.companies import read_company_number
from matcher.intake.columns.readers import number_reader, one_of, read_degrees, read_line, read_mail, read_postcode

MAX_COMPANY: Final = 50
"""No company sends mentors to more schools than this."""

MAX_NUMBER: Final = 40
MAX_SITE: Final = 20

STATUSES: Final = {"actief": "active", "reserve": "reserve", "uitgevallen": "withdrawn"}
KINDS: Final = {"vast": "required", "verboden": "forbidden"}

_MAIL = ("e-mailadres", "mail", "mailadres")
_MINE = "professioneel e-mailadres"
_school = partial(Column, sheet="Scholen")
_mentor = partial(Column, sheet="Mentoren")
_agreement = partial(Column, sheet="Afspraken")

SCHOOL_COLUMNS: Final = (
    _school(
        name="schoolnummer",
        field="id",
        read=number_reader(MAX_NUMBER),
        required=True,
        synonyms=("instellingsnummer", "instellingsnr", "school nr", "nummer school", "school id"),
        meaning="Het instellingsnummer, als tekst; met vestiging als er meer zijn (034561-2).",
        example="034561",
    ),
    _school(
        name="vestigingsnummer",
        field="site",
        read=number_reader(MAX_SITE),
        synonyms=("vestiging", "vestigingsplaats"),
        meaning="Het nummer van de vestiging, als de school er meer heeft.",
        example="2",
    ),
    _school(
        name="naam",
        field="name",
        read=read_line,
        required=True,
        synonyms=("school", "schoolnaam", "naam school", "naam van de school"),
        meaning="De naam van de school.",
        example="Technisch Atheneum De Voorbeeldstad",
    ),
    _school(
        name="postcode",
        field="postcode",
        read=read_postcode,
        required=True,
        synonyms=("pc", "postnummer", "postnr", "zip"),
        meaning="De postcode van de vestiging; ligging, provincie en Voka-kamer volgen eruit.",
        example="9000",
    ),
    _school(
        name="gemeente",
        field="municipality",
        read=read_line,
        synonyms=("plaats", "stad", "woonplaats"),
        meaning="De gemeente; leeg betekent: volgens de postcode.",
        example="Gent",
    ),
    _school(
        name="straat",
        field="street",
        read=read_line,
        synonyms=("adres", "straat en nummer"),
        meaning="Straat en huisnummer.",
        example="Voorbeeldstraat 1",
    ),
    _school(
        name="contactpersoon",
        field="contact",
        read=read_line,
        synonyms=("contact", "directeur", "directie", "coordinator"),
        meaning="Wie op school het aanspreekpunt is.",
        example="An Voorbeeld",
    ),
    _school(
        name="e-mail",
        field="email",
        read=read_mail,
        synonyms=_MAIL,
        meaning=f"Het {_MINE} van de contactpersoon.",
        example="an@voorbeeldschool.be",
    ),
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
    _school(
        name="finaliteiten",
        field="finalities",
        read=choice_reader({one: one for one in FINALITIES}, "unknown_finality", "finaliteit"),
        synonyms=("finaliteit",),
        meaning=f"Een of meer van: {', '.join(FINALITIES)}.",
        example="dubbel, arbeidsmarkt",
    ),
    _school(
        name="aantal_mentoren",
        field="mentors_wanted",
        read=whole_reader(1, MAX_MENTORS_WANTED, "aantal"),
        synonyms=("aantal mentors", "gewenste mentoren", "mentoren"),
        meaning=f"Hoeveel mentoren de school vraagt, 1 tot {MAX_MENTORS_WANTED}; leeg betekent 1.",
        example="1",
    ),
)

MENTOR_COLUMNS: Final = (
    _mentor(
        name="mentornummer",
        field="id",
        read=number_reader(MAX_NUMBER),
        required=True,
        synonyms=("mentor nr", "nummer mentor", "mentor id"),
        meaning="Een eigen nummer van de mentor, als tekst.",
        example="M001",
    ),
    _mentor(name="voornaam", field="first_name", read=read_line, meaning="De voornaam van de mentor.", example="Jan"),
    _mentor(
        name="naam",
        field="last_name",
        read=read_line,
        synonyms=("familienaam", "achternaam", "mentor", "naam mentor"),
        meaning="De familienaam van de mentor.",
        example="Voorbeeld",
    ),
    _mentor(
        name="e-mail",
        field="email",
        read=read_mail,
        synonyms=_MAIL,
        meaning=f"Het {_MINE} van de mentor.",
        example="jan@voorbeeldbedrijf.be",
    ),
    _mentor(
        name="bedrijf",
        field="company",
        read=read_line,
        required=True,
        synonyms=("organisatie", "onderneming", "firma", "bedrijfsnaam", "naam bedrijf"),
        meaning="Het bedrijf van de mentor.",
        example="Voorbeeld NV",
    ),
    _mentor(
        name="ondernemingsnummer",
        field="company_number",
        read=read_company_number,
        synonyms=("kbo", "kbo-nummer", "btw-nummer", "btw", "ondernemingsnr"),
        meaning="Het KBO-nummer; de controlecijfers moeten kloppen.",
        example="0123.456.749",
    ),
    _mentor(
        name="postcode",
        field="postcode",
        read=read_postcode,
        required=True,
        synonyms=("pc", "postnummer", "postnr", "zip"),
        meaning="Vanwaar de mentor vertrekt, niet de hoofdzetel.",
        example="9000",
    ),
    _mentor(
        name="max_scholen",
        field="max_schools",
        read=whole_reader(0, MAX_SCHOOLS, "aantal"),
        synonyms=("maximum scholen", "aantal scholen", "capaciteit", "maximum aantal scholen", "max aantal scholen"),
        meaning=f"Hoeveel scholen de mentor helpt, 0 tot {MAX_SCHOOLS}; leeg betekent 1, 0 betekent: dit jaar niet.",
        example="1",
    ),
    _mentor(
        name="max_scholen_bedrijf",
        field="max_schools_company",
        read=whole_reader(0, MAX_COMPANY, "aantal"),
        synonyms=("maximum scholen bedrijf", "max scholen per bedrijf", "capaciteit bedrijf"),
        meaning="Hoeveel scholen het hele bedrijf helpt; het kleinste getal van het bedrijf telt.",
        example="2",
    ),
    _mentor(
        name="status",
        field="status",
        read=one_of(STATUSES, "unknown_status", "status"),
        synonyms=("toestand",),
        meaning="actief (ook als het leeg is), reserve (staat klaar) of uitgevallen.",
        example="actief",
    ),
)

AGREEMENT_COLUMNS: Final = (
    _agreement(
        name="schoolnummer",
        field="school",
        read=read_line,
        required=True,
        synonyms=("instellingsnummer", "instellingsnr", "school", "school nr", "school id"),
        meaning="Het nummer van de school, zoals op het blad Scholen.",
        example="034561",
    ),
    _agreement(
        name="mentornummer",
        field="mentor",
        read=read_line,
        required=True,
        synonyms=("mentor", "mentor nr", "mentor id"),
        meaning="Het nummer van de mentor, zoals op het blad Mentoren.",
        example="M001",
    ),
    _agreement(
        name="soort",
        field="kind",
        read=one_of(KINDS, "unknown_kind", "soort"),
        required=True,
        synonyms=("type", "soort afspraak", "afspraak"),
        meaning="vast (dit koppel moet) of verboden (dit koppel mag niet).",
        example="vast",
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
