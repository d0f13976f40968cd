"""How much processor time do whole commands take at size, in units of loading what they stand on?

User and system time of fresh processes, taken in turn. A unit is Python that imports openpyxl, numpy and OR-Tools' flow
solvers and does nothing: so a figure means the same on another machine, or on a busy one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.cohort_files import write_cohort
from benchmarks.instances import cohort

SAMPLE = Path(__file__).parent.parent / "data" / "voorbeeld"
START = "import sys; from service.start import main; sys.exit(main())"
UNIT = "import openpyxl, numpy; from ortools.graph.python import min_cost_flow, max_flow"
BARE = "import argparse, json"
HELP = "in2stem --help"


class Asked(NamedTuple):
    """A command with the units within which it is promised, and the megabytes where those are too."""

    name: str
    words: tuple[str, ...]
    units: float
    megabytes: float | None = None


def commands(folder: Path) -> list[Asked]:
    """Give the commands in the order in which they can run: a question needs its plan."""
    small, large, sample = (str(folder / name) for name in ("300", "1000", "sample"))
    plans = {one: str(Path(one) / "plan" / "plan.json") for one in (small, large, sample)}
    return [
        Asked("round, 300 x 1,000", ("round", small, "--out", f"{small}/plan"), 8),
        Asked("round, 1,000 x 3,000", ("round", large, "--out", f"{large}/plan"), 30, 400),
        Asked("price, 300 x 1,000", ("price", plans[small]), 8),
        Asked("price, 1,000 x 3,000", ("price", plans[large]), 30),
        Asked("price --csv, 1,000 x 3,000", ("price", plans[large], "--csv"), 150),
        Asked("certificate, 1,000 x 3,000", ("certificate", plans[large]), 30),
        Asked("resilience, 1,000 x 3,000", ("resilience", plans[large]), 60),
        Asked("resilience --two 3, 300 x 1,000", ("resilience", plans[small], "--two", "3"), 100),
        Asked("why, the sample", ("why", plans[sample], "000101"), 2),
    ]


def run(runs: int) -> dict[str, Any]:
    """Measure every command, the unit and the bare imports between; the medians, with all that was measured."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for schools, mentors in ((300, 1_000), (1_000, 3_000)):
            write_cohort(folder / str(schools), cohort(schools, mentors))
        taken("-c", START, "round", str(SAMPLE), "--out", str(folder / "sample" / "plan"))
        asked = commands(folder)
        found: dict[str, list[tuple[float, float]]] = {one.name: [] for one in asked}
        found |= {"unit": [], "bare": [], HELP: []}
        for turn in range(runs + 1):
            for one in asked:
                note(found, turn, "unit", "-c", UNIT)
                note(found, turn, one.name, "-c", START, *one.words)
            note(found, turn, "bare", "-c", BARE)
            note(found, turn, HELP, "-c", START, "--help")
    return told(asked, found)


def told(asked: list[Asked], found: dict[str, list[tuple[float, float]]]) -> dict[str, Any]:
    """Give the medians and what was promised."""
    seconds = {name: median(one for one, _ in each) for name, each in found.items()}
    every = {name: [round(one, 3) for one, _ in each] for name, each in found.items()}
    rows = [
        {
            "name": one.name,
            "seconds": round(seconds[one.name], 3),
            "units": round(seconds[one.name] / seconds["unit"], 2),
            "megabytes": round(max(peak for _, peak in found[one.name])),
            "promised_units": one.units,
            "promised_megabytes": one.megabytes,
        }
        for one in asked
    ]
    return {
        "unit_seconds": round(seconds["unit"], 3),
        "help_seconds": round(seconds[HELP], 3),
        "bare_seconds": round(seconds["bare"], 3),
        "commands": rows,
        "all_seconds": every,
    }


def note(found: dict[str, list[tuple[float, float]]], turn: int, name: str, *arguments: str) -> None:
    """Measure a process; the first turn of all only fills caches."""
    measured = taken(*arguments)
    print(f"  {name}: {measured[0]:.2f} s, {measured[1]:.0f} MB", flush=True)
    if turn:
        found[name].append(measured)


def taken(*arguments: str) -> tuple[float, float]:
    """Run Python with these arguments; give its processor seconds and its peak in MB."""
    command, nowhere = [sys.executable, *arguments], subprocess.DEVNULL
    # What is installed has its byte code: the turn that is not counted writes ours, where this process writes none.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=kept) as process:  # noqa: S603 - our own words
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(run(1), indent=1))
