"""How do numbers, dates and codes look on a page? As they are written in Flanders."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = ZoneInfo("Europe/Brussels")
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
    local = found.astimezone(HERE)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local.hour}.{local.minute:02d} uur"


def minutes(value: int) -> str:
    """Write a length of time: 1 u 05, 35 min."""
    hours, rest = divmod(value, MINUTES)
    return f"{hours} u {rest:02d}" if hours else f"{rest} min"


def counted(value: int, one: str, more: str) -> str:
    """Write a number with its noun: 1 school, 2 scholen."""
    return f"{number(value)} {one if value == 1 else more}"


def school_year(start: int) -> str:
    """Write a school year: 2026-2027."""
    return f"{start}-{start + 1}"


FILTERS: Mapping[str, Callable[..., str]] = {
    "getal": number,
    "verschil": signed,
    "dag": day,
    "moment": moment,
    "minuten": minutes,
    "aantal": counted,
    "schooljaar": school_year,
}
