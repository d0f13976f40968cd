"""What is the least that must be asked so that a group of schools gets one mentor more, and no other school fewer?

One flow of least cost: what is possible already is free, what may be asked costs its effort, and a required pair earns
its effort back for as long as it is kept. A chain of asks that passes schools outside the group is then found like
any other, for a flow of this value is the plan there is and one path of least effort (Ahuja, Magnanti and Orlin,
Network Flows, 1993, section 9.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.engine.calls import Flags, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Askable:
    """A round of `n` schools, `m` mentors and `c` companies, with what may be asked.

    `demand` (n) places; `company` (m). Pairs (arrays of one length): `school`, `mentor`, `effort` to make them
    possible, 0 where they are; of `required` ones it is the effort of letting them go. `room` (m) schools a mentor,
    which takes `room_effort` (m), 0 where it is there; `more_effort` (m) for one more; `limit` (c) schools a company,
    and `limit_effort` (c) for one more. What can't be asked has an effort of -1.
    """

    demand: Ints
    company: Ints
    school: Ints
    mentor: Ints
    effort: Ints
    required: Flags
    room: Ints
    room_effort: Ints
    more_effort: Ints
    limit: Ints
    limit_effort: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked: pair numbers to make possible or, where required, to let go; mentors; companies."""

    effort: int
    pairs: Ints
    rooms: Ints
    more: Ints
    limits: Ints


def cheapest_asks(askable: Askable, group: Ints, beside: Ints, now: tuple[int, int, int]) -> Asked | None:
    """Give what to ask, None where nothing helps.

    `group` and `beside` hold school numbers. `now` is how many places a best plan fills in the group, at the schools
    beside it, and at all others.
    """
    others = np.setdiff1d(np.arange(len(askable.demand)), np.concatenate((group, beside)))
    free = _solved(askable, ((group, now[0]), (beside, now[1]), (others, now[2])), None)
    if free is None:
        return None
    outside = free.got.copy()
    outside[group] = 0
    found = _solved(askable, ((group, now[0] + 1),), outside)
    if found is None:
        return None
    return Asked(
        found.effort,
        np.nonzero(np.where(askable.required, found.pair == 0, (found.pair > 0) & (askable.effort > 0)))[0],
        np.nonzero((found.room > 0) & (askable.room_effort > 0))[0],
        np.nonzero(found.more)[0],
        np.nonzero(found.limit)[0],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Flow:
    effort: int
    got: Ints
    pair: Ints
    room: Ints
    more: Ints
    limit: Ints


def _solved(askable: Askable, sides: Sequence[tuple[Ints, int]], outside: Ints | None) -> _Flow | None:
    """Send so many places into each side, a group of schools; `outside` into each school on none.

    Where that is None every school is on a side, and nothing is asked. None where it can't be done.
    """
    schools, may_ask = len(askable.demand), outside is not None
    parts, sink = _arcs(askable, may_ask=may_ask)
    supply = np.zeros(sink + 1 + len(sides), dtype=np.int64)
    if outside is not None:
        supply[:schools] = outside
    for node, (rows, places) in enumerate(sides, start=sink + 1):
        parts += [(np.full(len(rows), node), rows, askable.demand[rows], np.zeros_like(rows))]
        supply[node] = places
    supply[sink] = -supply.sum()
    flows = _least(parts, supply)
    if flows is None:
        return None
    ends = np.cumsum([len(part[0]) for part in parts])[:-1]
    pair, _, room, more, _, limit, *_ = np.split(flows, ends)
    got = np.bincount(askable.school, pair, schools).astype(np.int64)
    effort = sum(int((part[3] * flow).sum()) for part, flow in zip(parts, np.split(flows, ends), strict=True))
    return _Flow(effort + int(askable.effort[askable.required].sum()), got, pair, room, more, limit)


def _arcs(askable: Askable, *, may_ask: bool) -> tuple[list[tuple[Ints, Ints, Ints, Ints]], int]:
    """Lay the arcs from the schools on, tails, heads, capacities and costs; give also the sink.

    pairs, visits (a company once at a school), room, one more of a mentor, company limits, one more of a company
    """
    schools, mentors, companies = len(askable.demand), len(askable.company), len(askable.limit)
    visit, visits = np.unique(askable.school * companies + askable.company[askable.mentor], return_inverse=True)
    first_visit, first_mentor = schools, schools + len(visit)
    company, sink = first_mentor + mentors + np.arange(companies), first_mentor + mentors + companies
    from_mentor, to_company = first_mentor + np.arange(mentors), company[askable.company]
    to_sink, none = np.full(companies, sink), np.zeros_like
    costs_pair = np.where(askable.required, -askable.effort, askable.effort)
    parts = [
        (first_visit + visits, first_mentor + askable.mentor, askable.required | (askable.effort == 0), costs_pair),
        (visit // companies, first_visit + np.arange(len(visit)), np.ones_like(visit), none(visit)),
        (from_mentor, to_company, askable.room * (askable.room_effort == 0), askable.room_effort),
        (from_mentor, to_company, none(from_mentor), askable.more_effort),
        (company, to_sink, askable.limit, none(company)),
        (company, to_sink, none(company), askable.limit_effort),
    ]
    if may_ask:
        room = {0: np.ones_like(visits), 2: askable.room, 3: askable.more_effort >= 0, 5: askable.limit_effort >= 0}
        parts = [(*part[:2], room.get(place, part[2]), part[3]) for place, part in enumerate(parts)]
    return [(tail, head, capacity.astype(np.int64), cost) for tail, head, capacity, cost in parts], sink


def _least(parts: list[tuple[Ints, Ints, Ints, Ints]], supply: Ints) -> Ints | None:
    tail, head, capacity, cost = (np.concatenate([part[column] for part in parts]) for column in range(4))
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), capacity, cost)
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    if solver.solve() != solver.OPTIMAL:
        return None
    flows: Ints = solver.flows(arcs)
    return flows
