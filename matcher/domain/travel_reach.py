"""How far, as the crow flies, can somebody get at most in so many minutes? What lies farther need not be looked at."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.domain.great_circle import great_circle_km
from matcher.domain.policy import Policy
from matcher.domain.road_network import between_junctions, junctions
from matcher.domain.travel import ACCESS, LOCAL, NEAREST_KM

ROUNDED = 0.5
"""Minutes that rounding may take off an estimate."""

MARGIN_KM = 0.1
"""More than what rounding to hundredths of minutes on the way can hide."""


def reach_km(minutes: NDArray[np.int64], policy: Policy) -> NDArray[np.float64]:
    """Give kilometres such that no estimate of travel between places farther apart is within the minutes.

    A trip is over ordinary roads, or to a junction, along motorways, and from a junction. Each part gets farther a
    minute the longer it is, so that a trip gets no farther than the fastest of them would in all the time.
    """
    if policy.older_travel:
        detour, speed = policy.older_detour_and_speed
        return minutes.astype(np.float64) * (speed / detour / 60) + MARGIN_KM
    time = minutes.astype(np.float64) + ROUNDED
    found: NDArray[np.float64] = np.maximum(time * _kilometres_a_minute(), NEAREST_KM)
    for times, power in (LOCAL, ACCESS):
        np.maximum(found, (time / times) ** (1 / power), out=found)
    found += MARGIN_KM
    return found


@cache
def _kilometres_a_minute() -> float:
    """Give how far the quickest trip between two junctions gets in a minute."""
    places = tuple(junctions().values())
    apart = ~np.eye(len(places), dtype=np.bool_)
    straight, took = great_circle_km(places, places)[apart], between_junctions()[apart] / 100
    return float((straight / np.maximum(took, 1e-9)).max(initial=0.0))
