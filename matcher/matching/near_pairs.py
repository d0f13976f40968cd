"""Which pairs are possible among tens of thousands, without looking at all of them? Those that travel allows.

Schools that lie together are judged together, beside the mentors who may reach them: by the same criteria and rules as
always, on a small rectangle. What lies beyond everybody's limit on travel is never written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.criteria.near_limit import limit_of
from matcher.domain.errors import InvalidValueError
from matcher.domain.great_circle import EARTH_RADIUS_KM, great_circle_km
from matcher.domain.position import Position
from matcher.domain.road_network import town_cores
from matcher.domain.round import Round
from matcher.domain.travel_reach import reach_km
from matcher.engine.calls import Ints
from matcher.engine.flow.problem import Problem
from matcher.matching.goals import before
from matcher.matching.rules import NETWORK_RULES, Draft, Facts, rules_of
from matcher.matching.setup import kept_of, people_of, problem_of
from matcher.matching.verdicts import Verdicts, judge

Places = Sequence[Position]

BLOCK_DEGREES = 0.4
"""Schools within so many degrees of each other are judged together."""

MOST_SCHOOLS = 256
"""So many schools at most are judged together."""

KM_A_DEGREE = EARTH_RADIUS_KM * np.pi / 180

ARRAYS = ("school", "mentor", "points", "minutes", "required", "tie")
OF_PEOPLE = ("school_places", "mentor_room", "company_limit")


def near_problem(given: Round) -> Problem:
    """Write a round as arrays over its possible pairs, as `problem_of` does, without a table of all pairs.

    Raises InvalidValueError where a rule of its policy is no network.
    """
    if not all(rule.network for rule in rules_of(given)):
        raise InvalidValueError("Met deze bijkomende regels kan een zo grote ronde niet berekend worden.")
    none = np.zeros((0, 0), dtype=np.int16)
    facts = Facts(given, Verdicts((), none, none, none.astype(np.uint16)))
    draft, earlier = _people(facts), before(facts)
    parts = [_judged(given, rows, columns) for rows, columns in _blocks(facts)]
    arrays: dict[str, Any] = {
        name: np.concatenate([np.zeros(0, np.int64), *(part[name] for part in parts)]) for name in ARRAYS
    }
    order = np.lexsort((arrays["mentor"], arrays["school"]))
    arrays = {name: one[order].astype(np.bool_ if name == "required" else np.int64) for name, one in arrays.items()}
    kept = kept_of(facts, earlier, arrays["school"], arrays["mentor"])
    return Problem(**people_of(draft, earlier), **arrays, kept=kept, goals=given.policy.goals[1:])


def _people(facts: Facts) -> Draft:
    """Let the rules about schools, mentors and companies by themselves write what they ask."""
    schools, mentors = len(facts.given.schools), len(facts.given.mentors)
    nothing, many = np.zeros((0, 0), dtype=np.bool_), np.full(mentors, schools, dtype=np.int64)
    draft = Draft(facts, nothing, nothing, np.ones(schools, np.int64), many, np.arange(mentors), many.copy())
    for rule in NETWORK_RULES:
        if rule.key in OF_PEOPLE:
            rule.enforce(draft)
    return draft


def _judged(given: Round, rows: Ints, columns: Ints) -> dict[str, Ints]:
    """Give the possible pairs of some schools with some mentors, in the numbers of the whole round."""
    schools, mentors = ([some[one] for one in of] for some, of in ((given.schools, rows), (given.mentors, columns)))
    inside, present = {one.id for one in schools}, {one.id for one in mentors}
    part = replace(
        given,
        schools=tuple(schools),
        mentors=tuple(mentors),
        locks=tuple(one for one in given.locks if one.school in inside and one.mentor in present),
        previous=None,
        withdrawn={one: why for one, why in given.withdrawn.items() if one in present},
        # Who stands in on this rerun is known of the whole round alone.
        activated=tuple(one.id for one in mentors if given.helps(one)),
        resting=(),
    )
    found = problem_of(Facts(part, judge(part)), NETWORK_RULES)
    arrays = {name: getattr(found, name) for name in ARRAYS}
    return arrays | {"school": rows[found.school], "mentor": columns[found.mentor]}


@dataclass(frozen=True, slots=True, eq=False)
class _Mentors:
    """Those who may help, from south to north: their numbers, places (on a globe of radius 1) and reach (km)."""

    column: Ints
    globe: NDArray[np.float64]
    latitude: NDArray[np.float64]
    reach: NDArray[np.float64]


def _blocks(facts: Facts) -> Iterator[tuple[Ints, Ints]]:
    """Yield schools that lie together, and the mentors who may reach some of them or have an agreement there."""
    given = facts.given
    places = _cores([one.position for one in given.schools])
    mentors = _who_may_help(given)
    agreed: dict[int, set[int]] = {}
    for lock in given.locks:
        if lock.kind == "required" or lock.override:
            agreed.setdefault(facts.row[lock.school], set()).add(facts.column[lock.mentor])
    for rows in _together(places):
        extra = [column for row in rows.tolist() for column in agreed.get(row, ())]
        near = _near([places[row] for row in rows.tolist()], mentors)
        yield rows, np.unique(np.concatenate((near, np.array(extra, dtype=np.int64))))


def _cores(places: Places) -> Places:
    """Give where travel is counted from."""
    cores = town_cores()
    return [cores.get(one, one) for one in places]


def _who_may_help(given: Round) -> _Mentors:
    column = np.array([place for place, one in enumerate(given.mentors) if given.helps(one)], dtype=np.int64)
    chosen = [given.mentors[one] for one in column.tolist()]
    places = _cores([one.position for one in chosen])
    latitude = np.array([one.latitude for one in places], dtype=np.float64)
    reach = reach_km(np.array([limit_of(given, one) for one in chosen], dtype=np.int64), given.policy)
    if given.roads is not None:
        reach = np.full_like(reach, 2 * np.pi * EARTH_RADIUS_KM)  # a server's minutes have no bound that we know
    order = np.argsort(latitude, kind="stable")
    return _Mentors(column[order], _on_globe(places)[order], latitude[order], reach[order])


def _together(places: Places) -> Iterator[Ints]:
    """Yield the numbers of places in the same cell of a grid, so many at most, in rising order."""
    degrees = np.array([(one.latitude, one.longitude) for one in places], dtype=np.float64).reshape(-1, 2)
    cells = np.floor(degrees / BLOCK_DEGREES).astype(np.int64)
    order = np.lexsort((np.arange(len(places)), cells[:, 1], cells[:, 0]))
    cuts = np.flatnonzero(np.diff(cells[order], axis=0).any(axis=1)) + 1
    for group in np.split(order, cuts):
        for start in range(0, len(group), MOST_SCHOOLS):
            yield group[start : start + MOST_SCHOOLS]


def _near(places: Places, mentors: _Mentors) -> Ints:
    """Give the mentors whose reach touches the circle around some places."""
    middle = Position(
        float(np.mean([one.latitude for one in places])), float(np.mean([one.longitude for one in places]))
    )
    radius = float(great_circle_km((middle,), places).max())
    farthest = (float(mentors.reach.max(initial=0.0)) + radius) / KM_A_DEGREE
    start, end = np.searchsorted(mentors.latitude, (middle.latitude - farthest, middle.latitude + farthest))
    straight = np.sqrt(((mentors.globe[start:end] - _on_globe((middle,))) ** 2).sum(axis=1))
    away = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(straight / 2, 1.0))
    found: Ints = mentors.column[start:end][away <= mentors.reach[start:end] + radius]
    return found


def _on_globe(places: Places) -> NDArray[np.float64]:
    """Give places as points on a globe of radius 1 (places x 3)."""
    north, east = np.radians(
        np.array([(one.latitude, one.longitude) for one in places], dtype=np.float64).reshape(-1, 2)
    ).T
    return np.stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)), axis=1)
