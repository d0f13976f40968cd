"""How far does the planner get on classic social golfers, beside the best that is known?

`python -m benchmarks.sessions_golfers` prints a table. A year counts as solved with no pair meeting twice.
Best known: Harvey's table of the social golfer problem and Triska and Musliu (2012).
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.year_problem import Gathering

CLASSICS = ((8, 4, 9, 10), (8, 4, 10, 10), (5, 3, 6, 7), (5, 3, 7, 7), (5, 4, 5, 5))
"""Groups, size, weeks, most weeks known."""


def golfers(groups: int, size: int, weeks: int) -> Gathering:
    """Make a year in which only who meets whom counts: no travel, hosts and dates for all."""
    schools, hosts, shape = groups * size, groups, (weeks, groups)
    return Gathering(
        minutes=np.zeros((schools, hosts), dtype=np.int64),
        own=np.full(hosts, -1),
        room=np.full(hosts, size),
        times=np.full(hosts, weeks),
        here=np.ones((weeks, schools), dtype=np.bool_),
        groups=np.full(weeks, groups),
        low=np.full(weeks, size),
        high=np.full(weeks, size),
        counts=np.ones(weeks, dtype=np.bool_),
        met=np.zeros((schools, schools), dtype=np.int64),
        day=np.arange(weeks)[:, None] * 30,
        hour=np.zeros((weeks, 1), dtype=np.int64),
        school_free=np.ones((weeks, schools, 1), dtype=np.bool_),
        host_free=np.ones((weeks, hosts, 1), dtype=np.bool_),
        spacing=0,
        host_spacing=0,
        seat_pin=np.full((weeks, schools), -1),
        frozen=np.zeros(shape, dtype=np.bool_),
        barred=np.zeros((*shape, hosts), dtype=np.bool_),
        shut=np.zeros((*shape, 1), dtype=np.bool_),
    )


def fewest(given: Gathering, seconds: float, chains: int) -> tuple[int, float, int]:
    """Try seeds until no pair repeats or time is up; give repeats, seconds and the seeds tried."""
    start, best, seed = time.perf_counter(), 10**9, 0
    effort = Effort(chains=chains, mixing=12_000, nearing=0, saving=0)
    while best and time.perf_counter() - start < seconds:
        found = arrange(given, seed=seed, effort=effort, stop=lambda: time.perf_counter() - start > seconds)
        best, seed = min(best, found.score.repeats), seed + 1
    return best, time.perf_counter() - start, seed


def main() -> None:
    """Print one line an instance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--chains", type=int, default=8)
    options = parser.parse_args()
    print("| groups-size-weeks | most weeks known | repeats left | seconds | seeds |")
    print("|---|---|---|---|---|")
    for groups, size, weeks, known in CLASSICS:
        repeats, seconds, seeds = fewest(golfers(groups, size, weeks), options.seconds, options.chains)
        print(f"| {groups}-{size}-{weeks} | {known} | {repeats} | {seconds:.1f} | {seeds} |", flush=True)


if __name__ == "__main__":
    main()
