"""Do real road times go through the command, and does a plan made of them verify and repair?"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Flat(BaseHTTPRequestHandler):
    """An OSRM where everything is 25 minutes away."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer a table."""
        query = parse_qs(urlsplit(self.path).query)
        rows, columns = (len(query[name][0].split(";")) for name in ("sources", "destinations"))
        body = json.dumps({"code": "Ok", "durations": [[1500.0] * columns] * rows}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a routing server on loopback, with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Flat)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_road_times_are_used_named_verified_and_kept_on_a_repair(address: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    made = run("round", SAMPLE, "--out", plan, "--roads", address)
    assert made.code == 0
    assert f"Reistijden: OSRM {address}." in made.out
    document = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    assert {pair["travel_minutes"] for pair in document["pairs"]} == {25}
    assert run("verify", plan / "plan.json", "--cohort", SAMPLE).code == 0
    repaired = run(
        "rerun",
        plan / "plan.json",
        "--cohort",
        SAMPLE,
        "--withdrawn",
        "M028",
        "--roads",
        address,
        "--out",
        tmp_path / "new",
    )
    assert repaired.code == 0
    assert run("verify", tmp_path / "new" / "plan.json", "--cohort", SAMPLE).code == 0


def test_a_server_that_is_gone_is_said_on_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = run("round", SAMPLE, "--out", tmp_path / "plan", "--roads", "http://127.0.0.1:9")
    assert made.code == 0
    assert "de reistijden zijn geschat" in made.out
