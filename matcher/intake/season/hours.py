"""When does a session start and end? Hours as people write them: `13.30-16.30`, `9u tot 12u`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.period import Hours
from matcher.domain.session_round import MORNING_ENDS, NOON
from matcher.intake.reading.policy_section import Section

CLOCK: Final = r"(\d{1,2})(?:[.:u](\d{2})?)?"
SPAN: Final = re.compile(rf"\s*{CLOCK}\s*(?:uur)?\s*(?:-|–|tot)\s*{CLOCK}\s*(?:uur)?\s*")
PARTS: Final = {"voormiddag": ("morning", "vm"), "namiddag": ("afternoon", "nm")}


def hours_of(text: str) -> Hours:
    """Read hours; raises InvalidValueError where they are none, or run backwards."""
    found = SPAN.fullmatch(text)
    try:
        start, end = (time(int(found[n]), int(found[n + 1] or 0)) for n in (1, 3)) if found else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None:
        raise InvalidValueError(f"«{text}» zijn geen uren. Schrijf bijvoorbeeld 13.30-16.30.")
    return Hours(start, end)


def part_of(hours: Hours, half_days: Sequence[str]) -> str:
    """Tell whether hours are of the `morning` or `afternoon`; raises InvalidValueError where none has sessions."""
    name, (field, part) = next(item for item in PARTS.items() if (item[0] == "voormiddag") == (hours.start < NOON))
    _refuse_unused(name, part, half_days)
    if part == "vm" and hours.end > MORNING_ENDS:
        raise InvalidValueError("Een voormiddag eindigt ten laatste om 13.00 uur.")
    return field


def _refuse_unused(name: str, part: str, half_days: Sequence[str]) -> None:
    if not any(one.endswith(part) for one in half_days):
        raise InvalidValueError(f"Er zijn geen sessies in de {name}: die zijn op {', '.join(half_days)}.")


def read_hours(section: Section, half_days: Sequence[str]) -> tuple[Hours | None, Hours | None]:
    """Give the hours of the morning and of the afternoon that a table of `seizoen.toml` tells, None where none."""
    found = dict[str, Hours]()
    for name, (field, part) in PARTS.items():
        text = section.text(name)
        if not text:
            continue
        try:
            _refuse_unused(name, part, half_days)
            hours = hours_of(text)
            if part_of(hours, half_days) != field:
                raise InvalidValueError(f"Dit zijn geen uren van een {name}.")  # noqa: TRY301 - told in one place
        except InvalidValueError as error:
            section.error("bad_hours", name, str(error), "Schrijf de uren van één halve dag.", text)
            continue
        found[field] = hours
    return found.get("morning"), found.get("afternoon")
