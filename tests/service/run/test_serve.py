"""Does the real program start, tell where it is, let its first admin in, and stop cleanly?"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from fastapi.testclient import TestClient

from service.access.people import make_key
from service.app import create_app
from service.cli import main
from service.core.settings import Settings
from service.database.engine import Database
from service.database.migrate import migrate
from service.worker.worker import AT_ONCE
from tests.postgres import free_port
from tests.service.run.running import command, running
from tests.service.worker.test_worker import many, state, until
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from collections.abc import Callable


def ready(url: str) -> int:
    """Ask whether the service is ready; it answers as soon as it is."""
    return httpx2.get(f"{url}/readyz", timeout=120).status_code


def link_in(lines: list[str]) -> str:
    """Find the secret of a link among what was printed."""
    return next(line.split("#")[1] for line in lines if "/aanmelden#" in line)


def test_serve_lets_its_first_admin_in_once_and_stops_cleanly(tmp_path: Path) -> None:
    folder, metrics = tmp_path / "gegevens", free_port()
    words = ("serve", "--port", "0", "--metrics-port", str(metrics), "--folder", str(folder))
    with running(tmp_path / "log", *words, fresh=True) as service:
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
    unused = link_in(service.lines)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [one["route"] for one in lines if one["event"] == "request"] == ["/readyz", "/livez"]
    with running(tmp_path / "log", *words) as service:
        secret = link_in(service.lines)  # nobody logged in yet
        assert httpx2.post(f"{service.url}/v1/session", json={"link": unused}, timeout=120).status_code == 401
        opened = httpx2.post(f"{service.url}/v1/session", json={"link": secret}, timeout=120)
        assert (opened.status_code, opened.json()["role"]) == (201, "admin")
        assert httpx2.post(f"{service.url}/v1/session", json={"link": secret}).status_code == 401
        assert service.end(signal.SIGINT) == (0, "Gestopt.\n")
    with running(tmp_path / "log", *words) as service:
        assert [line for line in service.lines if "aanmelden" in line] == []
        assert service.end()[0] == 0
    assert secret not in (tmp_path / "log").read_text(encoding="utf-8")


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
        with running(tmp_path / "work", "work", fresh=True, **where) as worker:
            assert worker.end() == (0, "Gestopt.\n")
        assert service.end()[0] == 0


def test_serve_makes_nothing_where_its_port_for_numbers_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = command("serve", "--port", "0", "--metrics-port", str(port), "--folder", str(tmp_path))
    assert (refused.returncode, f"Poort {port} voor Prometheus is bezet." in refused.stderr) == (2, True)
    assert not (tmp_path / "in2stem.sqlite3").exists()


def test_serve_that_cannot_start_leaves_files_of_others_as_they_may_be_made(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            assert main(["serve", "--port", "0", "--metrics-port", port, "--folder", str(tmp_path)]) == 2
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_serve_told_to_stop_gives_a_job_back_whose_child_is_frozen(tmp_path: Path, how: signal.Signals) -> None:
    database = Database(Settings(folder=tmp_path).address)
    migrate(database)
    cohort = a_filled_cohort(a_client(an_app(database), "coordinator"), many(200, 600))
    with database.write() as transaction:
        _, key = make_key(transaction, name="portaal", scopes=("admin",))
    words = ("serve", "--port", "0", "--metrics-port", "0", "--folder", str(tmp_path))
    with running(tmp_path / "log", *words, fresh=True) as service:
        until(lambda: len(children_of(service.process.pid)) == AT_ONCE)
        frozen = children_of(service.process.pid)
        for one in frozen:  # before it is asked, or it might have answered
            os.kill(one, signal.SIGSTOP)
        place, sent = f"{service.url}/v1/cohorts/{cohort}/rounds", {"Authorization": f"Bearer {key}"}
        job = httpx2.post(place, json={}, headers=sent, timeout=120).json()["job"]
        until(lambda: state(database, job).state == "running")
        told = time.monotonic()
        assert service.end(how) == (0, "Gestopt.\n")
    assert (time.monotonic() - told < 60, len(frozen) >= 1) == (True, True)
    assert (state(database, job).state, state(database, job).attempt) == ("queued", 0)
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    database.close()


def children_of(process: int) -> list[int]:
    """Give the processes that compute for a service."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return [one for one in found if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8")]


def test_damaged_database_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    (tmp_path / "in2stem.sqlite3").write_bytes(b"geen databank " * 100)
    assert main(["users", "list", "--folder", str(tmp_path)]) == 2
    told = f"De databank in {tmp_path} is beschadigd. Zet een reservekopie terug in een nieuwe map."
    assert told in " ".join(capsys.readouterr().err.split())
    database = Database(Settings(folder=tmp_path).address)
    with TestClient(create_app(Settings(folder=tmp_path), database=database), raise_server_exceptions=False) as client:
        assert client.get("/readyz").status_code == 503


REFUSED = {
    "port": ("serve --port 70000", {}, "Kies een andere --port."),
    "no host": (
        "serve --host nergens.invalid",
        {},
        "Op nergens.invalid kan niet geluisterd worden. Kies een andere --host",
    ),
    "not our host": ("serve --host 192.0.2.1 --port 0", {}, "Kies een andere --host"),
    "empty host": ("serve --host=", {}, "--host is leeg."),
    "metrics port below": (
        "serve --metrics-port=-1",
        {},
        "een poort gaat van 0 tot 65535. Kies een andere --metrics-port.",
    ),
    "metrics port above": ("serve --metrics-port 70000", {}, "Kies een andere --metrics-port."),
    "unknown option": (
        "users list",
        {"DATABASE_URL": "postgresql://x@127.0.0.1:1/z?onbekend=1"},
        "DATABASE_URL is geen adres",
    ),
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
    assert (printed.out, told in " ".join(printed.err.split())) == ("", True)
