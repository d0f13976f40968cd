"""How much travel does a planned year save beside a random repeat-free one, and beside a coordinator's greedy one?

`python -m benchmarks.sessions_travel` prints tables: 20 seeds at 5 rounds of 5 groups of 4 with 40 hosts
in Flanders (20 schools and 20 others, each at most once), then larger cohorts with times. All years obey the
same rules: a school that hosts is in its own group.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.year_instances import flanders
from matcher.domain.season import Season
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.column_bound import column_bound
from matcher.engine.year.column_prices import Known
from matcher.engine.year.travel_bound import travel_bounds
from matcher.engine.year.year_problem import Arrangement, Score, score
from matcher.sessions.schedule import effort_for

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Ints, YearProblem

CUTS = 3
"""Times that cuts are looked for in bounds on the total: a year without margin asks as often for that under its worst
journey, but for the one of any year not at all.
"""

TURN = 10_000_000
"""What a host costs that can't receive."""


def random_years(given: YearProblem, seed: int, count: int = 20) -> list[Score]:
    """Draw repeat-free years: groups blind to travel, then the hosts that are together cheapest, round by round."""
    draw = np.random.default_rng(seed)
    blind = replace(given, minutes=np.zeros_like(given.minutes))
    design = arrange(blind, seed=seed, effort=Effort(nearing=0, saving=0)).plan.group
    years = [_with_hosts(given, design[:, draw.permutation(given.schools)], jointly=True) for _ in range(count)]
    return [one for one in years if one is not None]


def greedy_year(given: YearProblem, seed: int) -> Score | None:
    """Plan as a coordinator would: fill each group with the nearest school it has not met, then take a near host."""
    draw = np.random.default_rng(seed)
    met = np.zeros((given.schools, given.schools), dtype=np.int64)
    group = np.full(given.here.shape, -1, dtype=np.int64)
    between = given.minutes[:, : given.schools]
    size = int(given.high[0])
    for number in range(given.rounds):
        left = list(draw.permutation(given.schools))
        for one in range(int(given.groups[number])):
            members = [left.pop(0)]
            while len(members) < size:
                costs = [(int(met[members, who].sum()), int(between[members, who].sum())) for who in left]
                members.append(left.pop(min(range(len(left)), key=costs.__getitem__)))
            group[number, members] = one
            met[np.ix_(members, members)] += 1
    return _with_hosts(given, group, jointly=False)


def _with_hosts(given: YearProblem, group: Ints, *, jointly: bool) -> Score | None:
    """Give groups their hosts, used up as rounds go by: for a round together, or one by one."""
    turns = given.times.copy()
    host = np.zeros(given.frozen.shape, dtype=np.int64)
    for number in range(given.rounds):
        count = int(given.groups[number])
        cost = np.stack([given.minutes[group[number] == one].sum(axis=0) for one in range(count)])
        cost = cost + TURN * ((given.own >= 0) & (group[number][given.own] != np.arange(count)[:, None]))
        if jointly:
            chosen = linear_sum_assignment(cost + TURN * (turns <= 0))[1]
            turns[chosen] -= 1
        else:
            chosen = np.zeros(count, dtype=np.int64)
            for one in range(count):
                chosen[one] = int((cost[one] + TURN * (turns <= 0)).argmin())
                turns[chosen[one]] -= 1
        host[number, :count] = chosen
    found = score(given, Arrangement(group, host, np.zeros_like(host)))
    return found if not found.faults else None


def compare(seeds: int, margin: int, effort: Effort) -> None:
    """Print the table over seeds, and its means; the worst may be `margin` percent above the lowest found."""
    print(
        "| seed | repeats | worst | proven | random | saved | total | proven | proven under this worst "
        "| random | saved | greedy: repeats, worst, total | seconds |"
    )
    print("|---" * 13 + "|")
    rows = []
    for seed in range(seeds):
        given = flanders(seed)
        drawn, greedy = random_years(given, seed), greedy_year(given, seed)
        worst, total = (float(np.mean([getattr(one, name) for one in drawn])) for name in ("worst", "total"))
        start = time.process_time()
        best = arrange(given, seed=seed, margin=margin, effort=effort)
        found, seconds = best.score, time.process_time() - start
        saved = 1 - found.worst / worst, 1 - found.total / total
        known = Known()
        bounds = travel_bounds(given, found.repeats, plan=best.plan, known=known, effort=1, cuts=CUTS)
        under = column_bound(
            given, found.repeats, worst=False, most=found.worst, plan=best.plan, after=known, cuts=CUTS
        )
        under = under or bounds[1]
        reached = (found.worst, found.total, found.total)
        above = [value / bound - 1 for value, bound in zip(reached, (*bounds, under), strict=True)]
        rows.append((*saved, found.repeats, seconds, *above))
        told = f"{greedy.repeats}, {greedy.worst}, {greedy.total}" if greedy else "no hosts left"
        print(
            f"| {seed} | {found.repeats} | {found.worst} | {bounds[0]} | {worst:.0f} | {saved[0]:.1%} "
            f"| {found.total} | {bounds[1]} | {under} | {total:.0f} | {saved[1]:.1%} | {told} | {seconds:.1f} |",
            flush=True,
        )
    mean = np.mean(rows, axis=0)
    print(
        f"\nMean saved: worst {mean[0]:.1%}, total {mean[1]:.1%}; repeats {mean[2]:.2f}; "
        f"{mean[3]:.1f} s of a processor a year."
    )
    print(f"Above what is proven: worst {mean[4]:.1%}, total {mean[5]:.1%}, total under this worst {mean[6]:.1%}.\n")


def larger() -> None:
    """Print times and values for larger cohorts."""
    print("| schools | rounds | size | repeats | worst | total | seconds |\n|---|---|---|---|---|---|---|")
    for schools in (100, 400):
        given = flanders(0, schools, schools, 5, 5)
        start = time.perf_counter()
        found = arrange(given, seed=0, effort=effort_for(given)).score
        seconds = time.perf_counter() - start
        print(f"| {schools} | 5 | 5 | {found.repeats} | {found.worst} | {found.total} | {seconds:.1f} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args()
    margin = Season.__dataclass_fields__["travel_margin"].default
    print(f"The usual margin of {margin} % on the worst journey:\n")
    compare(options.seeds, margin, Effort())
    print("Goals strictly in order, no margin:\n")
    compare(options.seeds, 0, Effort())
    print("A margin of 1 % on the worst journey:\n")
    compare(options.seeds, 1, Effort())
    larger()


if __name__ == "__main__":
    main()
