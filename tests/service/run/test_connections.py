"""Do answers leave at once, and is what is no HTTP refused once?"""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2

from service.core.settings import Settings
from service.run.serve import listening
from tests.postgres import free_port
from tests.service.run.running import running

if TYPE_CHECKING:
    from pathlib import Path


def spoken_to(url: str, words: bytes) -> tuple[str, str]:
    """Send bytes to a service; give head and body of what it answers before it hangs up."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        connection.sendall(words)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head, body


REFUSED_UNREAD = b"POST /niets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"


def spoken_to_twice(url: str, words: bytes, more: bytes) -> tuple[bytes, bytes]:
    """Send bytes and, once they are answered, more on the same connection; give both answers."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
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
        assert httpx2.get(f"{service.url}/readyz", timeout=30).status_code == 200
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
