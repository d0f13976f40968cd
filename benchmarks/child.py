"""How long does one engine take on one problem, and how much memory? Alone in a fresh process.

`python -m benchmarks.child MODULE:FUNCTION PROBLEM.npz SECONDS` prints one JSON object. The clock runs from
the problem's arrays to the chosen pairs: building a model, solving, and reading the answer; imports and loading come
before it, and so does a problem of two pairs, with which every engine first loads what it loads late.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.answer import broken_rules, load, values_of

if TYPE_CHECKING:
    from matcher.engine.flow.problem import Problem

STATUS = Path("/proc/self/status")
MEGABYTE = 1024


def memory(field: str) -> float:
    """Give a memory figure of this process in MB: `VmRSS` now, `VmHWM` at its peak; 0 where Linux is not there."""
    if not STATUS.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(lines[field].split()[0]) / MEGABYTE


def forget_peak() -> None:
    """Start counting the peak from now."""
    if STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5")


def tiny(problem: Problem) -> Problem:
    """Cut a problem of one school, two mentors of one company and two pairs."""
    two, yes = np.arange(2), np.ones(2, dtype=np.int64)
    no = np.zeros(2, dtype=np.bool_)
    return replace(
        problem, demand=2 * yes[:1], capacity=yes, company=0 * two, company_limit=2 * yes[:1], school=0 * two,
        mentor=two, points=500 + two, minutes=20 * yes, kept=no, required=no, tie=two,
    )  # fmt: skip


def main(engine: str, path: str, seconds: str) -> None:
    """Run one engine once and print what it did."""
    module, _, function = engine.partition(":")
    solve = getattr(import_module(f"benchmarks.peers.{module}"), function or "solve")
    problem = load(Path(path))
    solve(tiny(problem), float(seconds))
    gc.collect()
    forget_peak()
    before, start = memory("VmRSS"), time.perf_counter()
    answer = solve(problem, float(seconds))
    took = time.perf_counter() - start
    found = {
        "seconds": took,
        "megabytes": memory("VmHWM") - before,
        "values": values_of(problem, answer.chosen),
        "broken": broken_rules(problem, answer.chosen),
        "proven": list(answer.proven),
        "note": answer.note,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
