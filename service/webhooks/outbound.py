"""How is something sent to an address that somebody typed, without being led elsewhere or held up?

The name is looked up once, every address that it has is checked, and the connection goes to one that was checked:
who changes the name meanwhile changes nothing. No proxy, no redirect, one connection, an end to the whole.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from service.webhooks.addresses import is_public, url_fault

SECONDS = 10.0
MOST_ANSWER = 64 * 1024
"""Bytes of an answer that are read, and thrown away."""

PORTS = {"https": 443, "http": 80}


class Sent(NamedTuple):
    """What came of it: the HTTP status, or None and why in a word that logs may hold."""

    answer: int | None
    trouble: str = ""


class Way(NamedTuple):
    """One address of a name, as a socket takes it."""

    family: int
    place: tuple[Any, ...]


class RefusedError(Exception):
    """An address where nothing may be sent."""


def look_up(host: str, port: int) -> list[Way]:
    """Ask the system for the addresses of a name; raises OSError."""
    return [Way(one[0], one[4]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def post(  # noqa: PLR0913 - what is sent, and how carefully
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    allow_private: bool,
    hosts: Sequence[str] = (),
    seconds: float = SECONDS,
    resolve: Callable[[str, int], Sequence[Way]] = look_up,
    context: ssl.SSLContext | None = None,
) -> Sent:
    """Send a body to an address within so many seconds; whatever goes wrong is in what comes back."""
    if url_fault(url, allow_private=allow_private, hosts=hosts) is not None:
        return Sent(None, "refused_address")
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    end = time.monotonic() + seconds
    try:
        ways = checked(resolve(host, port), allow_private=allow_private)
        with contextlib.closing(_connect(ways, end)) as plain:
            secured = parts.scheme == "https"
            line = _secured(plain, host, context or ssl.create_default_context()) if secured else plain
            with contextlib.closing(line), _until(line, end):
                if isinstance(line, ssl.SSLSocket):
                    line.do_handshake()
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                return Sent(_exchange(line, target, {"Host": parts.netloc, **headers}, body))
    except RefusedError:
        return Sent(None, "refused_address")
    except ssl.SSLError:
        return Sent(None, "no_secure_connection")
    except (OSError, UnicodeError, http.client.HTTPException, ValueError) as error:
        return Sent(None, "too_slow" if time.monotonic() >= end else type(error).__name__)


def checked(ways: Sequence[Way], *, allow_private: bool) -> Sequence[Way]:
    """Give the addresses of a name where all may be sent to; one that may not spoils them all. Raises RefusedError."""
    for one in ways:
        if not allow_private and not is_public(ip_address(str(one.place[0]).partition("%")[0])):
            raise RefusedError
    if not ways:
        raise RefusedError
    return ways


def _connect(ways: Sequence[Way], end: float) -> socket.socket:
    """Connect to the first address that answers; raises OSError where none does."""
    trouble: OSError = TimeoutError()
    for way in ways:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        line = socket.socket(way.family, socket.SOCK_STREAM)
        try:
            line.settimeout(left)
            line.connect(way.place)
        except OSError as error:
            line.close()
            trouble = error
        else:
            return line
    raise trouble


def _secured(line: socket.socket, host: str, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Speak TLS with whoever proves to be the host of the address; the handshake is still to be done."""
    return context.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)


@contextlib.contextmanager
def _until(line: socket.socket, end: float) -> Any:  # noqa: ANN401 - a context
    """Cut a connection at its end: a socket's own patience begins anew with every byte."""

    def cut() -> None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # the plain one: TLS would wait for an answer

    timer = threading.Timer(max(0.0, end - time.monotonic()), cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _exchange(line: socket.socket, target: str, headers: Mapping[str, str], body: bytes) -> int:
    """Send one request and give the status of its answer, whatever else that holds."""
    connection = http.client.HTTPConnection("webhook")  # only a name: we are connected
    connection.sock = line
    connection.request("POST", target, body, {**headers, "Connection": "close"})
    answer = connection.getresponse()
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        answer.read(MOST_ANSWER)
    return answer.status
