"""With which prices can anyone check by addition that no plan has more points? The duals of the network.

A price for every place, mentor, company and (school, company) group, such that no possible pair is worth more
than the prices it passes, while together they are worth exactly the plan (LP duality; integral because the rules are
a network). Goals before the points enter as premiums so large that no plan that does worse on them can win.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import SINK, SOURCE, Network, arc_cost, build_network
from matcher.engine.flow.optimal_face import EngineError, Part, potentials
from matcher.engine.flow.packing import flow_of
from matcher.engine.flow.problem import TOP_POINTS, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Duals:
    """Prices in points; `open_pairs` are the pair numbers they speak of, those with at least `floor` points.

    `worth` (open pairs) a pair's points with premiums; `place_premium` (levels) for a first, second, third
    place, `school_premium` (n) on top for a first place; `school` (n) what a school can pay, may be negative; `mentor`
    (m) and `company` (c) prices per school taken; `again` (m) a mentor's price of each school beyond the first, where a
    second school is worse than a first; `group` (open pairs) the price of the pair's (school, company) group
    and of being new at its school, `groups` their sum; `extra` (open pairs) a price of the pair itself, mostly 0.
    `total` is the sum of all prices times what there is of each; `place_premiums` and `pair_premiums` are what the
    plan gets of premiums.
    """

    open_pairs: Ints
    floor: int
    worth: Ints
    place_premium: tuple[int, ...]
    school_premium: Ints
    place_premiums: int
    pair_premiums: int
    school: Ints
    mentor: Ints
    mentor_room: Ints
    again: Ints
    again_room: Ints
    company: Ints
    company_room: Ints
    places: Ints
    first_place: Ints
    group: Ints
    groups: int
    extra: Ints
    total: int


def duals(problem: Problem, chosen: Flags) -> Duals:
    """Price places, mentors and companies so that they prove `chosen` best on the points.

    `chosen` must be the best plan of the problem, a network. Raises EngineError where the sums do not close.
    """
    network = build_network(problem)
    flow = flow_of(problem, network, chosen)
    before = problem.goals[: problem.goals.index("points")]
    premium = _premiums(problem, network, chosen, before)
    summed = [name for name in before if premium.get(name)]
    cost = network.costs(-problem.points) + sum(premium[name] * arc_cost(problem, network, name) for name in summed)
    floor = int(problem.points[chosen].min(initial=TOP_POINTS)) if "worst_pair" in before else 0
    place_premium = tuple(premium[f"place {place}"] for place in range(int(problem.demand.max(initial=1))))
    cost[: len(network.place)] -= np.array(place_premium, dtype=np.int64)[network.place]
    usable = np.ones(len(network.tail), dtype=np.bool_)
    usable[network.pair_arcs] = problem.points[network.pairs] >= floor
    value = _node_values(network, flow, cost, usable)
    head = np.where(network.head == SINK, SOURCE, network.head)
    price = np.maximum(-cost - (value[network.tail] - value[head]), 0)
    on_places = -int((cost * flow)[: len(network.place)].sum())
    worth = -cost[network.pair_arcs]
    points = int(problem.points[network.pairs[flow[network.pair_arcs] > 0]].sum())
    rest = -int((cost * flow).sum()) - on_places - points
    stranded = premium.get("stranded", 0) * problem.had.astype(np.int64)
    told = _Premiums(worth, floor, place_premium, stranded, on_places, rest)
    found = _by_kind(problem, network, usable, (price, value), told)
    if found.total != int(-(cost * flow).sum()):
        raise EngineError("the certificate's sums do not close")
    return found


def _premiums(problem: Problem, network: Network, chosen: Flags, before: tuple[str, ...]) -> dict[str, int]:
    """Make each goal before the points outweigh all that come after it."""
    pairs = int(chosen.sum()) + 2
    weight: dict[str, int] = {}
    unit = 2 * pairs * TOP_POINTS + 1
    for name in reversed([one for one in before if one != "worst_pair"]):
        largest = int(np.abs(arc_cost(problem, network, name)).max(initial=0))
        if not largest:
            continue
        weight[name] = unit
        most = min(pairs, int(problem.reserve @ problem.capacity)) if name == "reserves_used" else pairs
        # A change may be a pair that goes and one that comes.
        unit *= (4 if name == "changes" else 2) * most * largest + 1
    for place in range(int(problem.demand.max(initial=1)) - 1, -1, -1):
        weight[f"place {place}"] = unit
        unit *= 3
    return weight


def _node_values(network: Network, flow: Ints, cost: Ints, usable: Flags) -> Ints:
    """Give node potentials of the closed network on the usable arcs, 0 outside."""
    arcs = np.nonzero(usable)[0]
    head = np.where(network.head == SINK, SOURCE, network.head)
    nothing = np.zeros(network.nodes, dtype=np.int64)
    part = Part(network.tail[arcs], head[arcs], network.capacity[arcs], flow[arcs], nothing)
    value = potentials(part, cost[arcs])
    shifted: Ints = value - value[SOURCE]
    return shifted


@dataclass(frozen=True, slots=True, eq=False)
class _Premiums:
    """What the goals before the points add to a pair and a place, and which pairs they leave."""

    worth: Ints
    floor: int
    place: tuple[int, ...]
    school: Ints
    on_places: int
    on_pairs: int


def _group_prices(network: Network, groups: slice, fresh: slice, price: Ints) -> Ints:
    """Give what a pair pays at each node between its school and itself: of its group, and for being new there."""
    for_nothing = slice(fresh.start, fresh.start + network.fresh)
    new = np.zeros(network.nodes, dtype=np.int64)
    new[network.head[for_nothing]] = price[for_nothing]
    found = new.copy()
    found[network.head[groups]] = price[groups] + new[network.tail[groups]]
    return found


def _by_kind(problem: Problem, network: Network, usable: Flags, prices: tuple[Ints, Ints], premium: _Premiums) -> Duals:
    price, value = prices
    schools, mentors = len(problem.demand), len(problem.capacity)
    group_arcs, company_arcs = network.group_arcs, network.company_arcs
    fresh_arcs = slice(len(network.tail) - 2 * network.fresh, len(network.tail))
    group_price = _group_prices(network, group_arcs, fresh_arcs, price)
    inside = np.nonzero(usable[network.pair_arcs])[0]
    company = np.zeros(len(problem.company_limit), dtype=np.int64)
    company_room = np.zeros_like(company)
    used = network.tail[company_arcs] - (network.first_school + schools + mentors)
    company[used], company_room[used] = price[company_arcs], network.capacity[company_arcs]
    places = np.bincount(network.head[: len(network.place)] - network.first_school, minlength=schools)
    first_place = np.zeros(schools, dtype=np.int64)
    np.add.at(first_place, problem.school[problem.required], 1)
    closed = price * network.capacity
    closed[network.pair_arcs][~usable[network.pair_arcs]] = 0
    return Duals(
        open_pairs=network.pairs[inside],
        floor=premium.floor,
        worth=premium.worth[inside],
        place_premium=premium.place,
        school_premium=premium.school,
        place_premiums=premium.on_places,
        pair_premiums=premium.on_pairs,
        school=value[network.first_school : network.first_school + schools],
        mentor=price[network.mentor_arcs],
        mentor_room=network.capacity[network.mentor_arcs],
        again=_of_all(price, network, mentors),
        again_room=_of_all(network.capacity, network, mentors),
        company=company,
        company_room=company_room,
        places=places,
        first_place=first_place,
        group=group_price[network.tail[network.pair_arcs][inside]],
        groups=int(price[group_arcs].sum() + closed[fresh_arcs].sum()),
        extra=price[network.pair_arcs][inside],
        total=int(closed.sum()),
    )


def _of_all(per_arc: Ints, network: Network, mentors: int) -> Ints:
    """Give a number of the arcs for further schools for every mentor, 0 where there is none."""
    found = np.zeros(mentors, dtype=np.int64)
    found[network.again] = per_arc[network.again_arcs]
    return found
