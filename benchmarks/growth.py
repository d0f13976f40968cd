"""How do time and memory grow with the cohort, from twenty schools to all of Europe's, with all goals proven?

Each size in a process of its own, from the round to the chosen pairs: the possible pairs found by place, and the goals
reached on the pairs that matter. `python -m benchmarks.growth SCHOOLS MENTORS` prints one size; where the table of all
pairs still fits, the goals are reached once more on all of it and compared.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.child import memory
from benchmarks.instances import wide_cohort
from matcher.engine.flow import columns
from matcher.engine.flow.solve import solve_network
from matcher.matching.near_pairs import near_problem

if TYPE_CHECKING:
    from pathlib import Path

SIZES = ((20, 60), (100, 300), (300, 1_000), (1_000, 3_000), (5_000, 15_000), (20_000, 60_000))
FITTED = 10_000
"""Below so many possible pairs starting takes most."""

COMPARED = 5_000
"""Up to so many schools the engine reaches the goals on all pairs too."""


def run(sizes: tuple[tuple[int, int], ...] = SIZES) -> dict[str, Any]:
    """Measure every size; give a row each, and the slopes on a log scale."""
    rows = []
    for schools, mentors in sizes:
        command = [sys.executable, "-m", "benchmarks.growth", str(schools), str(mentors)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"  {rows[-1]}", flush=True)
    large = [one for one in rows if one["possible_pairs"] >= FITTED]
    pairs = [one["possible_pairs"] for one in large]
    return {
        "rows": rows,
        "slope_seconds": slope(pairs, [one["seconds"] for one in large]),
        "slope_megabytes": slope(pairs, [one["megabytes"] for one in large]),
    }


def slope(across: list[int], up: list[float]) -> float | None:
    """Give by which power of the one the other grows, by least squares of logarithms; None where there is one size."""
    if len(across) < 2:  # noqa: PLR2004
        return None
    return round(float(np.polyfit(np.log(across), np.log(up), 1)[0]), 2)


def _power_law(across: list[int], up: list[float], power: float) -> list[float]:
    """Give the line of this power through the middle of the points (on a log scale)."""
    middle = np.exp(np.mean(np.log(up)) - power * np.mean(np.log(across)))
    return [float(middle * one**power) for one in across]


def one_size(schools: int, mentors: int) -> dict[str, Any]:
    """Measure one size in this process: processor seconds, and the peak of its memory in MB."""
    given = wide_cohort(schools, mentors)
    base, start = memory("VmRSS"), time.process_time()
    problem = near_problem(given)
    found = time.process_time()
    solution = columns.solve_by_columns(problem)
    solved, peak = time.process_time(), memory("VmHWM")
    same = None
    if schools <= COMPARED:
        whole = solve_network(problem)
        same = whole.levels == solution.levels and bool((whole.chosen == solution.chosen).all())
    return {
        "schools": schools,
        "mentors": mentors,
        "possible_pairs": problem.pairs,
        "seconds": round(solved - start, 3),
        "of_finding_pairs": round(found - start, 3),
        "megabytes": round(peak),
        "of_the_round": round(base),
        "proven": all(level.proven for level in solution.levels),
        "same_as_on_all_pairs": same,
        "goals": {level.name: level.value for level in solution.levels},
    }


def draw(results: dict[str, Any], path: Path) -> None:
    """Draw processor time and memory against possible pairs, both on a log scale."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - after the settings of `report`

    rows = results["rows"]
    pairs = [one["possible_pairs"] for one in rows]
    figure, axes = plt.subplots(figsize=(10, 6.5))
    kinds = (("megabytes", "peak memory, MB", "tab:blue"), ("seconds", "processor seconds", "black"))
    for name, words, colour in kinds:
        power = results[f"slope_{name}"]
        axes.plot(pairs, [one[name] for one in rows], marker="o", label=words, color=colour)
        if power is not None:
            fitted = [one for one in rows if one["possible_pairs"] >= FITTED]
            across = [one["possible_pairs"] for one in fitted]
            axes.plot(across, _power_law(across, [one[name] for one in fitted], power), linestyle="--", color=colour,
                      alpha=0.6, label=f"grows as pairs to the power {power}, from {FITTED:,} pairs on")  # fmt: skip
    for one in rows:
        # Under the line of seconds, to the right: nothing else stands there, for both lines rise.
        axes.annotate(f"{one['schools']:,} x {one['mentors']:,}", (one["possible_pairs"], one["seconds"]),
                      xytext=(6, -12), textcoords="offset points", fontsize=8)  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="possible pairs")
    axes.set_title("From twenty schools to Europe: all goals proven, pairs found by place")
    axes.grid(visible=True, alpha=0.3)
    axes.margins(x=0.18)
    axes.legend(fontsize=8, loc="upper left")
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


if __name__ == "__main__":
    print(json.dumps(one_size(int(sys.argv[1]), int(sys.argv[2]))))
