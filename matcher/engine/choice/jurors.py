"""Which juror reads which school? Every school enough jurors, nobody with a tie, the work shared evenly: a flow.

source -> school -> juror -> sink; a second arc into the sink is dearer than the first, so that sums of squares
are reached exactly. What no juror can fill goes past all jurors. One goal after the other on the optimal face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.engine.calls import Ints
from matcher.engine.flow.optimal_face import Face, cheapest, optimal_face

SOURCE, SINK, FIRST_SCHOOL = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Sharing:
    """The chosen (school, juror) numbers in order, and the goals' values, each best given those before.

    `missing` readings that no juror can do; `missing_squares` the sum over schools of the square of what it
    misses; `load_squares` the sum over jurors of the square of their schools.
    """

    pairs: tuple[tuple[int, int], ...]
    missing: int
    missing_squares: int
    load_squares: int


def share_jurors(
    allowed: Sequence[tuple[int, int, int]], schools: int, jurors: int, readings: int, most: int
) -> Sharing:
    """Give every school `readings` jurors, nobody more than `most` schools.

    `allowed` holds (school, juror, draw), the pairs without a tie; the draw decides between equals. In order:
    fewest missing readings, missing spread thin over the schools, work spread evenly over the jurors, lowest
    sum of draws.
    """
    first_juror = FIRST_SCHOOL + schools
    pairs = np.array([(school, juror) for school, juror, _ in allowed], dtype=np.int64).reshape(len(allowed), 2)
    miss_school, miss_rank = _grid(schools, readings)
    load_juror, load_rank = _grid(jurors, most)
    ones = np.ones(len(pairs), dtype=np.int64)
    parts = (
        (np.full(schools, SOURCE), FIRST_SCHOOL + np.arange(schools), np.full(schools, readings)),
        (FIRST_SCHOOL + pairs[:, 0], first_juror + pairs[:, 1], ones),
        (FIRST_SCHOOL + miss_school, np.full(len(miss_school), SINK), np.ones(len(miss_school), dtype=np.int64)),
        (first_juror + load_juror, np.full(len(load_juror), SINK), np.ones(len(load_juror), dtype=np.int64)),
    )
    tail, head, capacity = (np.concatenate([part[column] for part in parts]) for column in range(3))
    pair_arcs = slice(schools, schools + len(pairs))
    miss_arcs = slice(pair_arcs.stop, pair_arcs.stop + len(miss_school))
    load_arcs = slice(miss_arcs.stop, len(tail))
    flow = np.zeros(len(tail), dtype=np.int64)
    flow[:schools], flow[miss_arcs] = readings, 1
    face = Face(first_juror + jurors, tail, head, capacity, flow, np.arange(len(tail)))
    draws = np.array([one[2] for one in allowed], dtype=np.int64)
    goals = (
        (miss_arcs, np.ones(len(miss_school), dtype=np.int64)),
        (miss_arcs, 2 * miss_rank + 1),
        (load_arcs, 2 * load_rank + 1),
    )
    for arcs, part in goals:
        cost = np.zeros(len(tail), dtype=np.int64)
        cost[arcs] = part
        face = optimal_face(cheapest(face, cost), cost)
    cost = np.zeros(len(tail), dtype=np.int64)
    cost[pair_arcs] = draws
    return _read(cheapest(face, cost).flow[pair_arcs], pairs, (schools, jurors, readings))


def _grid(count: int, each: int) -> tuple[Ints, Ints]:
    """Give the owner and the rank of every arc, for `count` owners with `each` arcs."""
    return np.repeat(np.arange(count), each), np.tile(np.arange(each), count)


def _read(flow: Ints, pairs: Ints, sizes: tuple[int, int, int]) -> Sharing:
    schools, jurors, readings = sizes
    chosen = pairs[flow > 0]
    missing = readings - np.bincount(chosen[:, 0], minlength=schools)
    load = np.bincount(chosen[:, 1], minlength=jurors)
    found = tuple(sorted((int(school), int(juror)) for school, juror in chosen))
    return Sharing(found, int(missing.sum()), int((missing**2).sum()), int((load**2).sum()))
