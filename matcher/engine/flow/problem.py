"""What does the engine get and give? A round as plain arrays, without a name or a person in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    Clauses that are no network, on pair numbers: of each `exclusive` two at most one; a `needs_one` pair
    only with one of the others. `most_changes` bounds how many kept pairs may go.
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
    exclusive: tuple[tuple[int, int], ...] = ()
    needs_one: tuple[tuple[int, tuple[int, ...]], ...] = ()
    most_changes: int | None = None

    @property
    def pairs(self) -> int:
        """The number of possible pairs."""
        return len(self.school)

    @property
    def is_network(self) -> bool:
        """Whether every rule of the problem is part of the network."""
        return not (self.exclusive or self.needs_one or self.most_changes is not None)


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
    are not chosen, among those that are possible.
    """
    import numpy as np  # noqa: PLC0415 - annotations alone need it elsewhere in this file

    per_school = np.bincount(problem.school[chosen], minlength=len(problem.demand))
    most = int(problem.demand.max(initial=1))
    points = problem.points[chosen]
    return {
        "places_filled": tuple(int((per_school > place).sum()) for place in range(most)),
        "changes": int((problem.kept & ~chosen).sum()),
        "worst_pair": int(points.min(initial=TOP_POINTS)),
        "points": int(points.sum()),
        "travel_minutes": int(problem.minutes[chosen].sum()),
    }
