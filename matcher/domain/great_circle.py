"""How far apart are places as the crow flies?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.position import Position

EARTH_RADIUS_KM = 6371.009
"""Mean earth radius (IUGG, Moritz 2000), as geopy takes it."""


def great_circle_km(origins: Sequence[Position], destinations: Sequence[Position]) -> NDArray[np.float64]:
    """Give great-circle kilometres (origins x destinations), by the haversine formula (Sinnott 1984)."""
    lat_a, lon_a = _radians(origins)
    lat_b, lon_b = _radians(destinations)
    half_chord = np.sin((lat_a[:, None] - lat_b) / 2) ** 2
    half_chord += np.cos(lat_a)[:, None] * np.cos(lat_b) * np.sin((lon_a[:, None] - lon_b) / 2) ** 2
    kilometres: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half_chord, 1.0)))
    return kilometres


def _radians(positions: Sequence[Position]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    degrees = np.array([(one.latitude, one.longitude) for one in positions], dtype=np.float64).reshape(-1, 2)
    return np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
