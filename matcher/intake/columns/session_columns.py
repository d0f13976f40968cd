"""Which columns may the files of the learning network have: places that receive, and days that don't suit?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from matcher.domain.column import Column, Reading, Remark, choice_reader, plain, whole_reader
from matcher.domain.period import MONTHS
from matcher.domain.vocabulary import DAYS, HALF_DAY_NAMES, HALF_DAYS
from matcher.intake.columns.readers import one_of, read_degrees, read_line, read_postcode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.domain.policy import Policy

MAX_CAPACITY: Final = 500
MAX_TIMES: Final = 12
EVERYBODY: Final = "alle"

_DAY_PARTS: Final = {"vm": "vm", "voormiddag": "vm", "nm": "nm", "namiddag": "nm", "hele dag": "", "dag": ""}
_KINDS: Final = {"vrij": "away", "examens": "exams", "blokkering": "away", "examen": "exams"}
_MONTHS: Final[Mapping[str, int]] = {plain(name): number for number, name in enumerate(MONTHS, 1)}
_SHORT_MONTHS: Final[Mapping[str, int]] = {name[:3]: number for name, number in _MONTHS.items()} | {"mrt": 3}
_CLOCK: Final = re.compile(r"(.+?)[t\s]+([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:z|\+00:00)?")
_location = partial(Column, sheet="Locaties")
_blackout = partial(Column, sheet="Blokkeringen")


def read_day(text: str, _policy: Policy) -> Reading:
    """Read a day as Belgians write it, day first (`13/1/2027`, `wo 13 januari 2027`), or as ISO 8601.

    Of a date with a time only the day is taken, with a note; a minute before midnight is the day after.
    """
    bare, after = re.sub(rf"^(?:\w+dag|{'|'.join(DAYS)})\.?,?\s+", "", text.strip().casefold()), timedelta()
    remarks: tuple[Remark, ...] = ()
    if clock := _CLOCK.fullmatch(bare):
        bare, hour, minute = clock.groups()
        after = timedelta(days=(hour, minute) == ("23", "59"))
        if (int(hour), int(minute)) != (0, 0) and not after:
            message = f"Van «{text}» telt alleen de dag; het uur is niet gelezen."
            remarks = (Remark("note", "time_not_read", message, "Niets te doen."),)
    found = _split_day(bare)
    if found is None:
        message = "Dit is geen datum."
        return Reading(None, (Remark("error", "not_a_date", message, "Schrijf dag/maand/jaar, zoals 13/01/2027."),))
    day, month, year = found
    try:
        return Reading(date(year, month, day) + after, remarks)
    except (ValueError, OverflowError):
        message = "Deze dag bestaat niet."
        remedy = "De dag komt eerst, dan de maand."
        if 1 <= day <= 12 < month <= 31:  # noqa: PLR2004 - months of a year, days of a month
            remedy = f"De dag komt eerst: bedoelde u {month:02}/{day:02}/{year}?"
        return Reading(None, (Remark("error", "not_a_date", message, remedy),))


def _split_day(text: str) -> tuple[int, int, int] | None:
    """Split into day, month and year; two digits are a year of this century."""
    if match := re.fullmatch(r"(\d{4})[-/](\d{2})[-/](\d{2})", text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", text):
        return int(match[1]), int(match[2]), int(match[3]) + (2000 if len(match[3]) == 2 else 0)  # noqa: PLR2004
    if match := re.fullmatch(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})", text):
        month = _MONTHS.get(match[2]) or _SHORT_MONTHS.get(match[2])
        return (int(match[1]), month, int(match[3])) if month else None
    return None


def _read_part(text: str, policy: Policy) -> Reading:
    """Read `vm`, `nm`, or a half-day such as `wo-nm`, of which only the part of the day counts."""
    part = re.sub(rf"^({'|'.join(DAYS)})[\s-]*(?=[vn]m$)", "", text.strip().casefold())
    return one_of(_DAY_PARTS, "unknown_day_part", "dagdeel")(part, policy)


LOCATION_COLUMNS: Final = (
    _location(
        name="naam",
        field="name",
        read=read_line,
        required=True,
        synonyms=("locatie", "plaats", "naam locatie", "gastheer"),
        meaning="De naam van de plaats die een sessie kan ontvangen.",
        example="Provinciehuis",
    ),
    _location(
        name="postcode",
        field="postcode",
        read=read_postcode,
        synonyms=("pc", "postnummer", "postnr"),
        meaning="De postcode; niet nodig bij een school of mentor van de cohorte.",
        example="9000",
    ),
    _location(
        name="gemeente",
        field="municipality",
        read=read_line,
        synonyms=("stad",),
        meaning="De gemeente; leeg betekent: volgens de postcode.",
        example="Gent",
    ),
    _location(
        name="straat",
        field="street",
        read=read_line,
        synonyms=("adres", "straat en nummer"),
        meaning="Straat en huisnummer.",
        example="Voorbeeldstraat 1",
    ),
    _location(
        name="breedtegraad",
        field="latitude",
        read=read_degrees,
        synonyms=("latitude", "lat"),
        meaning="WGS84-graden; gaat voor op de postcode.",
        example="51,0543",
    ),
    _location(
        name="lengtegraad",
        field="longitude",
        read=read_degrees,
        synonyms=("longitude", "lon", "lng"),
        meaning="WGS84-graden; gaat voor op de postcode.",
        example="3,7174",
    ),
    _location(
        name="capaciteit",
        field="capacity",
        read=whole_reader(0, MAX_CAPACITY, "aantal scholen"),
        synonyms=("aantal scholen", "plaatsen"),
        meaning="Hoeveel scholen er tegelijk terechtkunnen; leeg betekent 8.",
        example="8",
    ),
    _location(
        name="hoe_vaak",
        field="max_times",
        read=whole_reader(0, MAX_TIMES, "aantal keren"),
        synonyms=("aantal keren", "max keren", "keren", "frequentie"),
        meaning="Hoeveel sessies de plaats dit schooljaar wil ontvangen; leeg betekent 1, 0 betekent: geen.",
        example="2",
    ),
    _location(
        name="halve_dagen",
        field="half_days",
        read=choice_reader(
            {one: one for one in HALF_DAYS} | {name: one for one, name in HALF_DAY_NAMES.items()},
            "unknown_half_day",
            "halve dag",
        ),
        synonyms=("beschikbaarheid", "vrij"),
        meaning="Op welke halve dagen de plaats ontvangt; leeg betekent: alle.",
        example="wo-nm, do-nm",
    ),
    _location(
        name="schoolnummer",
        field="school",
        read=read_line,
        synonyms=("instellingsnummer", "instellingsnr"),
        meaning="Alleen voor een school van de cohorte: haar nummer.",
        example="034561",
    ),
    _location(
        name="mentornummer",
        field="mentor",
        read=read_line,
        synonyms=("mentor", "mentor nr"),
        meaning="Alleen voor het bedrijf van een mentor: het nummer van die mentor.",
        example="M001",
    ),
)

BLACKOUT_COLUMNS: Final = (
    _blackout(
        name="schoolnummer",
        field="school",
        read=read_line,
        synonyms=("instellingsnummer", "instellingsnr", "school"),
        meaning=f"De school die niet kan; «{EVERYBODY}» voor een vrije dag van alle scholen.",
        example="034561",
    ),
    _blackout(
        name="mentornummer",
        field="mentor",
        read=read_line,
        synonyms=("mentor", "mentor nr"),
        meaning="Of de mentor die niet kan.",
        example="M001",
    ),
    _blackout(
        name="locatie",
        field="host",
        read=read_line,
        synonyms=("plaats", "naam locatie", "gastheer"),
        meaning="Of de plaats die dan niet ontvangt, met haar naam.",
        example="Provinciehuis",
    ),
    _blackout(
        name="van",
        field="first",
        read=read_day,
        required=True,
        synonyms=("datum", "vanaf", "begin", "eerste dag"),
        meaning="De eerste dag, dag/maand/jaar.",
        example="13/01/2027",
    ),
    _blackout(
        name="tot",
        field="last",
        read=read_day,
        synonyms=("tot en met", "t/m", "einde", "laatste dag"),
        meaning="De laatste dag, zelf meegerekend; leeg betekent: één dag.",
        example="15/01/2027",
    ),
    _blackout(
        name="halve_dag",
        field="part",
        read=_read_part,
        synonyms=("dagdeel", "halve dagen"),
        meaning="vm of nm; leeg betekent: de hele dag.",
        example="nm",
    ),
    _blackout(
        name="soort",
        field="kind",
        read=one_of(_KINDS, "unknown_kind", "soort"),
        meaning="vrij (ook als het leeg is) of examens: dan gelden de gewone examenweken niet voor die school.",
        example="vrij",
    ),
    _blackout(
        name="reden",
        field="reason",
        read=read_line,
        synonyms=("waarom", "toelichting", "opmerking"),
        meaning="Waarom, in een paar woorden.",
        example="pedagogische studiedag",
    ),
)
