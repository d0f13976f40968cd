"""Whom to keep in reserve? The fewest mentors without a school who cover any one drop-out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np

from matcher.engine.calls import Flags
from matcher.engine.flow.problem import Problem, goal_values
from matcher.engine.flow.refill import Refill
from matcher.engine.flow.repair import places_without
from matcher.matching.solved import Solved
from matcher.questions.reserves import with_reserves

MOST_SETS = 3000
"""So many sets of one size are tried where reserves help only together."""


@dataclass(frozen=True, slots=True)
class Standby:
    """The fewest mentors to keep in reserve (ids), and the mentors whose drop-out nobody can cover.

    A drop-out is covered when as many places are filled as before, by moves if need be.
    """

    mentors: tuple[str, ...]
    uncovered: tuple[str, ...]


def smallest_standby(asked: Solved) -> Standby:
    """Find the smallest set of reserves that covers every drop-out that can be covered.

    Candidates are the mentors of status `reserve` and those who got no school. The places that can be
    filled form a matroid rank of the reserves, unless a company's limit binds: a set which is not enough can be mended
    by one reserve that helps by itself, and the search branches on those, and deepens one reserve at a time. Where two
    of them help only together, sets are tried by size, and beyond some thousands one is shrunk from all.
    """
    problem, chosen = with_reserves(asked)
    cover = _Cover(replace(problem, required=np.zeros(problem.pairs, dtype=np.bool_)), chosen)
    # Who is missed with no reserve at all; the others are covered whatever is chosen.
    missed = [mentor for mentor in cover.in_plan if not cover.holds(mentor, ())]
    uncovered = tuple(mentor for mentor in missed if not cover.holds(mentor, cover.candidates))
    needs = sorted((mentor for mentor in missed if mentor not in uncovered), key=cover.near)
    names = asked.given.mentors
    for size in range(len(cover.candidates) + 1):
        found = next(_search(cover, needs, (), size), None)
        if found is not None:
            break
    else:
        found = _together(cover, needs)
    return Standby(tuple(sorted(names[one].id for one in found)), tuple(names[mentor].id for mentor in uncovered))


def _together(cover: _Cover, needs: list[int]) -> tuple[int, ...]:
    """Find a smallest set whose members may help only together; a set that can't be shrunk where there are too many."""
    count = len(cover.candidates)
    for size in range(count + 1):
        if comb(count, size) > MOST_SETS:
            break
        for some in combinations(cover.candidates, size):
            if all(cover.holds(mentor, some) for mentor in needs):
                return some
    kept = cover.candidates
    for one in cover.candidates:
        fewer = tuple(other for other in kept if other != one)
        if all(cover.holds(mentor, fewer) for mentor in needs):
            kept = fewer
    return kept


class _Cover:
    """Remembers which reserves keep the places filled when a mentor leaves."""

    def __init__(self, problem: Problem, chosen: Flags) -> None:
        self.problem = problem
        self.chosen = chosen
        self.in_plan: list[int] = np.unique(problem.mentor[chosen]).tolist()
        useful = np.setdiff1d(np.unique(problem.mentor), self.in_plan)
        self.candidates: tuple[int, ...] = tuple(int(one) for one in useful)
        self.target = places_without(problem, np.array(self.in_plan))
        self.known: dict[tuple[int, frozenset[int]], tuple[int, ...]] = {}
        full = goal_values(problem, chosen)["places_filled"] == self.target  # agreements may keep a plan from it
        self.refill = Refill(problem, chosen, np.array(self.in_plan, dtype=np.int64)) if full else None

    def places(self, gone: int, reserves: frozenset[int]) -> tuple[int, ...]:
        """Give the places filled without one mentor and with some reserves."""
        key = gone, reserves
        if key not in self.known:
            allowed = np.array([*(one for one in self.in_plan if one != gone), *reserves], dtype=np.int64)
            self.known[key] = places_without(self.problem, allowed)
        return self.known[key]

    def holds(self, gone: int, reserves: tuple[int, ...]) -> bool:
        """Tell whether nothing is lost; more reserves never fill less, so more than the target counts too."""
        if self.refill is not None and self.refill.fills(gone):
            return True
        return self.places(gone, frozenset(reserves)) >= self.target

    def near(self, gone: int) -> tuple[int, int]:
        """Count the reserves that could help a school of this mentor: a search begins where there are fewest."""
        schools = self.problem.school[self.chosen & (self.problem.mentor == gone)]
        others = self.problem.mentor[np.isin(self.problem.school, schools)]
        return int(np.isin(self.candidates, others).sum()), gone

    def helpers(self, gone: int, reserves: tuple[int, ...]) -> Iterator[int]:
        """Yield the reserves that fill more when added by themselves."""
        now = self.places(gone, frozenset(reserves))
        for one in self.candidates:
            if one not in reserves and self.places(gone, frozenset((*reserves, one))) > now:
                yield one


def _search(cover: _Cover, needs: list[int], taken: tuple[int, ...], left: int) -> Iterator[tuple[int, ...]]:
    """Yield reserve sets of at most `left` more members that cover all needs."""
    need = next((mentor for mentor in needs if not cover.holds(mentor, taken)), None)
    if need is None:
        yield taken
        return
    if not left:
        return
    for one in cover.helpers(need, taken):
        yield from _search(cover, needs, (*taken, one), left - 1)
