"""How are all goals reached exactly when the rules are a network? One flow a goal, on the optimal face.

source -> school (an arc a place) -> (school, company) where it matters -> mentor -> company -> sink

A mentor who can have several schools has two arcs to the company: one for a first school, one for further ones.

On a rerun the new pairs of a school that a mentor left pass a node before that: see `matcher.engine.flow.changes`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

from matcher.engine.calls import Ints
from matcher.engine.flow.changes import Charges, charges
from matcher.engine.flow.optimal_face import EngineError, Face, cheapest, optimal_face
from matcher.engine.flow.problem import MAX_PLACES, TOP_POINTS, Problem
from matcher.engine.flow.worst_pair import raise_worst_pair

SOURCE, SINK = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The arcs of a problem.

    First come the schools' places, with `place` (places) counting those of a school from 0; then the pairs
    that are still open, with their numbers in `pairs`; then `groups` groups, the mentors, once more the `again`
    mentors (numbers) for schools beyond a first, the `companies` companies, and two arcs for each of the `fresh`
    schools where some new pairs are no change and others are. `first_school` is the node of school 0. `change` and
    `stranded` are what an arc costs on these goals; `colleagues` are arcs charged in full that might be free,
    `rivals` the pairs (numbers) whose colleagues they are.
    """

    nodes: int
    tail: Ints
    head: Ints
    capacity: Ints
    place: Ints
    pairs: Ints
    groups: int
    again: Ints
    fresh: int
    change: Ints
    stranded: Ints
    colleagues: Ints
    rivals: Ints
    companies: int
    first_school: int = 2

    @property
    def pair_arcs(self) -> slice:
        """The arcs that are pairs."""
        return slice(len(self.place), len(self.place) + len(self.pairs))

    @property
    def group_arcs(self) -> slice:
        """The arcs into the (school, company) groups."""
        return slice(self.pair_arcs.stop, self.pair_arcs.stop + self.groups)

    @property
    def again_arcs(self) -> slice:
        """The arcs by which mentors take schools beyond the first."""
        return slice(self.company_arcs.start - len(self.again), self.company_arcs.start)

    @property
    def mentor_arcs(self) -> slice:
        """The arcs by which mentors take a first school, or any where it makes no difference."""
        return slice(self.group_arcs.stop, self.again_arcs.start)

    @property
    def company_arcs(self) -> slice:
        """The arcs from companies to the sink."""
        return slice(len(self.tail) - 2 * self.fresh - self.companies, len(self.tail) - 2 * self.fresh)

    def costs(self, per_pair: Ints) -> Ints:
        """Spread a cost per possible pair over the arcs."""
        cost = np.zeros(len(self.tail), dtype=np.int64)
        cost[self.pair_arcs] = per_pair[self.pairs]
        return cost


def build_network(problem: Problem) -> Network:
    """Lay the arcs. Required pairs are taken out beforehand, with the room that they use."""
    left = _without_required(problem)
    schools, mentors = len(left.demand), len(left.capacity)
    place_school, place = _places(left)
    school_node, mentor_node, company_node = 2, 2 + schools, 2 + schools + mentors
    group_node = company_node + len(left.limit)
    group, groups = _company_groups(problem, left)
    fresh_node = group_node + groups
    charge = charges(problem, left.demand, left.pairs, group)
    school_of_pair = _tails(problem, left.pairs, charge, (school_node, fresh_node))
    tail_of_pair = np.where(group >= 0, group_node + group, school_of_pair)
    _, one_of_group = np.unique(np.where(group >= 0, group, groups), return_index=True)
    fresh = fresh_node + np.arange(len(charge.schools))
    again, onward = _onward(problem, left, (mentor_node, company_node))
    parts = (
        (np.full(len(place), SOURCE), school_node + place_school, np.ones(len(place), dtype=np.int64)),
        (tail_of_pair, mentor_node + problem.mentor[left.pairs], np.ones_like(left.pairs)),
        (school_of_pair[one_of_group[:groups]], group_node + np.arange(groups), np.ones(groups, dtype=np.int64)),
        *onward,
        (school_node + charge.schools, fresh, charge.room),
        (school_node + charge.schools, fresh, left.demand[charge.schools]),
    )
    tail, head, capacity = (np.concatenate([part[column] for part in parts]) for column in range(3))
    return Network(
        nodes=fresh_node + len(fresh),
        tail=tail,
        head=head,
        capacity=capacity,
        place=place,
        pairs=left.pairs,
        groups=groups,
        again=again,
        companies=len(onward[-1][0]),
        fresh=len(fresh),
        change=_change_costs(charge, len(place), len(tail)),
        stranded=_stranded_costs(problem, place, place_school, len(tail)),
        colleagues=len(place) + np.nonzero(charge.colleague)[0],
        rivals=charge.rivals,
    )


def _places(left: _Left) -> tuple[Ints, Ints]:
    """Give the school of each open place, and the place's number there."""
    school = np.repeat(np.arange(len(left.demand)), left.demand)
    first = np.cumsum(left.demand) - left.demand
    return school, np.arange(len(school)) - first[school] + left.taken[school]


def _stranded_costs(problem: Problem, place: Ints, school: Ints, arcs: int) -> Ints:
    cost = np.zeros(arcs, dtype=np.int64)
    cost[: len(place)] = -((place == 0) & problem.had[school]).astype(np.int64)
    return cost


def _tails(problem: Problem, pairs: Ints, charge: Charges, nodes: tuple[int, int]) -> Ints:
    """Give the node that each open pair leaves, groups aside: its school's, or the one for new pairs there."""
    school_node, fresh_node = nodes
    tail = school_node + problem.school[pairs]
    through = problem.school[pairs[charge.through]]
    tail[charge.through] = fresh_node + np.searchsorted(charge.schools, through)
    return tail


def _change_costs(charge: Charges, places: int, arcs: int) -> Ints:
    cost = np.zeros(arcs, dtype=np.int64)
    cost[places : places + len(charge.pair)] = charge.pair
    cost[arcs - len(charge.schools) :] = 1
    return cost


@dataclass(frozen=True, slots=True, eq=False)
class _Left:
    """What is left once required pairs are taken: places, room, and the pairs that are still open."""

    demand: Ints
    capacity: Ints
    limit: Ints
    taken: Ints
    pairs: Ints


def _without_required(problem: Problem) -> _Left:
    mentor, school = problem.mentor[problem.required], problem.school[problem.required]
    taken = np.bincount(school, minlength=len(problem.demand))
    limit = problem.company_limit - np.bincount(problem.company[mentor], minlength=len(problem.company_limit))
    capacity = problem.capacity - np.bincount(mentor, minlength=len(problem.capacity))
    is_open = ~problem.required
    if len(mentor):
        companies = len(problem.company_limit)
        closed = school * companies + problem.company[mentor]
        is_open &= ~np.isin(problem.school * companies + problem.company[problem.mentor], closed)
    pairs = np.nonzero(is_open)[0]
    return _Left(problem.demand - taken, capacity, limit, taken, pairs)


def _onward(problem: Problem, left: _Left, nodes: tuple[int, int]) -> tuple[Ints, tuple[tuple[Ints, Ints, Ints], ...]]:
    """Lay the arcs from the mentors on, tails, heads and capacities; give also who can have schools beyond a first."""
    mentor_node, company_node = nodes
    again, room, more = _rooms(problem, left)
    used = np.unique(problem.company)
    return again, (
        (mentor_node + np.arange(len(room)), company_node + problem.company, room),
        (mentor_node + again, company_node + problem.company[again], more),
        (company_node + used, np.full(len(used), SINK), left.limit[used]),
    )


def _rooms(problem: Problem, left: _Left) -> tuple[Ints, Ints, Ints]:
    """Give the mentors who can have schools beyond a first, everybody's other room, and theirs for those schools."""
    taken = problem.capacity - left.capacity
    beyond = left.capacity - (taken == 0) if "spread" in problem.goals else np.zeros_like(left.capacity)
    again = np.nonzero(beyond > 0)[0]
    return again, left.capacity - np.maximum(beyond, 0), beyond[again]


def _company_groups(problem: Problem, left: _Left) -> tuple[Ints, int]:
    """Give each open pair its (school, company) group, -1 where none binds, and the number of groups."""
    school, company = problem.school[left.pairs], problem.company[problem.mentor[left.pairs]]
    group = np.full(len(school), -1, dtype=np.int64)
    several = np.nonzero(left.demand[school] > 1)[0]
    key = school[several] * len(problem.company_limit) + company[several]
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    binding = count > 1
    number = np.cumsum(binding) - 1
    member = binding[inverse]
    group[several[member]] = number[inverse[member]]
    return group, int(binding.sum())


def fill_places(network: Network) -> Face:
    """Fill the most places, first places before second ones, and give the face of all ways to do so."""
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(network.tail.astype(np.int32), network.head.astype(np.int32), network.capacity)
    if solver.solve(SOURCE, SINK) != solver.OPTIMAL:
        raise EngineError("max flow did not finish")
    arcs = np.arange(len(network.tail))
    flow = solver.flows(arcs.astype(np.int32))
    short = np.zeros(network.nodes, dtype=np.bool_)
    short[solver.get_source_side_min_cut()] = True
    # Every flow with this total fills the arcs that leave the short side and leaves empty those that enter it.
    free = arcs[short[network.tail] == short[network.head]]
    face = Face(network.nodes, network.tail, network.head, network.capacity, flow, free)
    if solver.optimal_flow() == len(network.place):
        return face
    return _prefer_first_places(network, face, free[short[network.tail[free]]])


def _prefer_first_places(network: Network, face: Face, short_side: Ints) -> Face:
    """Fill first places before second ones; places are open on the short side of the cut alone.

    The sets of places that can be filled together form a matroid (a gammoid), so that any falling weights
    give the same best sets, and a most-filled one among them.
    """
    cost = np.zeros(len(network.tail), dtype=np.int64)
    cost[: len(network.place)] = network.place - MAX_PLACES
    part = replace(face, free=short_side)
    best = optimal_face(cheapest(part, cost), cost)
    free = np.zeros(len(network.tail), dtype=np.bool_)
    free[face.free] = True
    free[short_side] = False
    free[best.free] = True
    return replace(best, free=np.nonzero(free)[0])


def reach(name: str, problem: Problem, network: Network, face: Face) -> Face:
    """Reach one goal on a face, and give the face of all ways to reach it."""
    if name == "worst_pair":
        outside = int(problem.points[problem.required].min(initial=TOP_POINTS))
        points = np.full(len(network.tail), TOP_POINTS, dtype=np.int64)
        points[network.pair_arcs] = problem.points[network.pairs]
        return raise_worst_pair(face, points, outside)
    cost = arc_cost(problem, network, name)
    better = cheapest(face, cost)
    return better if name == "tie" else optimal_face(better, cost)


def arc_cost(problem: Problem, network: Network, name: str) -> Ints:
    """Give what each arc costs on a goal that adds up; less is better."""
    if name == "changes":
        return network.change
    if name == "spread":
        cost = np.zeros(len(network.tail), dtype=np.int64)
        cost[network.again_arcs] = 1
        return cost
    return network.stranded if name == "stranded" else network.costs(_pair_cost(problem, name))


def _pair_cost(problem: Problem, name: str) -> Ints:
    if name == "reserves_used":
        return problem.reserve[problem.mentor].astype(np.int64)
    if name == "points":
        return -problem.points
    return problem.minutes if name == "travel_minutes" else problem.tie
