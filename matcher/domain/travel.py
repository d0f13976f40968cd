"""How many minutes does a mentor travel to a school? By road where a server said so, else an estimate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.great_circle import great_circle_km
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.road_network import across_the_scheldt, between_junctions, junctions, town_cores

UNREACHABLE = 32_000
"""Minutes where a routing server found no road."""

ROADS_FAILED: Final = ("De routeserver ", "; de reistijden zijn geschat.")
"""How a plan's note begins and ends where a routing server gave nothing of use."""

MODEL: Final = "wegmodel 1"
"""The name and version of the estimate; another number where any of its constants or tables changes."""

LOCAL: Final = (4.1, 0.635)
"""Minutes over ordinary roads: the first times kilometres (as the crow flies) to the power of the second."""

ACCESS: Final = (3.75, 0.64)
"""The same from a place to a junction of a motorway."""

NEAREST_KM: Final = 1.0
"""Nobody drives less: within a postcode it is somewhere else too."""

CITIES: Final = (
    (Position(50.846, 4.352), 8.0, 4.2),
    (Position(51.219, 4.405), 6.0, 3.0),
    (Position(51.050, 3.724), 6.0, 3.0),
)
"""Brussel, Antwerpen and Gent: their middle, how far their traffic reaches (km), and the minutes it adds there."""

ENTRANCES: Final = 12
"""So many junctions, the nearest, are tried for getting on or off a motorway."""

MOST_KEPT: Final = 1 << 16
"""Trips up to which a table of minutes is kept: large ones would fill the memory."""

NO_WAY: Final = 10_000_000
"""Hundredths of minutes that no trip takes."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadTimes:
    """Road times from a routing server.

    `minutes` is an int array (origins x destinations), rounded up; `origins` and `destinations` are
    the distinct positions of its rows (mentors) and columns (schools). `source` names the server. Places
    that are not in it are estimated.
    """

    source: str
    origins: tuple[Position, ...]
    destinations: tuple[Position, ...]
    minutes: NDArray[np.int32]


def minutes_between(
    origins: Sequence[Position], destinations: Sequence[Position], roads: RoadTimes | None, policy: Policy
) -> NDArray[np.int32]:
    """Give minutes one way (origins x destinations): by road where `roads` has the pair of places, else estimated."""
    if roads is None:
        return estimated_minutes(origins, destinations, policy)
    row, column = _numbered(roads)
    rows = np.array([row.get(one, -1) for one in origins], dtype=np.int64)
    columns = np.array([column.get(one, -1) for one in destinations], dtype=np.int64)
    if (rows >= 0).all() and (columns >= 0).all():
        known: NDArray[np.int32] = roads.minutes[np.ix_(rows, columns)]
        return known
    found = estimated_minutes(origins, destinations, policy)
    to, of = np.flatnonzero(rows >= 0), np.flatnonzero(columns >= 0)
    found[np.ix_(to, of)] = roads.minutes[np.ix_(rows[to], columns[of])]
    return found


def is_estimated(roads: RoadTimes | None, origin: Position, destination: Position) -> bool:
    """Tell whether no road time is known for a trip."""
    if roads is None:
        return True
    row, column = _numbered(roads)
    return origin not in row or destination not in column


@lru_cache(maxsize=8)
def _numbered(roads: RoadTimes) -> tuple[dict[Position, int], dict[Position, int]]:
    """Give the rows and the columns of a table by their places; kept, since every explained pair asks it."""
    rows, columns = ({one: number for number, one in enumerate(some)} for some in (roads.origins, roads.destinations))
    return rows, columns


def estimated_minutes(
    origins: Sequence[Position], destinations: Sequence[Position], policy: Policy
) -> NDArray[np.int32]:
    """Estimate whole minutes one way (origins x destinations), the same there and back.

    The quicker of ordinary roads all the way and the motorways (docs/decisions/0035-travel-model.md). A policy with a
    detour or a speed asks for the older formula: great circle x detour / speed, rounded up.
    """
    if policy.older_travel:
        return _older_minutes(origins, destinations, policy)
    start, end = tuple(origins), tuple(destinations)
    if len(start) * len(end) > MOST_KEPT:
        return _over_the_roads(start, end)
    return _known_over_the_roads(start, end).copy()


@lru_cache(maxsize=8)  # a year is planned, checked and asked about: each time the same trips
def _known_over_the_roads(origins: tuple[Position, ...], destinations: tuple[Position, ...]) -> NDArray[np.int32]:
    return _over_the_roads(origins, destinations)


def _over_the_roads(origins: tuple[Position, ...], destinations: tuple[Position, ...]) -> NDArray[np.int32]:
    start, end = (tuple(town_cores().get(one, one) for one in some) for some in (origins, destinations))
    found = _over_ordinary_roads(start, end)
    on, off = _to_junctions(start), _to_junctions(end)
    if _is_fewer_looks(len(start), len(end)):
        reached, found_by_row, ways = _everywhere(on), found.T, off
    else:
        reached, found_by_row, ways = _everywhere(off), found, on
    for row, entrances in zip(found_by_row, ways, strict=True):
        near = np.flatnonzero(entrances < NO_WAY)
        np.minimum(row, (reached[near] + entrances[near, None]).min(axis=0, initial=NO_WAY), out=row)
    found += _in_town(start)[:, None] + _in_town(end)
    return (found + 50) // 100


def travel_source(
    roads: RoadTimes | None, policy: Policy, trips: tuple[Iterable[Position], Iterable[Position]] = ((), ())
) -> str:
    """Name where the minutes of trips (from, to) come from: a server, or which estimate, or partly each."""
    if roads is not None:
        row, column = _numbered(roads)
        whole = all(one in row for one in trips[0]) and all(one in column for one in trips[1])
        return (
            roads.source if whole else f"{roads.source}; waar een rit daarin ontbreekt, {travel_source(None, policy)}"
        )
    if policy.older_travel:
        factor, speed = (f"{one:g}".replace(".", ",") for one in policy.older_detour_and_speed)
        return f"schatting: hemelsbreed x {factor} aan {speed} km/u"
    times, power = (f"{one:g}".replace(".", ",") for one in LOCAL)
    return f"schatting: {MODEL}, autosnelwegen en gewone wegen ({times} x km^{power}), buiten de spits"


def travel_told(source: str) -> str:
    """Give what people read of where minutes come from (`travel_source`): today's estimate without its formula."""
    return "geschat over autosnelwegen en gewone wegen, buiten de spits" if source == _estimate() else source


@lru_cache(maxsize=1)
def _estimate() -> str:
    return travel_source(None, Policy())


def _older_minutes(origins: Sequence[Position], destinations: Sequence[Position], policy: Policy) -> NDArray[np.int32]:
    detour, speed = policy.older_detour_and_speed
    hours = great_circle_km(origins, destinations) * (detour / speed)
    minutes: NDArray[np.int32] = np.ceil(np.round(hours * 60, 9)).astype(np.int32)
    return minutes


def _hundredths(kilometres: NDArray[np.float64], curve: tuple[float, float]) -> NDArray[np.int32]:
    times, power = curve
    return np.rint(100 * times * np.maximum(kilometres, NEAREST_KM) ** power).astype(np.int32)


def _over_ordinary_roads(origins: Sequence[Position], destinations: Sequence[Position]) -> NDArray[np.int32]:
    """Give hundredths of minutes without a motorway; no way across the tidal Scheldt."""
    found = _hundredths(great_circle_km(origins, destinations), LOCAL)
    found[across_the_scheldt(origins, destinations)] = NO_WAY
    return found


def _is_fewer_looks(start: int, end: int) -> bool:
    """Tell whether to look from so many first places over the network, then at each last one; else the other way."""

    def looks(over: int, rows: int) -> int:
        return min(ENTRANCES * over, len(junctions())) + rows

    return looks(start, end) <= looks(end, start)


@lru_cache(maxsize=32)  # one host is asked of many groups, the same schools by each goal
def _to_junctions(places: tuple[Position, ...]) -> NDArray[np.int32]:
    """Give hundredths of minutes to the nearest junctions (places x junctions); NO_WAY to the others."""
    known = tuple(junctions().values())
    found = _hundredths(great_circle_km(places, known), ACCESS)
    found[across_the_scheldt(places, known)] = NO_WAY
    if len(places):
        far = np.partition(found, ENTRANCES - 1, axis=1)[:, ENTRANCES - 1, None]
        found[found > far] = NO_WAY
    found.flags.writeable = False
    return found


def _everywhere(on: NDArray[np.int32]) -> NDArray[np.int32]:
    """Give hundredths of minutes to every junction (junctions x places) from places with their ways on."""
    found = np.full((on.shape[1], on.shape[0]), NO_WAY, dtype=np.int32)
    over_the_network = between_junctions()
    for junction in np.flatnonzero((on < NO_WAY).any(axis=0)):
        entrance = on[:, junction]
        used = np.flatnonzero(entrance < NO_WAY)
        found[:, used] = np.minimum(found[:, used], over_the_network[junction][:, None] + entrance[used])
    return found


def _in_town(places: Sequence[Position]) -> NDArray[np.int32]:
    """Give the hundredths of minutes that the traffic of a large city adds to a trip from or to a place."""
    added = np.zeros(len(places))
    for centre, reach, most in CITIES:
        near = 1 - great_circle_km(places, (centre,))[:, 0] / reach
        added = np.maximum(added, most * np.maximum(near, 0))
    return np.rint(100 * added).astype(np.int32)
