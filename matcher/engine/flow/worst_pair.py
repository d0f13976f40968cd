"""How good can the worst pair be? A threshold search by feasible flows: pairs with fewest points close first."""

from __future__ import annotations

import numpy as np

from matcher.engine.calls import Ints
from matcher.engine.flow.optimal_face import Face, Part, feasible, free_part
from matcher.engine.flow.problem import TOP_POINTS


def raise_worst_pair(face: Face, points: Ints, ceiling: int = TOP_POINTS) -> Face:
    """Close the pairs with fewest points for as long as the face allows.

    `points` has an entry for every arc, `TOP_POINTS` where it is no pair. Nothing is gained above `ceiling`, what the
    pairs outside the network score at worst.
    """
    ceiling = int(points[face.settled].min(initial=ceiling))
    part = free_part(face)
    ceiling = min(ceiling, _best_at_every_source(part, points[face.free]))
    free_points = np.minimum(points[face.free], ceiling)
    low = int(free_points[face.flow[face.free] > 0].min(initial=ceiling))
    steps = np.unique(free_points[free_points > low])
    below, above, tried = -1, len(steps), len(steps) - 1
    while above - below > 1:
        flow = feasible(part, free_points >= steps[tried])
        if flow is None:
            above = tried
        else:
            face, reached = face.with_flow(flow), int(free_points[flow > 0].min(initial=ceiling))
            below = int(np.searchsorted(steps, reached))
        tried = (below + above) // 2
    return face.settle(free_points >= (steps[below] if below >= 0 else low))


def _best_at_every_source(part: Part, points: Ints) -> int:
    """Bound the worst pair: whoever must send something on sends it along its best arc at most."""
    best = np.zeros(len(part.supply), dtype=np.int64)
    np.maximum.at(best, part.tail, points)
    return int(best[part.supply > 0].min(initial=TOP_POINTS))
