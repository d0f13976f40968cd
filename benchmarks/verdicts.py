"""How long does judging every pair take, beside one bare flow on the pairs that remain?

Counted: `judge` on a ready round: all six criteria, travel included, for every school x mentor, into arrays of
verdicts and points. The round itself is made before the clock starts.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.answer import save
from benchmarks.child import forget_peak, memory
from benchmarks.instances import cohort
from benchmarks.measure import in_turn
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(sizes: Sequence[tuple[int, int]], runs: int, seconds: float) -> list[dict[str, Any]]:
    """Measure every size, each beside the bare flow on its own problem."""
    found = []
    with TemporaryDirectory() as folder:
        for schools, mentors in sizes:
            print(f"{schools} x {mentors}, verdicts", flush=True)
            path = Path(folder) / "problem.npz"
            given = cohort(schools, mentors)
            save(problem_of(Facts(given, judge(given))), path)
            commands = {
                "verdicts": ("-m", "benchmarks.verdicts", str(schools), str(mentors)),
                "bare flow": ("-m", "benchmarks.child", "bare_flow", str(path), str(seconds)),
            }
            results = in_turn(commands, runs, seconds)
            found.append({"schools": schools, "mentors": mentors, "pairs": schools * mentors, "results": results})
    return found


def main(schools: str, mentors: str) -> None:
    """Judge one cohort once and print what it took."""
    given = cohort(int(schools), int(mentors))
    gc.collect()
    forget_peak()
    before, start = memory("VmRSS"), time.perf_counter()
    verdicts = judge(given)
    took = time.perf_counter() - start
    found = {"seconds": took, "megabytes": memory("VmHWM") - before, "allowed": int(verdicts.allowed.sum())}
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
