"""What is answered to what is no HTTP, or never becomes any? A problem like any other; no application is reached."""

from __future__ import annotations

import resource
from asyncio import TimerHandle, Transport
from http import HTTPStatus

import h11
import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

from service.core.errors import Problem, phrase_of
from service.database.ids import new_id
from service.web.answers import problem
from service.web.middleware import HEADERS

log = structlog.get_logger("in2stem.web")

UNREADABLE = Problem(
    HTTPStatus.BAD_REQUEST, "unreadable", "Dit is geen leesbare HTTP-vraag, of haar eerste regels zijn te lang."
)
TOO_SLOW = Problem(HTTPStatus.REQUEST_TIMEOUT, "too_slow", "De vraag kwam niet op tijd helemaal aan.")

NOTHING_SENT = (h11.IDLE, h11.SEND_RESPONSE)
"""Otherwise an answer was begun, and a second would be read as the next one's."""

HEAD_SECONDS = 10.0
"""How long the first lines of a request may take, however they trickle in; a connection that says nothing, as long."""

BODY_SECONDS = 30.0
"""How long nothing may come of a body that was announced."""

BACKLOG = 128
"""Connections that are taken in one turn, before any of them can be let go."""

KEPT_FILES = 200 + 2 * BACKLOG
"""Open files that are no connections kept: the database's, the children's, and those that come in two turns."""

FEWEST_CONNECTIONS = 16


def most_connections() -> int:
    """Give how many connections there may be, well below the limit of open files; that is raised where it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(FEWEST_CONNECTIONS, hard - KEPT_FILES)


class Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, save for its own words, and for who says nothing or too slowly."""

    transport: Transport
    most: int = 1 << 30
    """Connections at once, of all of them; set before the first."""

    _late: TimerHandle | None = None
    _since = 0.0
    _in_head = True

    @property
    def silent(self) -> bool:
        """Whether nothing is being answered here."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin a connection; where there are too many, the one that was silent longest goes."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._wait(HEAD_SECONDS)
        if len(self.connections) > self.most:
            others = [one for one in self.connections if isinstance(one, Protocol) and one.silent]
            min(others, key=lambda one: one._since).transport.abort()  # noqa: SLF001 - another of ours

    def connection_lost(self, exc: Exception | None) -> None:
        """End a connection."""
        self._wait(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, and see to it that the rest comes in time."""
        self._since = self.loop.time()
        super().data_received(data)
        state = self.conn.their_state
        if self.transport.is_closing() or state not in (h11.IDLE, h11.SEND_BODY):
            self._wait(None)
        elif state is h11.SEND_BODY:
            self._in_head = False
            self._wait(BODY_SECONDS)
        elif not self._in_head or self._late is None:  # a head that trickles in gets no more time for each byte
            self._in_head = True
            self._wait(HEAD_SECONDS if self.conn.trailing_data[0] else None)

    def _wait(self, seconds: float | None) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = None if seconds is None else self.loop.call_later(seconds, self._end_late)

    def _end_late(self) -> None:
        self._late = None
        if self.transport.is_closing():
            return
        if not self._in_head and self.flow.read_paused:  # it is we who do not read
            self._wait(BODY_SECONDS)
        elif self._in_head and not self.conn.trailing_data[0]:
            self.transport.close()  # who said nothing is told nothing
        else:
            self._refuse(TOO_SLOW)

    def send_400_response(self, msg: str) -> None:
        """Refuse what can't be read, and let go of the connection. uvicorn's `msg` is not ours to show."""
        del msg
        self._refuse(UNREADABLE)

    def _refuse(self, why: Problem) -> None:
        if self.conn.our_state in NOTHING_SENT:
            request = new_id("req")
            headers = HEADERS | {"X-Request-Id": request, "Cache-Control": "no-store", "Connection": "close"}
            answer = problem(why.status, why.document(request), headers)
            lines = b"".join(b"%s: %s\r\n" % header for header in answer.raw_headers)
            first = f"HTTP/1.1 {why.status:d} {phrase_of(why.status)}\r\n".encode()
            self.transport.write(first + lines + b"\r\n" + bytes(answer.body))
            self._note(request, why.status)
        if self.cycle is not None:  # what is being made for this connection has nowhere to go
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _note(self, request: str, status: int) -> None:
        log.info("request", method="-", route="-", status=int(status), ms=0.0, caller="-", request=request)
        meter = getattr(getattr(self.config.app, "state", None), "meter", None)
        if meter is not None:
            meter("-", "-", int(status), 0.0)
