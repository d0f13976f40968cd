"""Do answers leave at once, and is what is no HTTP refused once?"""

from __future__ import annotations

import asyncio
import json
import resource
import socket
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from uvicorn.server import ServerState

from service.core.settings import Settings
from service.run import bad_http
from service.run.bad_http import Protocol
from service.run.serve import listening
from tests.postgres import free_port
from tests.service.run.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest
    from starlette.types import Receive, Scope, Send


def spoken_to(url: str, words: bytes) -> tuple[str, str]:
    """Send bytes to a service; give head and body of what it answers before it hangs up."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=120) as connection:
        connection.sendall(words)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head, body


REFUSED_UNREAD = b"POST /niets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"


def spoken_to_twice(url: str, words: bytes, more: bytes) -> tuple[bytes, bytes]:
    """Send bytes and, once they are answered, more on the same connection; give both answers."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=120) as connection:
        connection.sendall(words)
        first = connection.recv(65_536)
        while b"}" not in first:
            first += connection.recv(65_536)
        connection.sendall(more + b"\r\n")
        return first, b"".join(iter(lambda: connection.recv(4096), b""))


def test_answers_on_a_kept_connection_leave_at_once() -> None:
    async def is_sent_at_once() -> bool:
        told = asyncio.get_running_loop().create_future()

        def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted = writer.get_extra_info("socket")
            told.set_result(bool(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        server = await asyncio.start_server(greet, sock=listening(Settings(port=0)))
        async with server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            sent = await told
            writer.close()
        return bool(sent)

    assert asyncio.run(is_sent_at_once())


def test_what_is_no_http_is_refused_once_and_logged_and_counted(tmp_path: Path) -> None:
    metrics = free_port()
    words = ("serve", "--port", "0", "--metrics-port", str(metrics), "--folder", str(tmp_path / "gegevens"))
    with running(tmp_path / "log", *words) as service:
        assert httpx2.get(f"{service.url}/readyz", timeout=120).status_code == 200
        head, body = spoken_to(service.url, b"GEEN HTTP\r\n\r\n")
        assert head.startswith("HTTP/1.1 400 Bad Request\r\n")
        assert "Content-Security-Policy: default-src 'none'".lower() in head.lower()
        assert (json.loads(body)["code"], "leesbare HTTP-vraag" in body) == ("unreadable", True)
        refused = json.loads(body)["request_id"]
        first, rest = spoken_to_twice(service.url, REFUSED_UNREAD, b"geen stuk")
        assert (first.startswith(b"HTTP/1.1 404 "), rest) == (True, b"")
        numbers = httpx2.get(f"http://127.0.0.1:{metrics}/metrics").text
        assert 'in2stem_requests_total{method="other",route="-",status="400"} 1.0' in numbers
        assert service.end()[0] == 0
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    (line,) = (one for one in lines if one.get("request") == refused)
    assert (line["event"], line["method"], line["route"], line["status"]) == ("request", "-", "-", 400)


@contextmanager
def room_for(connections: int) -> Iterator[None]:
    """Let this test have so many connections open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, connections + 200)), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_thousand_silent_connections_leave_the_service_answering(tmp_path: Path) -> None:
    words = ("serve", "--port", "0", "--metrics-port", "0", "--folder", str(tmp_path / "gegevens"))
    with room_for(1000), running(tmp_path / "log", *words, files=1024) as service, ExitStack() as held:
        place = urlsplit(service.url)
        for number in range(1000):
            one = held.enter_context(socket.create_connection((place.hostname, place.port), timeout=120))
            one.sendall(b"GET /livez HTTP/1.1\r\nHost" if number % 2 else b"")
        for path in ("/livez", "/readyz", "/aanmelden"):
            assert httpx2.get(service.url + path, timeout=120).status_code == 200
        assert service.end()[0] == 0
    assert len((tmp_path / "log").read_text(encoding="utf-8").splitlines()) < 50


class Spoken:
    """A connection to a protocol of ours, on a loop of this test."""

    def __init__(self, app: object) -> None:
        """Serve this application."""
        self.config = uvicorn.Config(app, log_config=None)  # type: ignore[arg-type]

    async def tell(self, *words: bytes, pause: float = 0.0) -> bytes:
        """Say words with pauses between; give what is answered until the other side hangs up."""
        loop, state = asyncio.get_running_loop(), ServerState()
        server = await loop.create_server(lambda: Protocol(self.config, state, {}), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for one in words:
            writer.write(one)
            await asyncio.sleep(pause)
        told = await reader.read()
        writer.close()
        server.close()
        return told


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Read a whole request, and answer."""
    await Request(scope, receive).body()
    await Response("goed")(scope, receive, send)


def test_a_head_that_trickles_in_is_refused_and_who_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bad_http, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(bad_http, "BODY_SECONDS", 0.3)
    assert asyncio.run(Spoken(echo).tell()) == b""
    trickled = asyncio.run(Spoken(echo).tell(b"GET / HTTP/1.1\r\n"))
    assert trickled.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b'"code":"too_slow"' in trickled
    begun = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\n"
    assert asyncio.run(Spoken(echo).tell(begun, b"ab")).startswith(b"HTTP/1.1 408 ")
    monkeypatch.setattr(bad_http, "BODY_SECONDS", 1.0)
    steady = asyncio.run(Spoken(echo).tell(begun, *[bytes([one]) for one in b"abcde"], pause=0.3))
    assert steady.startswith(b"HTTP/1.1 200 ")


def test_each_byte_of_a_head_gives_no_more_time() -> None:
    async def ends() -> tuple[float, float]:
        loop, made = asyncio.get_running_loop(), list[Protocol]()

        def begin() -> Protocol:
            made.append(Protocol(uvicorn.Config(echo, log_config=None), ServerState(), {}))
            return made[-1]

        server = await loop.create_server(begin, "127.0.0.1", 0)
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        told = []
        for one in (b"GET", b" /", b" HT"):
            writer.write(one)
            await asyncio.sleep(0.1)
            assert made[0]._late is not None
            told.append(made[0]._late.when())
        writer.close()
        server.close()
        return told[0], told[-1]

    first, last = asyncio.run(ends())
    assert first == last


def test_a_second_head_on_a_kept_connection_must_come_in_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bad_http, "HEAD_SECONDS", 0.3)
    whole = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    told = asyncio.run(Spoken(echo).tell(whole, b"GET / HT", pause=0.1))
    assert told.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in told


def test_the_longest_silent_connection_goes_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Protocol, "most", 2)

    async def three() -> list[bytes]:
        loop, state = asyncio.get_running_loop(), ServerState()
        config = uvicorn.Config(echo, log_config=None)
        server = await loop.create_server(lambda: Protocol(config, state, {}), "127.0.0.1", 0)
        made = []
        for _ in range(3):
            made.append(await asyncio.open_connection(*server.sockets[0].getsockname()))
            await asyncio.sleep(0.05)
        for _reader, writer in made[1:]:
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        told = [await asyncio.wait_for(_read(reader), 30) for reader, _ in made]
        for _reader, writer in made:
            writer.close()
        server.close()
        await asyncio.sleep(0)
        return told

    first, *others = asyncio.run(three())
    assert first == b""
    assert [one[:12] for one in others] == [b"HTTP/1.1 200"] * 2


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


def test_a_probe_in_the_first_http_is_answered(tmp_path: Path) -> None:
    words = ("serve", "--port", "0", "--metrics-port", "0", "--folder", str(tmp_path / "gegevens"))
    with running(tmp_path / "log", *words) as service:
        head, body = spoken_to(service.url, b"GET /livez HTTP/1.0\r\n\r\n")
        assert (head.split()[1], body) == ("200", '{"status":"ok"}')
        assert spoken_to(service.url, b"GET /readyz HTTP/1.0\r\n\r\n")[0].split()[1] == "200"
        assert spoken_to(service.url, b"GET /livez HTTP/1.1\r\n\r\n")[0].split()[1] == "400"
        assert service.end()[0] == 0
