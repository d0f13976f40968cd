"""When may a round of a year be, in which groups, about what, and what of it lies fixed?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.older_documents import LATER
from matcher.domain.period import Hours, Window, refuse_if
from matcher.domain.vocabulary import DAYS, HALF_DAYS

THEMES: Final = {
    "leerplan": "leerplan",
    "professionalisering": "professionalisering",
    "samenwerking": "samenwerking onderwijs-bedrijfsleven",
}
"""What a session is about, code to Dutch name."""

WEB: Final = re.compile(r"https?://[!-~]+")
NOON: Final = time(12)
MORNING_ENDS: Final = time(13)
"""Whoever can't come in the afternoon must be able to go then."""


def check_known(what: str, values: Iterable[object], known: Collection[object]) -> None:
    """Refuse a value that is not of a closed list; raise InvalidValueError."""
    for value in values:
        refuse_if(value not in known, f"{what}: {value} is niet gekend.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRound:
    """One round: every school in exactly one group, within the window.

    Groups hold `smallest` to `largest` schools; a plenary has one group of all. Without a `theme`
    every group takes the one that suits it. `size` is the group size that was asked for this round alone, `morning`
    and `afternoon` its own hours; without them those of the season hold.
    An `online` round has no hosts and no travel; `link` is where who is online takes part, an address on the web.
    """

    number: int
    window: Window
    smallest: int = 6
    largest: int = 7
    plenary: bool = False
    theme: str | None = None
    size: int | None = field(default=None, metadata=LATER)
    morning: Hours | None = field(default=None, metadata=LATER)
    afternoon: Hours | None = field(default=None, metadata=LATER)
    online: bool = field(default=False, metadata=LATER)
    link: str = field(default="", metadata=LATER)

    def __post_init__(self) -> None:
        """Refuse a round that no season can hold; raise InvalidValueError."""
        refuse_if(self.number < 1, "Rondes tellen vanaf 1.")
        sizes = self.plenary or 1 <= self.smallest <= self.largest
        refuse_if(
            not sizes,
            (
                f"Groepen van {self.smallest} tot {counted(self.largest, 'school', 'scholen')} kan niet "
                f"(ronde {self.number})."
            ),
        )
        check_known("thema", [self.theme], (None, *THEMES))
        told = not self.link or WEB.fullmatch(self.link) is not None
        refuse_if(not told, f"De link van ronde {self.number} begint met https:// en telt geen spaties.")
        refuse_if(self.size is not None and self.size < 1, "Een groep telt minstens één school.")
        early, late = self.morning, self.afternoon
        wrong = early is not None and (early.start >= NOON or early.end > MORNING_ENDS)
        refuse_if(
            wrong, f"Een voormiddag begint voor 12.00 uur en eindigt ten laatste om 13.00 uur (ronde {self.number})."
        )
        refuse_if(
            late is not None and late.start < NOON, f"Een namiddag begint niet voor 12.00 uur (ronde {self.number})."
        )

    def stretched(self, present: int, groups: int, *, left: bool = False) -> SessionRound:
        """Give the round with sizes that just let `present` schools meet in so many groups, where they did not yet.

        Where schools `left`, a group may be one smaller too: then theirs can go on without them.
        """
        if self.plenary or not present or not groups:
            return self
        low, high = present // groups, -(-present // groups)
        smaller = max(1, min(2, self.smallest), self.smallest - 1) if left else self.smallest
        return replace(self, smallest=max(1, min(smaller, low)), largest=max(self.largest, high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A school that takes part online in a round where the others meet at a host."""

    school: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What a round must hold: a session with all of `schools`, at `host`, on `day`, on `half_day`.

    Every part but the round may be left out; the parts that stand hold for one and the same session.
    """

    round: int
    schools: tuple[str, ...] = ()
    host: str | None = None
    day: date | None = None
    half_day: str | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a half-day of another weekday; raise InvalidValueError."""
        check_known("halve dag", [self.half_day], (None, *HALF_DAYS))
        if self.day is not None:
            weekday = "".join(DAYS[self.day.weekday() : self.day.weekday() + 1])
            wrong = self.half_day is not None and not self.half_day.startswith(f"{weekday}-" if weekday else "-")
            refuse_if(wrong, f"{self.day:%d/%m/%Y} valt niet op {self.half_day}.")
