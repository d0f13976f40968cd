"""Which words does a cohort use? The closed lists of half-days, school types, fields and regions."""

from __future__ import annotations

from typing import Final

DAYS: Final = ("ma", "di", "wo", "do", "vr")
HALF_DAYS: Final = tuple(f"{day}-{part}" for day in DAYS for part in ("vm", "nm"))
"""The ten half-days of a school week, Monday morning first."""

DEFAULT_SCHOOL_HALF_DAYS: Final = tuple(half for half in HALF_DAYS if half != "wo-nm")
"""What a school offers when it names nothing: lessons stop on Wednesday noon."""

DAY_NAMES: Final = dict(zip(DAYS, ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"), strict=True))

HALF_DAY_NAMES: Final = {
    f"{short}-{part}": f"{long}{name}"
    for short, long in DAY_NAMES.items()
    for part, name in (("vm", "voormiddag"), ("nm", "namiddag"))
}

SCHOOL_TYPES: Final = ("ASO", "TSO", "BSO", "KSO")
"""Onderwijsvormen."""

FINALITIES: Final = ("doorstroom", "dubbel", "arbeidsmarkt")

FLEMISH_PROVINCES: Final = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
OTHER_PROVINCES: Final = ("Brussel", "Henegouwen", "Luik", "Luxemburg", "Namen", "Waals-Brabant")
PROVINCES: Final = FLEMISH_PROVINCES + OTHER_PROVINCES
"""The ten provinces and the Brussels region, which has none."""

FIELDS: Final = {
    "WE": "wetenschappen",
    "TE": "engineering en mechatronica",
    "BC": "bio-chemie",
    "IC": "ICT en elektronica",
    "EM": "elektromechanica en installatie",
    "ME": "mechanica en lassen",
    "BO": "bouw",
    "HT": "hout en textiel",
    "VT": "voertuigen, maritiem, vliegtuigen",
    "AV": "agro en voeding",
    "ZO": "zorg-STEM",
    "LO": "logistiek",
}
"""STEM fields: clusters of the official study directions, code to Dutch name."""

ELEMENTS: Final = {
    1: "lesaanpak",
    2: "uitvoering van het leerplan",
    3: "evaluatie",
    4: "professionalisering van het team",
    5: "leiderschap en schoolcultuur",
    6: "verbindingen met de buitenwereld",
    7: "infrastructuur",
}
"""The seven key elements of the EU STEM School Label (European Schoolnet, 2018), number to Dutch name."""

CRITERIA_PER_ELEMENT: Final = {1: 3, 2: 3, 3: 2, 4: 3, 5: 3, 6: 5, 7: 2}
LABEL_CRITERIA: Final = tuple(
    f"{element}.{number}" for element, count in CRITERIA_PER_ELEMENT.items() for number in range(1, count + 1)
)
"""The 21 criteria of the label, `1.1` to `7.2`."""

HIGHEST_RATING: Final = 4
"""A criterion is rated 0 (absent) to 4 (example to others)."""

MOMENT_HEADERS: Final = (
    "beschikbare momenten",
    "vrij",
    "vrije momenten",
    "halve dagen",
    "momenten",
    "beschikbaar",
    "availability",
    "available",
)
SCHOOL_TYPE_HEADERS: Final = (
    "onderwijsvorm",
    "onderwijsvorm(en)",
    "type school",
    "schooltype",
    "niveau",
    "school type",
)
MAIL_HEADERS: Final = ("e-mailadres", "mail", "mailadres", "email address", "work email")
POSTCODE_HEADERS: Final = ("pc", "postnummer", "postnr", "zip", "zip code", "postal code", "zip/postal code")
"""Other headers of columns that schools and mentors both have."""

COMPANY_HEADERS: Final = (
    *("organisatie", "onderneming", "firma", "bedrijfsnaam"),
    *("naam bedrijf", "company", "company name", "account name"),
)
TRAVEL_HEADERS: Final = (
    *("maximale reistijd", "reistijd", "max. reistijd (min)"),
    *("max reistijd in minuten", "hoe ver", "max travel time"),
)
CAPACITY_HEADERS: Final = (
    *("maximum scholen", "aantal scholen", "capaciteit", "maximum aantal scholen"),
    *("max aantal scholen", "hoeveel scholen", "max schools"),
)
"""Other headers of columns of mentors."""

EXTRA_HINT: Final = "Kolommen van eigen criteria: een naam, en wat er staat."
"""What is asked of columns that only a criterion knows."""
