"""How far does the planner get on classic social golfers, beside the best that is known?

`python -m benchmarks.sessions_golfers` prints a table. A year counts as solved with no pair meeting twice.
Best known: Harvey's table of the social golfer problem and Triska and Musliu (2012).
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from benchmarks.year_instances import golfers
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.designs import known_design

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import YearProblem

CLASSICS = (
    (8, 4, 10), (7, 3, 10), (9, 3, 13), (6, 3, 8), (6, 4, 7), (7, 4, 9), (6, 5, 6), (8, 3, 11), (5, 3, 7), (5, 4, 5),
)  # fmt: skip
"""Groups, size, and the most weeks without a repeat that are known."""

UNEVEN = ((23, 6, 4, 7), (27, 7, 4, 9), (22, 6, 4, 7), (19, 5, 4, 5), (26, 9, 3, 13))
"""Schools, groups, the largest size, weeks."""


def fewest(given: YearProblem, seconds: float, chains: int) -> tuple[int, float, int]:
    """Try seeds until no pair repeats or time is up; give repeats, seconds and the seeds tried."""
    start, best, seed = time.perf_counter(), 10**9, 0
    effort = Effort(chains=chains, nearing=0, saving=0)
    while best and time.perf_counter() - start < seconds:
        found = arrange(given, seed=seed, effort=effort, stop=lambda: time.perf_counter() - start > seconds)
        best, seed = min(best, found.score.repeats), seed + 1
    return best, time.perf_counter() - start, seed


def main() -> None:
    """Print one line an instance, then how many rounds without a repeat are known for each shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--chains", type=int, default=8)
    options = parser.parse_args()
    print("| schools | groups | size | weeks | repeats left | seconds | seeds |")
    print("|---|---|---|---|---|---|---|")
    full = [(groups * size, groups, size, weeks) for groups, size, weeks in CLASSICS]
    for schools, groups, size, weeks in (*full, *UNEVEN):
        given = golfers(groups, size, weeks, schools)
        repeats, seconds, seeds = fewest(given, options.seconds, options.chains)
        print(f"| {schools} | {groups} | {size} | {weeks} | {repeats} | {seconds:.1f} | {seeds} |", flush=True)
    print("\n| size | rounds without a repeat, of at most: by number of groups |")
    print("|---|---|")
    for size in range(2, 8):
        counts = range(max(size, -(-12 // size)), 60 // size + 1)
        print(f"| {size} | {', '.join(_shape(groups, size) for groups in counts)} |")


def _shape(groups: int, size: int) -> str:
    """Tell how many rounds are known for a shape, and the most that counting allows."""
    design, limit = known_design(groups, size), (groups * size - 1) // (size - 1)
    return f"{groups}: {0 if design is None else len(design)} of {limit}"


if __name__ == "__main__":
    main()
