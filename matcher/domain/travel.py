"""How many minutes does a mentor travel to a school?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.policy import Policy
from matcher.domain.position import Position

EARTH_RADIUS_KM = 6371.009
"""Mean earth radius (IUGG, Moritz 2000), as geopy takes it."""

UNREACHABLE = 32_000
"""Minutes where a routing server found no road."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadTimes:
    """Road times from a routing server.

    `minutes` is an int array (origins x destinations), rounded up; `origins` and `destinations` are
    the distinct positions of its rows (mentors) and columns (schools). `source` names the server.
    """

    source: str
    origins: tuple[Position, ...]
    destinations: tuple[Position, ...]
    minutes: NDArray[np.int32]


def great_circle_km(origins: Sequence[Position], destinations: Sequence[Position]) -> NDArray[np.float64]:
    """Give great-circle kilometres (origins x destinations), by the haversine formula (Sinnott 1984)."""
    lat_a, lon_a = _radians(origins)
    lat_b, lon_b = _radians(destinations)
    half_chord = np.sin((lat_a[:, None] - lat_b) / 2) ** 2
    half_chord += np.cos(lat_a)[:, None] * np.cos(lat_b) * np.sin((lon_a[:, None] - lon_b) / 2) ** 2
    kilometres: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half_chord, 1.0)))
    return kilometres


def estimated_minutes(
    origins: Sequence[Position], destinations: Sequence[Position], policy: Policy
) -> NDArray[np.int32]:
    """Estimate minutes one way (origins x destinations): great circle x detour factor / speed, rounded up."""
    hours = great_circle_km(origins, destinations) * (policy.detour_factor / policy.speed_kmh)
    minutes: NDArray[np.int32] = np.ceil(np.round(hours * 60, 9)).astype(np.int32)
    return minutes


def _radians(positions: Sequence[Position]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    degrees = np.array([(one.latitude, one.longitude) for one in positions], dtype=np.float64).reshape(-1, 2)
    return np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
