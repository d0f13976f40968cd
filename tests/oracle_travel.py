"""How long is a trip by our estimate? Restated trip by trip, the shortest way through the junctions sought anew."""

from __future__ import annotations

import csv
import heapq
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from geopy.distance import great_circle

if TYPE_CHECKING:
    from matcher.domain.position import Position

REFERENCE = Path(__file__).parents[1] / "matcher" / "reference"
CITIES = (((50.846, 4.352), 8, 4.2), ((51.219, 4.405), 6, 3), ((51.050, 3.724), 6, 3))
RIVER = (
    (51.380, 4.240), (51.300, 4.290), (51.255, 4.335), (51.232, 4.392),
    (51.207, 4.376), (51.165, 4.322), (51.125, 4.285), (51.118, 4.225),
)  # fmt: skip

Point = tuple[float, float]


@cache
def estimate(origin: Position, destination: Position) -> int:
    """Give whole minutes: the quicker of ordinary roads and the motorways, with the traffic of large cities."""
    start, end = (_core((one.latitude, one.longitude)) for one in (origin, destination))
    found = [] if _crosses(start, end) else [_curve(_km(start, end), 4.1, 0.635)]
    on, off = _entrances(start), _entrances(end)
    found += [on[one] + _from(one)[other] + off[other] for one in on for other in off if other in _from(one)]
    return (min(found) + _in_town(start) + _in_town(end) + 50) // 100


@cache
def _entrances(place: Point) -> dict[str, int]:
    """Give the hundredths of minutes to the junctions that can be reached, the nearest twelve."""
    reached = {
        name: _curve(_km(place, one), 3.75, 0.64) for name, one in _junctions().items() if not _crosses(place, one)
    }
    last = sorted(reached.values())[11]
    return {name: took for name, took in reached.items() if took <= last}


@cache
def _from(start: str) -> dict[str, int]:
    """Give hundredths of minutes from one junction to all others (Dijkstra)."""
    best: dict[str, float] = {}
    waiting = [(0.0, start)]
    while waiting:
        took, name = heapq.heappop(waiting)
        if name not in best:
            best[name] = took
            for other, more in _links()[name].items():
                heapq.heappush(waiting, (took + more, other))
    return {name: round(100 * took) for name, took in best.items()}


@cache
def _links() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {name: {} for name in _junctions()}
    for row in _table("road-links.csv"):
        for one, other in pairwise(row["junctions"].split(" > ")):
            took = _km(_junctions()[one], _junctions()[other]) * 1.04 / float(row["kmh"]) * 60
            for here, there in ((one, other), (other, one)):
                found[here][there] = min(took, found[here].get(there, took))
    return found


@cache
def _junctions() -> dict[str, Point]:
    return {row["junction"]: (float(row["latitude"]), float(row["longitude"])) for row in _table("road-junctions.csv")}


@cache
def _cores() -> dict[Point, Point]:
    return {
        (float(row["latitude"]), float(row["longitude"])): (float(row["core_latitude"]), float(row["core_longitude"]))
        for row in _table("town-cores.csv")
    }


def _core(place: Point) -> Point:
    return _cores().get(place, place)


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((REFERENCE / name).read_text(encoding="utf-8").splitlines(), delimiter=";"))


def _km(one: Point, other: Point) -> float:
    return great_circle(one, other).km


def _curve(km: float, times: float, power: float) -> int:
    return round(100 * times * max(km, 1) ** power)


def _in_town(place: Point) -> int:
    return round(100 * max(most * max(1 - _km(place, centre) / reach, 0) for centre, reach, most in CITIES))


def _crosses(one: Point, other: Point) -> bool:
    """Tell whether two points lie on both sides of a piece of the river, and that piece on both sides of them."""
    near = all(50.85 <= place[0] <= 51.65 and 3.7 <= place[1] <= 4.9 for place in (one, other))
    return near and any(
        _turn(a, b, one) * _turn(a, b, other) < 0 and _turn(one, other, a) * _turn(one, other, b) < 0
        for a, b in pairwise(RIVER)
    )


def _turn(start: Point, end: Point, place: Point) -> float:
    return (end[0] - start[0]) * (place[1] - start[1]) - (end[1] - start[1]) * (place[0] - start[0])
