"""How many are served at once? A bounded row: who comes when it is full is told to come again, and none waits long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from service.access.permissions import OF_PORTAL
from service.core.errors import Problem

AT_ONCE = 200
"""Requests of people that are being answered or wait for a thread: forty have one, the rest stand in the row.

At thirty answers a second on one small machine the last of a full row waits some five seconds; what comes after
would wait until its browser has given up, and is told so at once.
"""

AGAIN_SECONDS = 3


class Room:
    """Counts what is being answered; the portal and probes need no place here."""

    def __init__(self, most: int = AT_ONCE) -> None:
        """Begin empty. All is counted on the event loop: no lock is needed."""
        self.most = most
        self.taken = 0

    @contextmanager
    def place(self, rule: str) -> Iterator[None]:
        """Take a place while something is answered; raises Problem 503 where all are taken."""
        if rule in OF_PORTAL:
            yield
            return
        if self.taken >= self.most:
            detail = "Er zijn nu te veel vragen tegelijk. Probeer het over enkele seconden opnieuw."
            headers = {"Retry-After": str(AGAIN_SECONDS)}
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "overloaded", detail, headers=headers)
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
