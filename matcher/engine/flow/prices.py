"""What does the best plan lose when a pair must be in it? Exact, for every possible pair at once.

Forcing a pair sends one unit around a cycle of the residual network: the best plan with the pair is the present
one changed along the shortest such cycle, where length counts all goals in order (Ahuja, Magnanti and Orlin,
Network Flows, 1993, chapter 9). The worst pair is no sum: see `let_in`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.forced_pair import best_with
from matcher.engine.flow.packing import pack
from matcher.engine.flow.problem import Problem
from matcher.engine.flow.worst_pair_prices import Plan, Sweep

IMPOSSIBLE = -1
"""Stands in `moves` for a pair that no plan can hold together with the required ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """For some possible pairs (k), the goals' values of the best plan with each.

    `pairs` (k) are their numbers; `values` (k x goals) has a column for every name in `names`, with one
    for each place level (`places_filled.0`, ...); `moves` (k) counts the pairs of the present plan that
    go, -1 where no plan can hold the pair (its values are then those of the present plan).
    """

    pairs: Ints
    names: tuple[str, ...]
    values: Ints
    moves: Ints


def price_pairs(problem: Problem, chosen: Flags, pairs: Ints) -> Prices:
    """Price possible pairs (numbers) against `chosen`, the best plan of the problem, which must be a network."""
    packing = pack(problem, chosen)
    changes = np.zeros((len(pairs), len(packing.digits)), dtype=np.int64)
    worst = np.full(len(pairs), packing.worst)
    anew = ~chosen[pairs]
    if packing.fits:
        arcs = packing.arcs_of(pairs, problem.pairs)
        asked = np.flatnonzero((arcs >= 0) & (packing.flow[arcs] == 0))
        if len(asked):
            sweep = Sweep(Plan(problem, chosen, packing), arcs[asked], packing.flow, packing.worst)
            sweep.run()
            sweep.from_above()
            done = asked[sweep.settled]
            changes[done], worst[done], anew[done] = sweep.changes[sweep.settled], sweep.worst[sweep.settled], False
    values, moves = packing.values(changes, worst), changes[:, -1].copy()
    for place in np.flatnonzero(anew).tolist():
        found = best_with(problem, chosen, int(pairs[place]))
        if found is None:
            moves[place] = IMPOSSIBLE
        else:
            values[place], moves[place] = found
    return Prices(pairs, packing.names, values, moves)
