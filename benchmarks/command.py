"""How long does the whole command take on the sample cohort, beside only loading what it is built on?

Whole processes, from start to exit, taken in turn: `in2stem round`, and Python that imports OR-Tools' minimum-cost
flow and pandas and does nothing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measure import in_turn

COHORT = Path(__file__).parent.parent / "data" / "voorbeeld"
START = "import sys; from service.cli import main; sys.exit(main())"
IMPORTS = "import ortools.graph.python.min_cost_flow, pandas"


def run(runs: int, seconds: float, cohort: Path = COHORT) -> dict[str, Any]:
    """Measure the command and the bare imports, once unmeasured to fill the caches."""
    with TemporaryDirectory() as folder:
        out = str(Path(folder) / "plan")
        commands = {
            "in2stem round": ("-m", "benchmarks.command", START, "round", str(cohort), "--out", out),
            "bare imports": ("-m", "benchmarks.command", IMPORTS),
        }
        in_turn(commands, 1, seconds)
        return in_turn(commands, runs, seconds)


def main(code: str, *arguments: str) -> None:
    """Run Python with this code in a process of its own and print how long it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "megabytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
