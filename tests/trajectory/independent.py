"""What is the best selection and the fairest jury, by HiGHS or by trying everything, without the matcher's engine?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import highspy

from matcher.trajectory.tie_draw import fixed_draw
from tests.oracle_highs import Impossible, Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.trajectory.candidates import Candidate, SelectionPool

GROUPS = {
    "province": lambda one: (one.province,),
    "school_type": lambda one: one.school_types,
    "network": lambda one: (one.network,),
}


def a_model() -> Model:
    """Start an empty HiGHS model that proves whole numbers."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0), ("threads", 1)):
        solver.setOptionValue(option, value)
    return Model(solver)


def groups_of(pool: SelectionPool) -> list[list[int]]:
    """Give the members of every province, school type and network that any candidate is in."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(pool.candidates):
        for dimension, values in GROUPS.items():
            for value in values(one):
                found.setdefault((dimension, value), []).append(number)
    return list(found.values())


def best_by_highs(pool: SelectionPool) -> dict[str, int] | None:
    """Give the best value of every goal in order; None where the limits contradict."""
    model = a_model()
    people = pool.candidates
    chosen = [model.column(int(one.id in pool.required), int(one.id not in pool.excluded)) for one in people]
    model.row(0, [(column, 1) for column in chosen], pool.policy.seats)
    for limit in pool.policy.limits:
        members = [(chosen[n], 1) for n, one in enumerate(people) if limit.value in GROUPS[limit.dimension](one)]
        low, high = (limit.number, highspy.kHighsInf) if limit.side == "least" else (0, limit.number)
        if members:
            model.row(low, members, high)
        elif low:
            return None
    seats = min(pool.policy.seats, len(people))
    deviations = []
    for members in groups_of(pool):
        over = model.column(0, 10**6)
        deviations.append(over)
        counted = [(chosen[number], len(people)) for number in members]
        model.row(-highspy.kHighsInf, [*counted, (over, -1)], seats * len(members))
        model.row(seats * len(members), [*counted, (over, 1)], highspy.kHighsInf)
    terms = {
        "seats": [(column, 1) for column in chosen],
        "priority": [(column, one.priority) for column, one in zip(chosen, people, strict=True)],
        "balance": [(column, -1) for column in deviations],
    }
    try:
        return {name: abs(model.most(terms[name])) for name in pool.policy.goals}
    except Impossible:
        return None


def best_by_trying(pool: SelectionPool) -> tuple[dict[str, int], frozenset[str]] | None:
    """Look at every set of candidates; give the goals' best values and the set, None where none keeps the limits."""
    people = pool.candidates
    best: tuple[list[int], dict[str, int], frozenset[str]] | None = None
    groups = groups_of(pool)
    for size in range(min(pool.policy.seats, len(people)) + 1):
        for numbers in combinations(range(len(people)), size):
            inside = [people[number] for number in numbers]
            if not _keeps(pool, inside):
                continue
            values = _values(pool, set(numbers), groups)
            key = [values[name] * (1 if name == "balance" else -1) for name in pool.policy.goals]
            key.append(sum(fixed_draw(one.id, seed=pool.policy.seed) for one in inside))
            if best is None or key < best[0]:
                best = key, values, frozenset(one.id for one in inside)
    return None if best is None else (best[1], best[2])


def _keeps(pool: SelectionPool, inside: Sequence[Candidate]) -> bool:
    ids = {one.id for one in inside}
    if not set(pool.required) <= ids or ids & set(pool.excluded):
        return False
    for limit in pool.policy.limits:
        number = sum(limit.value in GROUPS[limit.dimension](one) for one in inside)
        if number < limit.number if limit.side == "least" else number > limit.number:
            return False
    return True


def _values(pool: SelectionPool, numbers: set[int], groups: list[list[int]]) -> dict[str, int]:
    everybody = len(pool.candidates)
    seats = min(pool.policy.seats, everybody)
    return {
        "seats": len(numbers),
        "priority": sum(pool.candidates[number].priority for number in numbers),
        "balance": sum(
            abs(everybody * sum(number in numbers for number in group) - seats * len(group)) for group in groups
        ),
    }


def fairest_by_highs(
    allowed: Sequence[tuple[int, int, int]], schools: int, jurors: int, readings: int, most: int
) -> tuple[int, int, int, int]:
    """Give missing readings, the squares of what schools miss, of what jurors bear, and the sum of draws."""
    model = a_model()
    pair = {(school, juror): model.column(0, 1) for school, juror, _ in allowed}
    missing, squares, loads = [], [], []
    for school in range(schools):
        lacks = [model.column(0, 1) for _ in range(readings)]
        mine = [(column, 1) for (one, _), column in pair.items() if one == school]
        model.row(readings, [*mine, *((column, 1) for column in lacks)], readings)
        missing += [(column, -1) for column in lacks]
        squares += [(column, -(2 * place + 1)) for place, column in enumerate(lacks)]
    for juror in range(jurors):
        steps = [model.column(0, 1) for _ in range(most)]
        mine = [(column, 1) for (_, one), column in pair.items() if one == juror]
        model.row(0, [*mine, *((column, -1) for column in steps)], 0)
        loads += [(column, -(2 * place + 1)) for place, column in enumerate(steps)]
    draws = [(pair[school, juror], -number) for school, juror, number in allowed]
    first, second, third = (-model.most(terms) for terms in (missing, squares, loads))
    return first, second, third, -model.most(draws)
