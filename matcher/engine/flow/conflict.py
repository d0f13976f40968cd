"""Which schools share too few mentors? The smallest groups, shrunk until no school can leave them.

A group of schools that ask more places than all their possible mentors can fill together is a violation of
Hall's condition (Hall 1935), here with capacities and company limits.
"""

from __future__ import annotations

import numpy as np

from matcher.engine.calls import Flags, Ints
from matcher.engine.flow.network import SINK, build_network, fill_places
from matcher.engine.flow.problem import Problem, only


def shortage_groups(problem: Problem) -> list[Ints]:
    """Give groups of schools (numbers) without a school in common, each asking more than can be filled.

    What a group lacks is counted beside the groups before it, whose mentors are not free for it: together they lack
    as many as all schools. In a group no school can be left out: the others could then all be served.
    """
    groups: list[Ints] = []
    used, left = np.zeros(0, dtype=np.int64), np.arange(len(problem.demand))
    while lacking(problem, left, used):
        group = _shrink(problem, left, used)
        groups.append(group)
        left = np.setdiff1d(left, group)
        used = np.concatenate((used, group))
    return groups


def lacking(problem: Problem, schools: Ints, used: Ints) -> int:
    """Count the places of schools that stay empty when `used` are served as well, theirs aside."""
    both = missing(problem, np.concatenate((used, schools)))
    return both - missing(problem, used) if len(used) else both


def missing(problem: Problem, schools: Ints) -> int:
    """Count the places that stay empty when these schools alone are served, all required pairs kept."""
    network = build_network(only(problem, np.isin(problem.school, schools) | problem.required))
    face = fill_places(network)
    places = slice(0, len(network.place))
    inside = np.isin(network.head[places] - network.first_school, schools)
    return int(inside.sum()) - int(face.flow[places][inside].sum())


def _shrink(problem: Problem, schools: Ints, used: Ints) -> Ints:
    """Leave out halves, quarters, ... and at last single schools for as long as a place stays empty."""
    kept = schools
    size = max(1, len(kept) // 2)
    while True:
        changed = False
        for start in range(0, len(kept), size):
            rest = np.delete(kept, slice(start, start + size))
            if len(rest) and lacking(problem, rest, used):
                kept, changed = rest, True
                break
        if not changed:
            if size == 1:
                return kept
            size = max(1, size // 2)


def with_a_way_out(problem: Problem) -> Flags:
    """Flag the mentors who could take one more school if others moved, as far as room goes: others help nobody more.

    Who they are is the same for every way to fill the most places.
    """
    network = build_network(problem)
    face = fill_places(network)
    ahead, back = face.flow < face.capacity, face.flow > 0
    tail = np.concatenate((face.tail[ahead], face.head[back]))
    head = np.concatenate((face.head[ahead], face.tail[back]))
    out = np.zeros(face.nodes, dtype=np.bool_)
    out[SINK] = True
    while (grown := tail[out[head] & ~out[tail]]).size:
        out[grown] = True
    first = network.first_school + len(problem.demand)
    return out[first : first + len(problem.capacity)]
