"""Where and when can the groups of one round meet, and who fits where? A draw of places and moments, then a flow.

Places and moments are taken one after the other: the pair that suits most schools that have least choice so far. Then
every school flows to a group that it can come to, no group below its smallest number. Draws that fail are made again.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from matcher.engine.year.year_problem import NEVER, Arrangement, Ints, YearProblem, are_alike, faults

DRAWS = 12
"""Draws of places and moments; a round that needs more has little room, and is better solved exactly."""

WANTED = 1000
"""What a seat counts that a group needs, beside one that it may have."""


def open_round(given: YearProblem, seed: int = 0) -> Arrangement | None:
    """Give the only round of a year, no rule broken; None where something is fixed in it or no draw was lucky."""
    count = int(given.groups[0])
    fixed = (given.seat_pin >= 0).any() or given.frozen[0, :count].any() or len(given.meet) or len(given.apart)
    if fixed or not are_alike(given.barred[0, :count]) or not are_alike(given.shut[0, :count]):
        return None
    draw = np.random.default_rng(seed)
    for _ in range(DRAWS):
        places = _places(given, draw)
        group = None if places is None else _seats(given, *places)
        if places is not None and group is not None:
            host, moment = np.zeros_like(given.frozen, dtype=np.int64), np.zeros_like(given.frozen, dtype=np.int64)
            host[0, :count], moment[0, :count] = places
            plan = Arrangement(group[None], host, moment)
            if not faults(given, plan):
                return plan
    return None


def _places(given: YearProblem, draw: np.random.Generator) -> tuple[Ints, Ints] | None:
    """Draw a host and a moment (g) for every group; None where there are too few."""
    open_ = (given.day[0] > NEVER) & ~given.shut[0, 0]
    who = given.school_free[0] & given.here[0][:, None] & open_
    own, hosts = given.own, np.arange(given.hosts)
    where = given.host_free[0] & open_ & ((given.times > 0) & ~given.barred[0, 0])[:, None]
    where &= (given.room >= given.low[0])[:, None] & np.where((own >= 0)[:, None], who[own], True)  # noqa: FBT003
    reach = None if given.far is None else ~given.far
    choice = np.zeros(given.schools)
    chosen: list[tuple[int, int]] = []
    for _ in range(int(given.groups[0])):
        need = (1 / (1 + choice) ** 2)[:, None] * who
        value = np.tile(need.sum(axis=0), (given.hosts, 1)) if reach is None else reach.T.astype(float) @ need
        value = np.where(where, value * draw.uniform(0.8, 1, size=value.shape), -1)
        best = int(value.argmax())
        host, moment = divmod(best, value.shape[1])
        if value[host, moment] <= 0:
            return None
        chosen.append((host, moment))
        choice += who[:, moment] if reach is None else who[:, moment] & reach[:, host]
        where[host if own[host] < 0 else own == own[host]] = False
    host, moment = np.array(chosen, dtype=np.int64).T
    return hosts[host], moment


def _seats(given: YearProblem, host: Ints, moment: Ints) -> Ints | None:
    """Give the group of each school (n), -1 where absent; None where they don't fit."""
    here, count = np.nonzero(given.here[0])[0], len(host)
    can = given.school_free[0][np.ix_(here, moment)]
    if given.far is not None:
        can &= ~given.far[np.ix_(here, host)]
    at_home = given.own[host] == here[:, None]
    can &= at_home | ~at_home.any(axis=1)[:, None]
    low = int(given.low[0])
    high = np.minimum(given.room[host], given.high[0])
    if (high < low).any():
        return None
    school, group = np.nonzero(can)
    first, sink = len(here), len(here) + count
    flow = min_cost_flow.SimpleMinCostFlow()
    ends, groups = np.full(count, sink), first + np.arange(count)
    flow.add_arcs_with_capacity_and_unit_cost(school, first + group, np.ones_like(school), np.zeros_like(school))
    flow.add_arcs_with_capacity_and_unit_cost(groups, ends, np.full(count, low), np.full(count, -WANTED))
    flow.add_arcs_with_capacity_and_unit_cost(groups, ends, high - low, np.zeros(count, dtype=np.int64))
    flow.set_nodes_supplies(
        np.arange(sink + 1), np.concatenate((np.ones(first), np.zeros(count), [-first])).astype(int)
    )
    if flow.solve() != flow.OPTIMAL:
        return None
    seats = np.full(given.schools, -1, dtype=np.int64)
    taken = np.asarray(flow.flows(np.arange(len(school)))) > 0
    seats[here[school[taken]]] = group[taken]
    return seats
