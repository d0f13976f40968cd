"""How long is it by road? Minutes from an OSRM or Valhalla server that the user sets, else the estimate."""

from __future__ import annotations

import hashlib
import json
import math
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import numpy as np

from matcher.domain.errors import InvalidValueError, RoutingError
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.travel import ROADS_FAILED, UNREACHABLE, RoadTimes

Engine = Literal["osrm", "valhalla"]

SECONDS = 20.0
POINTS_AT_ONCE = 100
"""OSRM's and Valhalla's usual limit on the places of one table request."""

LONGEST_MINUTES = 24 * 60
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class RoadServer:
    """A routing server: base address, which engine it runs, and how long an answer may take (seconds)."""

    url: str
    engine: Engine = "osrm"
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        """Refuse an address that is none; raise InvalidValueError."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidValueError(
                f"«{self.url}» is geen adres van een routeserver; het begint met http:// of https://."
            )


def server_at(address: str, seconds: float = SECONDS) -> RoadServer:
    """Read `URL`, `osrm+URL` or `valhalla+URL`; without a name it is OSRM."""
    for engine in ("osrm", "valhalla"):
        if address.startswith(f"{engine}+"):
            return RoadServer(
                address.removeprefix(f"{engine}+").rstrip("/"), "valhalla" if engine == "valhalla" else "osrm", seconds
            )
    return RoadServer(address.rstrip("/"), "osrm", seconds)


def with_roads(
    given: Round, address: str, *, cache: Path | None = None, seconds: float = SECONDS
) -> tuple[Round, str | None]:
    """Put road times into a round; where the server fails, give the round unchanged and a Dutch note why."""
    server = server_at(address, seconds)
    try:
        return replace(given, roads=road_times(given, server, cache=cache)), None
    except RoutingError as error:
        start, end = ROADS_FAILED
        return given, f"{start}{server.url} gaf geen bruikbaar antwoord ({error}){end}"


def road_times(given: Round, server: RoadServer, *, cache: Path | None = None) -> RoadTimes:
    """Ask a server for the minutes from every mentor's place to every school's, rounded up.

    Answers are kept in `cache` (a folder; the user's own by default), so that the same cohort is asked
    once. Raises RoutingError on a time-out, another status than 200, or an answer that can't be right.
    """
    origins = tuple(dict.fromkeys(mentor.position for mentor in given.mentors))
    destinations = tuple(dict.fromkeys(school.position for school in given.schools))
    kept = (cache or default_cache()) / f"{_fingerprint(server, origins, destinations)}.json"
    minutes = _from_cache(kept, (len(origins), len(destinations)))
    if minutes is None:
        minutes = _ask_in_parts(server, origins, destinations)
        _to_cache(kept, minutes)
    return RoadTimes(f"{server.engine.upper()} {server.url}", origins, destinations, minutes)


def ask_everything(server: RoadServer, places: Sequence[Position]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Ask a server for the minutes between all places, rounded up (square); raises RoutingError."""
    return _ask_in_parts(server, places, places)


def default_cache() -> Path:
    """Give the user's cache folder for road times."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "in2stem" / "reistijden"


def _ask_in_parts(
    server: RoadServer, origins: Sequence[Position], destinations: Sequence[Position]
) -> np.ndarray[Any, np.dtype[np.int32]]:
    half = POINTS_AT_ONCE // 2
    table = np.zeros((len(origins), len(destinations)), dtype=np.int32)
    for top in range(0, len(origins), half):
        for left in range(0, len(destinations), half):
            rows, columns = origins[top : top + half], destinations[left : left + half]
            seconds = _ask(server, rows, columns)
            table[top : top + half, left : left + half] = _minutes(seconds, len(rows), len(columns))
    return table


def _ask(server: RoadServer, origins: Sequence[Position], destinations: Sequence[Position]) -> object:
    """Give the rows of seconds that the server answers, unchecked."""
    if server.engine == "osrm":
        places = ";".join(f"{one.longitude:.6f},{one.latitude:.6f}" for one in (*origins, *destinations))
        sources = ";".join(str(number) for number in range(len(origins)))
        targets = ";".join(str(len(origins) + number) for number in range(len(destinations)))
        query = f"sources={sources}&destinations={targets}&annotations=duration"
        answer = _fetch(urllib.request.Request(f"{server.url}/table/v1/driving/{places}?{query}"), server)  # noqa: S310 - http(s) alone
        if not isinstance(answer, dict) or answer.get("code") != "Ok":
            raise RoutingError("het antwoord is geen tabel van OSRM")
        return answer.get("durations")
    body = {
        "sources": [{"lat": one.latitude, "lon": one.longitude} for one in origins],
        "targets": [{"lat": one.latitude, "lon": one.longitude} for one in destinations],
        "costing": "auto",
    }
    headers = {"Content-Type": "application/json"}
    address = f"{server.url}/sources_to_targets"
    answer = _fetch(urllib.request.Request(address, json.dumps(body).encode(), headers), server)  # noqa: S310 - http(s) alone
    rows = answer.get("sources_to_targets") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise RoutingError("het antwoord is geen tabel van Valhalla")
    return [[cell.get("time") if isinstance(cell, dict) else "?" for cell in row] for row in rows]


def _fetch(request: urllib.request.Request, server: RoadServer) -> object:
    try:
        with urllib.request.urlopen(request, timeout=server.seconds) as response:  # noqa: S310 - http(s) alone
            body = response.read(MOST_BYTES + 1)
            promised = int(response.headers.get("Content-Length", len(body)))
    except urllib.error.HTTPError as error:
        raise RoutingError(f"status {error.code}") from error
    except (urllib.error.URLError, OSError, ValueError) as error:
        late = isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError)
        raise RoutingError("geen antwoord op tijd" if late else "niet bereikbaar of afgebroken") from error
    except Exception as error:  # http.client raises its own kinds on half an answer
        raise RoutingError("een half antwoord") from error
    if len(body) < min(promised, MOST_BYTES):
        raise RoutingError("een half antwoord")
    if len(body) > MOST_BYTES:
        raise RoutingError("een te groot antwoord")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RoutingError("geen JSON") from error


def _minutes(seconds: object, rows: int, columns: int) -> list[list[int]]:
    if not isinstance(seconds, list) or len(seconds) != rows:
        raise RoutingError("een tabel met een verkeerd aantal rijen")
    table = []
    for row in seconds:
        if not isinstance(row, list) or len(row) != columns:
            raise RoutingError("een tabel met een verkeerd aantal kolommen")
        table.append([_minute(cell) for cell in row])
    return table


def _minute(cell: object) -> int:
    if cell is None:
        return UNREACHABLE
    if type(cell) not in (int, float) or not 0 <= float(str(cell)) <= LONGEST_MINUTES * 60:
        raise RoutingError("een reistijd die niet kan")
    return math.ceil(float(str(cell)) / 60)


def _fingerprint(server: RoadServer, origins: Sequence[Position], destinations: Sequence[Position]) -> str:
    places = [[(one.latitude, one.longitude) for one in some] for some in (origins, destinations)]
    return hashlib.sha256(json.dumps([server.url, server.engine, places]).encode()).hexdigest()


def _from_cache(path: Path, shape: tuple[int, int]) -> np.ndarray[Any, Any] | None:
    try:
        table = np.array(json.loads(path.read_text(encoding="ascii")), dtype=np.int32).reshape(shape)
    except (OSError, RecursionError, ValueError, TypeError):
        return None
    return table if bool((table >= 0).all()) else None


def _to_cache(path: Path, minutes: np.ndarray[Any, Any]) -> None:
    """Keep an answer; a cache that can't be written is no reason to stop."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(minutes.tolist()), encoding="ascii")
        beside.replace(path)
    except OSError:
        return
