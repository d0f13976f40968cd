"""Which motorways has Flanders, and how long is it from one junction to another? Small tables, read on first use.

`matcher/reference/road-junctions.csv` (WGS84 degrees, three decimals) and `road-links.csv` (each road from junction
to junction, with its usual speed off-peak) are our own; `town-cores.csv` says where people live in a postcode whose
middle lies two kilometres or more from there. Why, and how well it does: docs/decisions/0035-travel-model.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.great_circle import great_circle_km
from matcher.domain.position import Position
from matcher.domain.reference_table import reference_rows

WINDING: Final = 1.04
"""A motorway is so much longer than the straight lines between its junctions."""

SCHELDT: Final = (
    (51.380, 4.240),
    (51.300, 4.290),
    (51.255, 4.335),
    (51.232, 4.392),
    (51.207, 4.376),
    (51.165, 4.322),
    (51.125, 4.285),
    (51.118, 4.225),
)
"""The river from the border to the bridge of Temse: it is crossed by the tunnels and that bridge alone."""

TIDAL: Final = (50.85, 51.65, 3.7, 4.9)
"""South, north, west and east of the country where that river is in the way; trips from farther take a motorway."""


@cache
def junctions() -> Mapping[str, Position]:
    """Give every junction of the network with its place."""
    rows = reference_rows("road-junctions.csv")
    return {row["junction"]: Position(float(row["latitude"]), float(row["longitude"])) for row in rows}


@cache
def between_junctions() -> NDArray[np.int32]:
    """Give hundredths of minutes between all junctions (junctions x junctions) over the network, symmetric."""
    number = {name: place for place, name in enumerate(junctions())}
    straight = great_circle_km(tuple(junctions().values()), tuple(junctions().values()))
    found = np.full(straight.shape, np.inf)
    np.fill_diagonal(found, 0)
    for row in reference_rows("road-links.csv"):
        for one, other in pairwise(number[name] for name in row["junctions"].split(" > ")):
            took = straight[one, other] * WINDING / float(row["kmh"]) * 60
            found[one, other] = found[other, one] = min(found[one, other], took)
    for middle in range(len(number)):  # Floyd and Warshall
        found = np.minimum(found, found[:, middle, None] + found[None, middle])
    whole: NDArray[np.int32] = np.rint(found * 100).astype(np.int32)
    symmetric: NDArray[np.int32] = np.minimum(whole, whole.T)
    return symmetric


@cache
def town_cores() -> Mapping[Position, Position]:
    """Give the core of a town by the middle of its postcode, where these lie far apart."""
    return {
        Position(float(row["latitude"]), float(row["longitude"])): Position(
            float(row["core_latitude"]), float(row["core_longitude"])
        )
        for row in reference_rows("town-cores.csv")
    }


def across_the_scheldt(origins: Sequence[Position], destinations: Sequence[Position]) -> NDArray[np.bool_]:
    """Tell whether the straight line from one to the other crosses the tidal river (origins x destinations)."""
    found = np.zeros((len(origins), len(destinations)), dtype=np.bool_)
    rows = [row for row, one in enumerate(origins) if _is_near(one)]
    columns = [column for column, one in enumerate(destinations) if _is_near(one)]
    if not rows or not columns:
        return found
    one = np.array([(origins[row].longitude, origins[row].latitude) for row in rows])[:, None]
    other = np.array([(destinations[column].longitude, destinations[column].latitude) for column in columns])[None]
    crossed = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for (south, west), (north, east) in pairwise(SCHELDT):
        start, end = np.array((west, south)), np.array((east, north))
        apart = _side(start, end, one) * _side(start, end, other) < 0
        crossed |= apart & (_side(one, other, start) * _side(one, other, end) < 0)
    found[np.ix_(rows, columns)] = crossed
    return found


def _is_near(place: Position) -> bool:
    south, north, west, east = TIDAL
    return south <= place.latitude <= north and west <= place.longitude <= east


def _side(start: NDArray[np.float64], end: NDArray[np.float64], place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tell on which side of a line a place lies, by the sign of the cross product."""
    along, away = end - start, place - start
    turn: NDArray[np.float64] = along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0]
    return turn
