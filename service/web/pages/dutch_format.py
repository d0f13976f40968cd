"""How do numbers, dates and codes look on a page? As they are written in Flanders."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from markupsafe import Markup

import matcher

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MINUTES = 60
UNBROKEN = "\u00a0"
"""A space at which no line breaks."""
SECTORS = {one.code: one.name for one in matcher.sectors_of(matcher.Policy())}
HALVES = ("vm", "nm")


def number(value: float | None, digits: int = 0) -> str:
    """Write 1724.5 as 1.724,5; nothing as a dash."""
    if value is None:
        return "–"
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def signed(value: int) -> str:
    """Write a difference with its sign."""
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}" if value < 0 else "0"


def day(value: str | date) -> str:
    """Write a date: wo 13 januari 2027."""
    found = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return f"{DAYS[found.weekday()]} {found.day} {MONTHS[found.month - 1]} {found.year}"


def moment(value: str | datetime | None) -> str:
    """Write a moment in the time of Brussels: 13 januari 2027, 14.05 uur; nothing as a dash."""
    if value is None:
        return "–"
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    local = found.astimezone(matcher.BRUSSELS)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local.hour}.{local.minute:02d} uur"


def on_a_line(value: str | datetime | None) -> str:
    """Write a moment for a page, where a line may not break before "uur"."""
    return clock(moment(value).removesuffix(" uur")) if value is not None else moment(value)


def clock(value: str) -> str:
    """Write a time of day for a page: 14.05 uur, on one line."""
    return f"{value}{UNBROKEN}uur"


def hours(value: str) -> Markup:
    """Write from when to when for a page, as 13.30–16.30 uur: no line may break at its dash either."""
    return Markup('<span class="heel">{}</span>').format(clock(value))


def seconds_since(value: str | datetime | None) -> str:
    """Count the seconds since a moment, for who has no script that counts on."""
    if value is None:
        return "0"
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return number(max(0, int((datetime.now(UTC) - found).total_seconds())))


def minutes(value: int) -> str:
    """Write a length of time: 1 u 05, 35 min."""
    hours, rest = divmod(value, MINUTES)
    return f"{hours} u {rest:02d}" if hours else f"{rest} min"


def counted(value: int, one: str, more: str) -> str:
    """Write a number with its noun: 1 school, 2 scholen."""
    return matcher.counted(value, one, more)


def school_year(start: int) -> str:
    """Write a school year: 2026-2027."""
    return f"{start}-{start + 1}"


def half_days(codes: Sequence[str]) -> list[str]:
    """Write free half days as they stand in Excel: vr-vm and vr-nm together are vr."""
    told: list[str] = []
    for name in DAYS:
        free = [f"{name}-{half}" for half in HALVES if f"{name}-{half}" in codes]
        told += [name] if len(free) == len(HALVES) else free
    return told


def sector_names(codes: Sequence[str]) -> str:
    """Write sectors by their name, which may have a comma; one that has none by its code."""
    return "; ".join(SECTORS.get(code, code) for code in codes)


def field_names(codes: Sequence[str]) -> str:
    """Write STEM fields by their name."""
    return "; ".join(matcher.FIELDS.get(code, code) for code in codes)


def school_kind(school_types: Sequence[str], finalities: Sequence[str]) -> str:
    """Write what kind of school it is: its onderwijsvormen, and its finalities."""
    return matcher.kind_words(school_types or (), finalities or ())


def listed(words: Sequence[str], last: str = "en") -> str:
    """Write An, Bart en Els."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def by_name(text: str) -> tuple[str, str]:
    """Give what puts names in the order of a list on paper: no capitals, no accents, Aïcha before An."""
    plain = text.casefold()
    bare = "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
    return bare, plain


def travel_times(source: str) -> str:
    """Give where minutes come from in words for people; the matcher is asked once a page wants it."""
    return matcher.travel_told(source)


FILTERS: Mapping[str, Callable[..., str | list[str]]] = {
    "getal": number,
    "verschil": signed,
    "dag": day,
    "moment": on_a_line,
    "klok": clock,
    "uren": hours,
    "minuten": minutes,
    "seconden": seconds_since,
    "aantal": counted,
    "schooljaar": school_year,
    "halve_dagen": half_days,
    "sectoren": sector_names,
    "richtingen": field_names,
    "schoolvorm": school_kind,
    "opsomming": listed,
    "reistijden": travel_times,
}
