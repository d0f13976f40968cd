"""What is measured, and where does it go? `python -m benchmarks [question ...]`, or all questions."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks import asked as questions_asked
from benchmarks import (
    command,
    console,
    engines,
    growth,
    imports,
    plan_crowd,
    plan_page,
    portal,
    reading,
    size,
    verdicts,
    workers,
)
from benchmarks.instances import SIZES
from benchmarks.machine import describe
from benchmarks.report import draw, markdown
from benchmarks.targets import targets

RESULTS = Path(__file__).parent / "results"
QUESTIONS = (
    *("engines", "verdicts", "command", "asked", "portal"),
    *("console", "plan_page", "plan_crowd", "reading", "imports", "size", "growth", "workers"),
)


def main() -> int:
    """Measure what is asked and write it; 1 where two engines that should agree do not."""
    asked = _arguments()
    sizes = [tuple(int(part) for part in one.split("x")) for one in asked.size] or list(SIZES)
    measures = {
        "engines": lambda: engines.run(sizes, asked.runs, asked.seconds),
        "verdicts": lambda: verdicts.run(sizes, asked.runs, asked.seconds),
        "command": lambda: command.run(max(asked.runs, 15), asked.seconds),
        "asked": lambda: questions_asked.run(asked.runs),
        "portal": lambda: portal.run(asked.runs),
        "console": lambda: console.run(asked.runs),
        "plan_page": lambda: plan_page.run(asked.runs, asked.before),
        "plan_crowd": lambda: plan_crowd.run(asked.runs),
        "reading": lambda: reading.run(asked.runs, asked.before),
        "size": lambda: size.run(min(asked.runs, 3)),
        "growth": growth.run,
        "imports": lambda: imports.run(min(asked.runs, 3)),
        "workers": workers.run,
    }
    asked.out.mkdir(parents=True, exist_ok=True)
    for question in asked.questions:
        found = {"machine": describe(), question: measures[question]()}
        (asked.out / f"{question}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    results = _write_tables(asked.out)
    for one in targets(results):
        print(f"{ {True: 'kept', False: 'NOT KEPT', None: '-'}[one.kept]:>9}  {one.promise}: {one.measured}")
    return int(any(one.kept is False and one.of_values for one in targets(results)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("questions", nargs="*", help=f"of {', '.join(QUESTIONS)}; all unless told")
    parser.add_argument("--size", action="append", default=[], help="schools x mentors, for instance 300x1000")
    parser.add_argument("--runs", type=int, default=5, help="runs of each engine, in turn; slow ones fewer")
    parser.add_argument("--seconds", type=float, default=120.0, help="time limit for one engine on one problem")
    parser.add_argument("--before", type=Path, help="checkout to compare with, instead of a revision")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    asked = parser.parse_args()
    unknown = set(asked.questions) - set(QUESTIONS)
    if unknown:
        parser.error(f"no such question: {', '.join(sorted(unknown))}")
    asked.questions = asked.questions or list(QUESTIONS)
    return asked


def _write_tables(folder: Path) -> dict[str, Any]:
    """Write all tables and the drawing from what was measured last of every question."""
    results: dict[str, Any] = {"machines": {}}
    for question in QUESTIONS:
        file = folder / f"{question}.json"
        if file.exists():
            found = json.loads(file.read_text(encoding="utf-8"))
            results["machines"][question] = found["machine"]
            results[question] = found[question]
    (folder / "README.md").write_text(markdown(results), encoding="utf-8")
    if "engines" in results:
        draw(results["engines"], folder / "time-against-size.svg")
    if "growth" in results:
        growth.draw(results["growth"], folder / "growth.svg")
    return results


if __name__ == "__main__":
    raise SystemExit(main())
