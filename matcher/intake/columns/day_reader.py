"""How is a day read, as people and spreadsheets write it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from matcher.domain.column import Reading, Remark, plain
from matcher.domain.period import MONTHS
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import DAYS

_MONTHS: Final[Mapping[str, int]] = {plain(name): number for number, name in enumerate(MONTHS, 1)}
_SHORT_MONTHS: Final[Mapping[str, int]] = {name[:3]: number for name, number in _MONTHS.items()} | {"mrt": 3}
_CLOCK: Final = re.compile(r"(.+?)[t\s]+([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:z|\+00:00)?")


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
