"""Are road times taken from a real server, and is a failing one found out? Against a small server that speaks both."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from matcher.domain.errors import InvalidValueError, RoutingError
from matcher.domain.position import Position
from matcher.domain.travel import UNREACHABLE
from matcher.intake.places import road_times as module
from matcher.intake.places.road_times import road_times, server_at, with_roads
from matcher.matching.assign import assign
from tests.builders import a_mentor, a_round, a_school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE, THERE = Position(51.0, 3.7), Position(51.2, 4.4)


class _Handler(BaseHTTPRequestHandler):
    """Answers 61 seconds a tenth of a degree of longitude, or breaks as `server.mood` says."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Speak OSRM's table service."""
        url = urlsplit(self.path)
        places = [tuple(map(float, one.split(","))) for one in url.path.rsplit("/", 1)[1].split(";")]
        query = parse_qs(url.query)
        rows = [int(one) for one in query["sources"][0].split(";")]
        columns = [int(one) for one in query["destinations"][0].split(";")]
        table = [[61 * abs(places[a][0] - places[b][0]) * 10 for b in columns] for a in rows]
        self._answer({"code": "Ok", "durations": table}, "durations")

    def do_POST(self) -> None:
        """Speak Valhalla's matrix service."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        table = [[{"time": 61 * abs(a["lon"] - b["lon"]) * 10} for b in asked["targets"]] for a in asked["sources"]]
        self._answer({"sources_to_targets": table}, "sources_to_targets")

    def _answer(self, answer: dict[str, object], table: str) -> None:
        mood = self.server.mood  # type: ignore[attr-defined]
        self.server.asked += 1  # type: ignore[attr-defined]
        if mood == "slow":
            time.sleep(1)
        if mood == "ragged":
            answer[table] = [row[:-1] for row in answer[table]]  # type: ignore[attr-defined]
        if mood == "negative" and table == "durations":
            answer[table][0][0] = -5  # type: ignore[index]
        if mood == "nowhere" and table == "durations":
            answer[table][0][0] = None  # type: ignore[index]
        body = {"garbage": b"<html>", "list": b"[]"}.get(mood, json.dumps(answer).encode())
        self.send_response(500 if mood == "error" else 200)
        self.send_header("Content-Length", str(len(body) + (50 if mood == "cut" else 0)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """Run a server on loopback for one test."""
    one = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    one.mood, one.asked = "fine", 0  # type: ignore[attr-defined]
    thread = Thread(target=one.serve_forever, args=(0.01,))
    thread.start()
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


def _address(server: ThreadingHTTPServer, engine: str = "osrm") -> str:
    return f"{engine}+http://127.0.0.1:{server.server_address[1]}"


def _round():  # noqa: ANN202
    return a_round([a_school(1, position=HERE), a_school(2, position=THERE)], [a_mentor(1, position=HERE)])


@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
def test_minutes_are_the_servers_rounded_up(server: ThreadingHTTPServer, tmp_path: Path, engine: str) -> None:
    given, note = with_roads(_round(), _address(server, engine), cache=tmp_path)
    assert note is None
    assert given.roads.minutes.tolist() == [[0, 8]]
    plan = assign(given)
    assert plan.travel_source == f"{engine.upper()} http://127.0.0.1:{server.server_address[1]}"
    assert plan.pairs[0].travel_minutes == 0


def test_answers_are_kept_and_asked_once(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    for _ in range(2):
        road_times(_round(), server_at(_address(server)), cache=tmp_path)
    assert server.asked == 1  # type: ignore[attr-defined]


def test_large_tables_are_asked_in_parts(
    server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "POINTS_AT_ONCE", 4)
    schools = [a_school(n, position=Position(51.0, 3.0 + n / 10)) for n in range(1, 6)]
    mentors = [a_mentor(n, position=Position(51.0, 3.0 + n / 10)) for n in range(1, 4)]
    found = road_times(a_round(schools, mentors), server_at(_address(server)), cache=tmp_path)
    assert found.minutes.tolist() == [[0, 2, 3, 4, 5], [2, 0, 2, 3, 4], [3, 2, 0, 2, 3]]
    assert server.asked == 6  # type: ignore[attr-defined]


def test_a_place_without_a_road_is_out_of_reach(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    server.mood = "nowhere"  # type: ignore[attr-defined]
    found = road_times(_round(), server_at(_address(server)), cache=tmp_path)
    assert found.minutes[0, 0] == UNREACHABLE


@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
@pytest.mark.parametrize(
    ("mood", "told"),
    [
        ("slow", "niet|geen antwoord op tijd"),
        ("error", "status 500"),
        ("garbage", "geen JSON"),
        ("list", "geen tabel"),
        ("ragged", "kolommen"),
        ("cut", "half antwoord|afgebroken"),
    ],
)
def test_a_failing_server_leaves_the_estimate_and_a_note(
    server: ThreadingHTTPServer, tmp_path: Path, engine: str, mood: str, told: str
) -> None:
    server.mood = mood  # type: ignore[attr-defined]
    with pytest.raises(RoutingError, match=told):
        road_times(_round(), server_at(_address(server, engine), seconds=0.3), cache=tmp_path)
    given, note = with_roads(_round(), _address(server, engine), cache=tmp_path, seconds=0.3)
    assert given.roads is None
    assert "de reistijden zijn geschat" in note
    assert not list(tmp_path.iterdir())


def test_a_negative_time_is_refused(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    server.mood = "negative"  # type: ignore[attr-defined]
    with pytest.raises(RoutingError, match="reistijd die niet kan"):
        road_times(_round(), server_at(_address(server)), cache=tmp_path)


def test_a_server_that_is_not_there_leaves_a_note(tmp_path: Path) -> None:
    given, note = with_roads(_round(), "http://127.0.0.1:9", cache=tmp_path)
    assert given.roads is None
    assert "niet bereikbaar" in note


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "osrm+ftp://x", "localhost:5000"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InvalidValueError, match="geen adres"):
        server_at(address)
