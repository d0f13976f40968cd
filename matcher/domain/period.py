"""When can something be, or not be? Periods, windows and hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Final, Literal

from matcher.domain.errors import InvalidValueError

Part = Literal["", "vm", "nm"]

WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def refuse_if(condition: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise InvalidValueError with the Dutch message where the condition holds."""
    if condition:
        raise InvalidValueError(message)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which something can't be: from `first` to `last`, both counted; on one half of them with `part`."""

    first: date
    last: date
    part: Part = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts; raise InvalidValueError."""
        refuse_if(self.last < self.first, f"De periode van {self.first} tot {self.last} eindigt voor ze begint.")
        refuse_if(self.part not in ("", "vm", "nm"), f"«{self.part}» is geen dagdeel.")

    def covers(self, day: date, half_day: str) -> bool:
        """Tell whether `day` falls in it; `half_day` is the day's, such as `wo-nm`."""
        return self.first <= day <= self.last and (not self.part or half_day.endswith(self.part))


@dataclass(frozen=True, slots=True)
class Window:
    """The days within which a round must take place, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts; raise InvalidValueError."""
        refuse_if(self.last < self.first, f"Het venster van {self.first} tot {self.last} eindigt voor het begint.")


@dataclass(frozen=True, slots=True)
class Hours:
    """When a session starts and ends, on the clock of Brussels."""

    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse hours that run backwards; raise InvalidValueError."""
        refuse_if(self.end <= self.start, f"Een sessie van {self.start:%H:%M} tot {self.end:%H:%M} kan niet.")


def dutch_day(day: date) -> str:
    """Write a day for people: `woensdag 13 januari 2027`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
