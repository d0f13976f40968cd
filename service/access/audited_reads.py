"""Which looks stand in the trail already? Who looks at the same again is noted once in a quarter of an hour."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock

from service.access.audit_trail import Line

LOOK = ".read"
"""How the name ends of what is noted when somebody only looks: everything else is noted each time."""

MINUTES = 15
MOST = 10_000
"""So many looks are remembered in a process; one that was forgotten is noted once more."""


class Looks:
    """What each caller was noted to have looked at, and when, by a clock that only goes on (seconds)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet: after a start every look is noted."""
        self._clock, self._lock = clock, Lock()
        self._noted: OrderedDict[Hashable, float] = OrderedDict()

    def new(self, by: str, lines: Sequence[Line]) -> list[Line]:
        """Give the lines that must be noted now: deeds, and looks of this caller that were not noted lately."""
        since = self._clock() - 60 * MINUTES
        with self._lock:
            return [one for one in lines if not is_look(one) or self._noted.get(_key(by, one), since) <= since]

    def keep(self, by: str, lines: Sequence[Line]) -> None:
        """Remember what was noted; call it once that is kept for good."""
        moment = self._clock()
        with self._lock:
            for one in lines:
                if is_look(one):
                    self._noted[_key(by, one)] = moment
                    self._noted.move_to_end(_key(by, one))
            while len(self._noted) > MOST:
                self._noted.popitem(last=False)


def is_look(line: Line) -> bool:
    """Tell a look from a deed."""
    return line[0].endswith(LOOK)


def _key(by: str, line: Line) -> Hashable:
    """Name a look: who, at what, and how much of it, so that a list that grew is another look."""
    action, target, cohort, detail = line
    return by, action, target, cohort, tuple(sorted(detail.items()))
