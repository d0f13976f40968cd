"""Does the real program start, tell where it is, let its first admin in, and stop cleanly?"""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import pytest

from service.cli import main
from service.commands.serve import listening
from service.settings import Settings
from tests.postgres import free_port
from tests.service.ops.running import command, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def ready(url: str) -> int:
    """Ask whether the service is ready; it answers as soon as it is."""
    return httpx2.get(f"{url}/readyz", timeout=30).status_code


def link_in(lines: list[str]) -> str:
    """Find the secret of a link among what was printed."""
    return next(line.split("#")[1] for line in lines if "/aanmelden#" in line)


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


def test_serve_lets_its_first_admin_in_once_and_stops_cleanly(tmp_path: Path) -> None:
    folder, metrics = tmp_path / "gegevens", free_port()
    words = ("serve", "--port", "0", "--metrics-port", str(metrics), "--folder", str(folder))
    with running(tmp_path / "log", *words) as service:
        assert ready(service.url) == 200
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "in2stem.sqlite3").stat().st_mode & 0o777 == 0o600
        second = command("serve", "--port", "0", "--folder", str(folder))
        assert (second.returncode, second.stdout) == (2, "")
        assert "Een andere in2stem werkt al met de map" in second.stderr
        moved = command("migrate", "--folder", str(folder))
        assert (moved.returncode, "Stop die eerst" in moved.stderr) == (2, True)
        assert "server" not in httpx2.get(f"{service.url}/livez").headers
        numbers = httpx2.get(f"http://127.0.0.1:{metrics}/metrics").text
        assert 'in2stem_requests_total{method="GET",route="/readyz",status="200"} 1.0' in numbers
        assert "in2stem_queue_depth 0.0" in numbers
        code, rest = service.end()
    assert (code, rest) == (0, "Gestopt.\n")
    secret = link_in(service.lines)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [one["route"] for one in lines if one["event"] == "request"] == ["/readyz", "/livez"]
    with running(tmp_path / "log", *words) as service:
        opened = httpx2.post(f"{service.url}/v1/session", json={"link": secret}, timeout=30)
        assert (opened.status_code, opened.json()["role"]) == (201, "admin")
        assert httpx2.post(f"{service.url}/v1/session", json={"link": secret}).status_code == 401
        assert service.end(signal.SIGINT) == (0, "Gestopt.\n")
    assert [line for line in service.lines if "aanmelden" in line] == []
    assert secret not in (tmp_path / "log").read_text(encoding="utf-8")


def test_what_is_no_http_is_refused_once_and_logged_and_counted(tmp_path: Path) -> None:
    metrics = free_port()
    words = ("serve", "--port", "0", "--metrics-port", str(metrics), "--folder", str(tmp_path / "gegevens"))
    with running(tmp_path / "log", *words) as service:
        assert ready(service.url) == 200
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


def test_serve_starts_again_after_a_kill(tmp_path: Path) -> None:
    words = ("serve", "--port", "0", "--metrics-port", "0", "--folder", str(tmp_path / "gegevens"))
    for _ in range(2):
        with running(tmp_path / "log", *words) as service:
            assert ready(service.url) == 200
            assert service.end(signal.SIGKILL)[0] == -signal.SIGKILL


def test_serve_upgrades_a_file_and_keeps_a_copy_of_it(tmp_path: Path, fill: Callable[[str], None]) -> None:
    fill(f"sqlite:///{tmp_path / 'in2stem.sqlite3'}")
    words = ("serve", "--port", "0", "--metrics-port", "0", "--folder", str(tmp_path))
    with running(tmp_path / "log", *words) as service:
        assert service.lines[0].startswith("De databank wordt bijgewerkt.")
        assert ready(service.lines[1].split()[-1]) == 200
        assert service.end()[0] == 0
    (copy,) = tmp_path.glob("voor-*.zip")
    there = str(tmp_path / "vroeger")
    assert command("restore", str(copy), "--folder", there).returncode == 0


def test_serve_and_work_on_postgresql_want_it_migrated(empty_address: Callable[[str], str], tmp_path: Path) -> None:
    where = {"DATABASE_URL": empty_address("postgresql")}
    words = ("serve", "--port", "0", "--metrics-port", "0")
    for refused in (command(*words, **where), command("work", **where)):
        assert (refused.returncode, "Doe eerst «in2stem migrate»" in refused.stderr) == (2, True)
    with running(tmp_path / "log", *words, "--migrate", "--no-worker", **where) as service:
        assert ready(service.url) == 200
        with running(tmp_path / "work", "work", **where) as worker:
            assert worker.end() == (0, "Gestopt.\n")
        assert service.end()[0] == 0


REFUSED = {
    "port": ("serve --port 70000", {}, "Kies een andere --port."),
    "worker": ("serve --no-worker", {}, "laat --no-worker weg"),
    "work on SQLite": ("work", {}, "Zonder PostgreSQL rekent «in2stem serve» zelf."),
    "other database": ("users list", {"DATABASE_URL": "mysql://x"}, "DATABASE_URL is geen adres"),
    "bad address": ("users list", {"DATABASE_URL": "postgresql://x:y@h:poort/z"}, "DATABASE_URL is geen adres"),
    "nobody there": ("users list", {"DATABASE_URL": "postgresql://x@127.0.0.1:1/z"}, "De databank antwoordt niet."),
    "nothing to back up": ("backup kopie.zip", {}, "staat nog geen databank"),
    "nothing to restore": ("restore bestaat-niet.zip", {}, "bestaat-niet.zip: dit bestaat niet."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_command_that_cannot_work_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    words, environment, told = REFUSED[case]
    for name, value in ({"IN2STEM_FOLDER": str(tmp_path / "map"), "DATABASE_URL": ""} | environment).items():
        monkeypatch.setenv(name, value)
    assert main(words.split()) == 2
    printed = capsys.readouterr()
    assert (printed.out, told in printed.err) == ("", True)
