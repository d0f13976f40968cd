"""What is answered to what is no HTTP at all? A problem like any other, for no application is reached."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import h11
import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

from service.core.errors import Problem
from service.database.ids import new_id
from service.web.answers import problem
from service.web.middleware import HEADERS

if TYPE_CHECKING:
    from asyncio import Transport

log = structlog.get_logger("in2stem.web")

UNREADABLE = Problem(
    HTTPStatus.BAD_REQUEST, "unreadable", "Dit is geen leesbare HTTP-vraag, of haar eerste regels zijn te lang."
)

NOTHING_SENT = (h11.IDLE, h11.SEND_RESPONSE)
"""Otherwise an answer was begun, and a second would be read as the next one's."""


class Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, save for its own words where it can't read a request."""

    transport: Transport

    def send_400_response(self, msg: str) -> None:
        """Refuse what can't be read, and let go of the connection. uvicorn's `msg` is not ours to show."""
        del msg
        if self.conn.our_state in NOTHING_SENT:
            request = new_id("req")
            headers = HEADERS | {"X-Request-Id": request, "Cache-Control": "no-store", "Connection": "close"}
            answer = problem(UNREADABLE.status, UNREADABLE.document(request), headers)
            lines = b"".join(b"%s: %s\r\n" % header for header in answer.raw_headers)
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + lines + b"\r\n" + bytes(answer.body))
            self._note(request)
        if self.cycle is not None:  # what is being made for this connection has nowhere to go
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _note(self, request: str) -> None:
        log.info("request", method="-", route="-", status=400, ms=0.0, caller="-", request=request)
        meter = getattr(getattr(self.config.app, "state", None), "meter", None)
        if meter is not None:
            meter("-", "-", 400, 0.0)
