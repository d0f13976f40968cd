"""Is what an operator starts the service with whole: images by digest, limits, a watchdog that is answered?"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import stat
import subprocess
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from service.run import systemd
from service.run.metrics import Meters
from tests.service.run.running import ROOT, WAIT_SECONDS, command, running

if TYPE_CHECKING:
    from pathlib import Path

PLACE = ROOT / "docs" / "beheer"
DIGEST = "sha256:" + "0" * 64
UNITS = ("in2stem.service", "in2stem-work.service")
DOCKER = """#!/bin/sh
echo "$@" >> {log}
[ -f {gone} ] && exit 1
echo {digest}
"""


@pytest.mark.parametrize("unit", UNITS)
def test_unit_bounds_what_the_service_may_take_and_watches_it(unit: str) -> None:
    lines = dict(
        line.split("=", 1) for line in (PLACE / unit).read_text().splitlines() if "=" in line and line[0].isupper()
    )
    assert {"MemoryMax", "TasksMax", "LimitNOFILE", "WatchdogSec", "Restart"} <= lines.keys()
    assert (lines["Type"], int(lines["WatchdogSec"]) > 10, lines["Restart"]) == ("notify", True, "on-failure")


def test_every_image_is_named_by_a_digest_that_stands_in_one_place() -> None:
    bases = re.findall(r"^FROM (\S+)", (PLACE / "Containerfile").read_text(), re.MULTILINE)
    images = re.findall(r"^ +image: (\S+)", (PLACE / "compose.yaml").read_text(), re.MULTILINE)
    assert (len(bases), len(images)) == (2, 1)
    assert [one for one in bases if not one.endswith("@${PYTHON_DIGEST}")] == []
    assert [one for one in images if "@${POSTGRES_DIGEST:?" not in one] == []
    asked = re.findall(r"\$\{(\w+):\?", (PLACE / "compose.yaml").read_text())
    assert set(asked) == {"POSTGRES_DIGEST", "POSTGRES_PASSWORD", "PYTHON_DIGEST"}
    written = (PLACE / "digests.sh").read_text()
    assert [one for one in set(asked) if one not in written] == []
    assert "compose.env" in (ROOT / ".gitignore").read_text()


def test_digests_are_asked_once_and_what_is_lacking_is_said(tmp_path: Path) -> None:
    (tmp_path / "digests.sh").write_text((PLACE / "digests.sh").read_text())
    tools, log, gone = tmp_path / "bin", tmp_path / "log", tmp_path / "weg"
    tools.mkdir()
    (tools / "docker").write_text(DOCKER.format(log=log, gone=gone, digest=DIGEST))
    (tools / "docker").chmod(0o755)
    gone.touch()

    def run() -> subprocess.CompletedProcess[str]:
        words = ["/bin/sh", str(tmp_path / "digests.sh")]
        path = {"PATH": f"{tools}:{os.environ['PATH']}"}
        return subprocess.run(words, env=path, capture_output=True, text=True, check=False)  # noqa: S603 - ours

    refused = run()
    assert (refused.returncode, "PYTHON_DIGEST=sha256:…" in refused.stderr) == (1, True)
    gone.unlink()
    assert run().returncode == 0
    first = (tmp_path / "compose.env").read_text()
    assert run().returncode == 0
    assert (tmp_path / "compose.env").read_text() == first
    assert len(log.read_text().splitlines()) == 3
    assert re.fullmatch(rf"PYTHON_DIGEST={DIGEST}\nPOSTGRES_DIGEST={DIGEST}\nPOSTGRES_PASSWORD=[0-9a-f]{{48}}\n", first)
    assert stat.S_IMODE((tmp_path / "compose.env").stat().st_mode) == 0o600


def test_systemd_hears_that_the_service_is_ready_alive_and_stopping(tmp_path: Path) -> None:
    place = tmp_path / "hoor"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(place))
        ear.settimeout(WAIT_SECONDS)
        words = ("serve", "--folder", str(tmp_path), "--port", "0", "--metrics-port", "0")
        told = {"NOTIFY_SOCKET": str(place), "WATCHDOG_USEC": "300000", "DATABASE_URL": ""}
        with running(tmp_path / "log", *words, **told) as service:
            assert [ear.recv(100) for _ in range(4)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"WATCHDOG=1"]
            service.process.send_signal(signal.SIGTERM)
            while (word := ear.recv(100)) == b"WATCHDOG=1":
                pass
            assert word == b"STOPPING=1"
            service.process.wait(WAIT_SECONDS)


def test_loop_that_hangs_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "hoor"))
    monkeypatch.setenv("WATCHDOG_USEC", "150000")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "hoor"))

        async def hang() -> None:
            alive = asyncio.create_task(systemd.keep_alive())
            await asyncio.sleep(0)
            time.sleep(0.5)  # noqa: ASYNC251 - that is the point
            alive.cancel()

        asyncio.run(hang())
        ear.setblocking(False)  # noqa: FBT003 - a socket's own
        assert [ear.recv(100), ear.recv(100)] == [b"READY=1", b"WATCHDOG=1"]
        with pytest.raises(BlockingIOError):
            ear.recv(100)


def test_watchdog_of_another_process_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "5000000")
    monkeypatch.setenv("WATCHDOG_PID", "1")
    assert systemd.watchdog_seconds() == 0
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    assert systemd.watchdog_seconds() == 5


def test_numbers_stand_where_they_are_asked_and_nowhere_else(database: object) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.2", 0))
        port = free.getsockname()[1]
    end = Meters(database).serve(port, "127.0.0.2")  # type: ignore[arg-type]
    try:
        with urlopen(f"http://127.0.0.2:{port}/metrics", timeout=WAIT_SECONDS) as answer:
            assert b"in2stem_" in answer.read()
        with pytest.raises(OSError, match=r"refused|geweigerd"):
            urlopen(f"http://127.0.0.1:{port}/metrics", timeout=WAIT_SECONDS)
    finally:
        end()


def test_address_for_numbers_that_is_none_is_refused_by_its_name(tmp_path: Path) -> None:
    done = command("serve", "--folder", str(tmp_path), DATABASE_URL="", IN2STEM_METRICS_HOST="overal")
    assert (done.returncode, done.stderr.startswith("IN2STEM_METRICS_HOST is «overal»; hier hoort een IP-adres")) == (
        2,
        True,
    )
