"""Does one caller ask too much? A limit a minute, and one on what is followed at once, counted in memory."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import matcher
from service.core.errors import Problem

Clock = Callable[[], float]

WINDOW_SECONDS = 60.0
HOUR = 3600.0
MOST_STREAMS = 30
"""Streams of events that one caller may have open: each asks the database again and again."""


@dataclass(slots=True)
class _Window:
    """A caller's minute or hour: from the first request on."""

    ends: float
    count: int = 0


class Limits:
    """Requests a minute for each caller; for logins, and for applications, stricter ones."""

    def __init__(
        self, requests: int, logins: int, applications: tuple[int, int] = (10, 60), clock: Clock = time.monotonic
    ) -> None:
        """Begin counting; `applications` is how many come from one source a minute, and an hour."""
        self._requests, self._logins, self._applications = requests, logins, applications
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._tidy_at = clock() + WINDOW_SECONDS
        self._lock = threading.Lock()
        self._streams: Counter[str] = Counter()

    def count(self, caller: str) -> None:
        """Count one request; raises Problem 429 where it is one too many."""
        self._hit(self._requests, caller)

    def count_login(self, address: str) -> None:
        """Count one attempt to log in; raises Problem 429 where it is one too many."""
        self._hit(self._logins, f"login {address}")

    def count_application(self, source: str) -> None:
        """Count one application from a source; raises Problem 429 where it is one too many a minute, or an hour."""
        minute, hour = self._applications
        self._hit(minute, f"apply {source}")
        self._hit(hour, f"apply an hour {source}", HOUR)

    def open_stream(self, caller: str) -> None:
        """Count a stream of events from now on; raises Problem 429 where a caller follows too much already."""
        if self._streams[caller] >= MOST_STREAMS:
            detail = f"U volgt al {MOST_STREAMS} berekeningen tegelijk. Sluit eerst een andere."
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too_many_streams", detail, headers={"Retry-After": "5"})
        self._streams[caller] += 1

    def close_stream(self, caller: str) -> None:
        """Count a stream no more."""
        self._streams[caller] -= 1
        if not self._streams[caller]:
            del self._streams[caller]

    def _hit(self, most: int, name: str, seconds: float = WINDOW_SECONDS) -> None:
        with self._lock:
            moment = self._clock()
            if moment >= self._tidy_at:  # else every address that ever asked would be remembered
                self._tidy_at = moment + WINDOW_SECONDS
                self._windows = {key: one for key, one in self._windows.items() if moment < one.ends}
            window = self._windows.get(name)
            if window is None or moment >= window.ends:
                window = self._windows[name] = _Window(moment + seconds)
            window.count += 1
        if window.count <= most:
            return
        wait = math.ceil(window.ends - moment)
        again = matcher.counted(wait, "seconde", "seconden")
        again = again if wait <= WINDOW_SECONDS else matcher.counted(math.ceil(wait / 60), "minuut", "minuten")
        detail = f"Te veel vragen na elkaar. Probeer het over {again} opnieuw."
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", detail, headers={"Retry-After": str(wait)})
