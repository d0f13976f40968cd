"""How much of the time for a year is spent, and which part was cut short?"""

from __future__ import annotations

import time
from typing import Final

from matcher.engine.calls import Stop

REPAIR, SEARCH, DATES, OTHER_END, PROOFS, CONFLICT = 0.35, 0.7, 0.8, 0.85, 1.0, 1.0
"""By which part of the time each step must be done, so that a year is found, dated and bounded within all of it."""

MOST_ASIDE: Final = 2.0
"""Seconds kept at most for what comes after: checking and writing."""


GRACE: Final = 2.0
"""Seconds of a processor that a first year may always take: who stops early still gets one where that is quickly found,
on a busy machine too."""


class Clock:
    """The time of one command, from its first moment on; `cut_after` says when a search ended too early."""

    def __init__(self, seconds: float, stop: Stop | None = None) -> None:
        """Begin now."""
        self._began, self._stop = time.monotonic(), stop
        self._seconds = seconds - min(MOST_ASIDE, 0.1 * seconds)
        self.cut_after: float | None = None
        self.proofs_cut = False

    @property
    def spent(self) -> float:
        """The seconds since it began."""
        return time.monotonic() - self._began

    def until(self, part: float) -> Stop:
        """Give what ends a search once this part of the time is over, or who waits says stop."""

        def over() -> bool:
            halts = self._is_over(part)
            if halts and self.cut_after is None:
                self.cut_after = self.spent
            return halts

        return over

    def for_a_first(self, part: float) -> Stop:
        """Give what ends a search for a first year, or for why there is none: alike, but never within a moment."""
        over, soonest = self.until(part), time.process_time() + GRACE
        return lambda: time.process_time() > soonest and over()

    def for_proofs(self, part: float) -> Stop:
        """Give what ends a proof alike: the year is not the worse for it, only less is known."""

        def over() -> bool:
            halts = self._is_over(part)
            self.proofs_cut = self.proofs_cut or halts
            return halts

        return over

    def _is_over(self, part: float) -> bool:
        return self.spent > part * self._seconds or (self._stop is not None and self._stop())

    def words(self) -> list[str]:
        """Say in Dutch what was cut short, and when."""
        if self.cut_after is not None:
            spent = max(1, round(self.cut_after))
            count = f"{spent} {'seconde' if spent == 1 else 'seconden'}"
            return [f"Gestopt na {count}: langer zoeken kan een beter jaar geven."]
        if self.proofs_cut:
            return ["De rekentijd was op voor alle grenzen berekend waren: langer rekenen kan scherpere geven."]
        return []
