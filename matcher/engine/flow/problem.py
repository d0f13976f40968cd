"""What does the engine get and give? A round as plain arrays, without a name or a person in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matcher.engine.calls import Flags, Ints

MAX_PLACES = 3
"""Most mentors that one school asks for."""

TOP_POINTS = 1000
"""The worst pair of a plan without pairs."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """A round of `n` schools, `m` mentors, `c` companies and `e` possible pairs.

    `demand` (n) places asked; `capacity` (m) schools at most; `company` (m) the mentor's company;
    `company_limit` (c) schools at most. The pair arrays (e) stand in the order of school, then mentor:
    `school`, `mentor`, `points` (0-1000), `minutes`, `kept` (in the previous plan), `required` (must be
    chosen), `tie` (0 to 2**32, distinct with high odds: the last word between equal plans). Forbidden and
    vetoed pairs are left out. `goals` is the order after the places.

    On a rerun `had` (n) flags the schools with a mentor in the previous plan, and `left` (n) counts the places that
    mentors who left leave there: so many new pairs are no change. `reserve` (m) flags who stands by. Without them
    nothing is stranded, no new pair is a change, and nobody stands by.

    Clauses that are no network, on pair numbers: of each `exclusive` two at most one; a `needs_one` pair
    only with one of the others. `most_gone` bounds how many kept pairs may go, `most_spread` the schools of mentors
    beyond their first.
    """

    demand: Ints
    capacity: Ints
    company: Ints
    company_limit: Ints
    school: Ints
    mentor: Ints
    points: Ints
    minutes: Ints
    kept: Flags
    required: Flags
    tie: Ints
    goals: tuple[str, ...]
    had: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    left: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    reserve: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    exclusive: tuple[tuple[int, int], ...] = ()
    needs_one: tuple[tuple[int, tuple[int, ...]], ...] = ()
    most_gone: int | None = None
    most_spread: int | None = None

    def __post_init__(self) -> None:
        """Fill in what is not told: no plan before, nobody in reserve."""
        put = object.__setattr__
        if len(self.had) != len(self.demand):
            put(self, "had", np.zeros(len(self.demand), dtype=np.bool_))
        if len(self.left) != len(self.demand):
            put(self, "left", self.demand)
        if len(self.reserve) != len(self.capacity):
            put(self, "reserve", np.zeros(len(self.capacity), dtype=np.bool_))

    @property
    def pairs(self) -> int:
        """The number of possible pairs."""
        return len(self.school)

    @property
    def is_network(self) -> bool:
        """Whether every rule of the problem is part of the network."""
        bounded = self.most_gone is not None or self.most_spread is not None
        return not (self.exclusive or self.needs_one or bounded)


@dataclass(frozen=True, slots=True)
class Level:
    """What one goal reached; `bound` is the best that is possible as far as known."""

    name: str
    value: int | tuple[int, ...]
    bound: int | tuple[int, ...] | None
    proven: bool


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The chosen pairs (e) and what every goal reached; `chosen` is None where no plan was found."""

    chosen: Flags | None
    levels: tuple[Level, ...]
    complete: bool


def goal_values(problem: Problem, chosen: Flags) -> dict[str, int | tuple[int, ...]]:
    """Add up what the chosen pairs reach on every goal.

    `places_filled` has an entry for every k below the largest demand; `changes` counts kept pairs that
    are not chosen, among those that are possible, and new pairs beyond the places that were left; `spread` counts
    schools of each mentor beyond the first.
    """
    per_school = np.bincount(problem.school[chosen], minlength=len(problem.demand))
    per_mentor = np.bincount(problem.mentor[chosen], minlength=len(problem.capacity))
    most = int(problem.demand.max(initial=1))
    points = problem.points[chosen]
    fresh = np.bincount(problem.school[chosen & ~problem.kept], minlength=len(problem.demand))
    gone = int(np.count_nonzero(problem.kept & ~chosen))
    return {
        "places_filled": tuple(int(np.count_nonzero(per_school > place)) for place in range(most)),
        "reserves_used": int(np.count_nonzero(problem.reserve[problem.mentor[chosen]])),
        "stranded": int(np.count_nonzero(problem.had & (per_school == 0))),
        "changes": gone + int(np.maximum(fresh - problem.left, 0).sum()),
        "worst_pair": int(points.min(initial=TOP_POINTS)),
        "points": int(points.sum()),
        "spread": int(np.maximum(per_mentor - 1, 0).sum()),
        "travel_minutes": int(problem.minutes[chosen].sum()),
    }


def only(problem: Problem, keep: Flags) -> Problem:
    """Leave out the possible pairs that are not in `keep`; clauses follow the pairs to their new numbers."""
    fields = ("school", "mentor", "points", "minutes", "kept", "required", "tie")
    arrays = {name: getattr(problem, name)[keep] for name in fields}
    if not problem.exclusive and not problem.needs_one:
        return replace(problem, **arrays)
    number = dict(zip(np.nonzero(keep)[0].tolist(), range(int(keep.sum())), strict=True))
    return replace(
        problem,
        **arrays,
        exclusive=tuple((number[a], number[b]) for a, b in problem.exclusive if a in number and b in number),
        needs_one=tuple(
            (number[one], tuple(number[other] for other in others if other in number))
            for one, others in problem.needs_one
            if one in number
        ),
    )
