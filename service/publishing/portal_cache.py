"""What does the portal show of each cohort just now? Ready bytes in memory, looked up again within the second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from service.core.etag import etag
from service.core.lookup import Lookup
from service.database.engine import Database, Transaction
from service.publishing import store as publishing
from service.publishing.portal_names import NOTHING, Tellable, tellable, with_names
from service.rounds.questions import store as suggestions

FRESH = 0.5
"""Seconds for which what was looked up is simply shown; after them one request looks again."""

HOLDS = 1.0
"""Seconds after which nothing is shown that was not looked up again; until then others are shown what is known."""

PAIRINGS = suggestions.PAIRINGS
"""The side and subject under which all published pairs are kept."""

MOST_BYTES = 64_000_000
"""All bodies in memory; past it they are forgotten and read again."""


class Page(NamedTuple):
    """What one school or mentor is shown: the body, None where there is none, its ETag, and whose cohort it is."""

    body: bytes | None
    tag: str
    region: str | None
    number: int


@dataclass(slots=True)
class _Window:
    front: publishing.Front | None
    lookup: Lookup
    told: Tellable = NOTHING
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)


class Shown:
    """What is published, by cohort."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing known."""
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._size = 0
        self._lock = threading.Lock()

    def peek(self, cohort: str, side: str, subject: str) -> Page | None:
        """Give a page that is known and new enough; None where the caller must look."""
        window = self._windows.get(cohort)
        if window is None or window.lookup.is_due(self._clock(), FRESH, HOLDS):
            return None
        return window.pages.get((side, subject))

    def look(self, database: Database, cohort: str, side: str, subject: str) -> Page:
        """Look in the database: at what is published now, and at a page that is not known yet."""
        moment = self._clock()
        known = self._windows.get(cohort)
        with database.read() as transaction:
            front = publishing.front(transaction, cohort)
            same = known if known is not None and known.front == front else None
            told = same.told if same is not None else _told(transaction, cohort, front)
            page = same.pages.get((side, subject)) if same is not None else None
            if page is None:
                page = _page(None, front, cohort, side, subject)
                if front is not None and front.round is not None:
                    body = suggestions.of_round(transaction, front.round, side, subject)
                    page = _page(body and with_names(body, told), front, cohort, side, subject)
        with self._lock:
            self._keep(cohort, (side, subject), page, _Window(front, Lookup(moment), told))
        return page

    def _keep(self, cohort: str, name: tuple[str, str], page: Page, seen: _Window) -> None:
        window = self._windows.get(cohort)
        if window is None or window.front != seen.front:
            window = seen
        window.lookup = Lookup(max(window.lookup.at, seen.lookup.at))
        if page.body is not None and name not in window.pages:
            self._size += len(page.body)
            window.pages[name] = page
        if seen.front is None:  # no such cohort (any more): nothing to keep of it, and the others stay
            self._windows.pop(cohort, None)
        elif self._size > MOST_BYTES:
            self._windows.clear()
            self._size = 0
        else:
            self._windows[cohort] = window

    def forget(self, cohort: str) -> None:
        """Forget a cohort: something was published here just now."""
        with self._lock:
            self._windows.pop(cohort, None)


def _told(transaction: Transaction, cohort: str, front: publishing.Front | None) -> Tellable:
    return tellable(transaction, cohort) if front is not None and front.named else NOTHING


def _page(body: bytes | None, front: publishing.Front | None, cohort: str, side: str, subject: str) -> Page:
    if front is None:
        return Page(None, "", None, 0)
    about = (cohort, side, subject, front.named) if front.named else (cohort, side, subject)
    return Page(body, etag(front.number, *about), front.region, front.number)
