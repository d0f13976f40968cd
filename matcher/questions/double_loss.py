"""Which two mentors at once can be the worst to lose? Bounds from what each loss does alone.

Where free mentors take over from each of the two, and not the same ones, they take over from both: no place opens,
nobody moves, and no more points go than from both alone, for a plan is there that loses as many. Where only one of the
two is replaced so, and the repair after the other left those mentors alone, the same holds on top of what the other
opened; how many then move is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matcher.engine.calls import Flags
from matcher.engine.flow.problem import Problem
from matcher.engine.flow.repair import NoRepairError, repair_without, taken_over

Badness = tuple[int, int, int]
"""Open places, moves, points lost."""

MANY = 1 << 30
"""Stands for moves of which no bound is known."""


@dataclass(frozen=True, slots=True)
class _Alone:
    """What one loss does: who is touched by its repair, and who comes in; `direct` where only free mentors came in."""

    mentor: int
    badness: Badness
    direct: bool
    touched: frozenset[int]
    companies: frozenset[int]
    schools: frozenset[int]
    own_company: int


class TwoBounds:
    """Every two mentors of a plan with a bound on how bad losing both can be, None where none is known."""

    def __init__(self, problem: Problem, chosen: Flags, in_plan: Sequence[int], alone: Sequence[Badness]) -> None:
        """Look at each loss alone; `alone` has what each of `in_plan` (mentors) loses."""
        self._alone = [
            _looked_at(problem, chosen, mentor, badness) for mentor, badness in zip(in_plan, alone, strict=True)
        ]
        self.count = len(in_plan) * (len(in_plan) - 1) // 2

    def worst_first(self) -> Iterator[tuple[Badness | None, tuple[int, int]]]:
        """Yield every two: first those without a bound, then by their bound, the worst first."""
        bounded: list[tuple[Badness, tuple[int, int]]] = []
        for one, other in combinations(self._alone, 2):
            bound = _bound(one, other)
            if bound is None:
                yield None, (one.mentor, other.mentor)
            else:
                bounded.append((bound, (one.mentor, other.mentor)))
        bounded.sort(reverse=True)
        yield from bounded


def _looked_at(problem: Problem, chosen: Flags, mentor: int, badness: Badness) -> _Alone:
    gone = np.array([mentor])
    after = taken_over(problem, chosen, gone)
    direct = after is not None
    if after is None:
        try:
            after = repair_without(problem, chosen, gone)
        except NoRepairError:
            after = np.zeros_like(chosen)
    changed = np.flatnonzero(chosen != after)
    touched = np.setdiff1d(problem.mentor[changed], gone)
    return _Alone(
        mentor,
        badness,
        direct,
        frozenset(touched.tolist()),
        frozenset(problem.company[touched].tolist()),
        frozenset(problem.school[changed].tolist()),
        int(problem.company[mentor]),
    )


def _bound(one: _Alone, other: _Alone) -> Badness | None:
    """Bound what both lose; None where the two repairs meet, or neither is by free mentors alone."""
    if not (one.direct or other.direct) or not _apart(one, other):
        return None
    places, moves, points = (sum(both) for both in zip(one.badness, other.badness, strict=True))
    return places, MANY if moves else 0, points


def _apart(one: _Alone, other: _Alone) -> bool:
    """Tell whether no mentor, company or school has to do with both repairs."""
    return (
        one.mentor not in other.touched
        and other.mentor not in one.touched
        and not one.touched & other.touched
        and not (one.companies | {one.own_company}) & (other.companies | {other.own_company})
        and not one.schools & other.schools
    )
