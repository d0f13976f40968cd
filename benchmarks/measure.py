"""How are times taken so that they can be compared? Fresh processes, taken in turn, and the median of each."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GRACE = 60
"""Seconds that a process may take beside the time that the engine is allowed, to start and to load."""

ONCE, THRICE = 20.0, 2.0
"""Seconds from which an engine runs only once, or at most three times."""


@dataclass(slots=True)
class Record:
    """What one contender did over its runs; `failure` tells why there is none."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    failure: str = ""

    def wants_more(self, runs: int) -> bool:
        """Tell whether another run is worth its time."""
        if self.failure:
            return False
        longest = max(self.seconds, default=0.0)
        return len(self.seconds) < (1 if longest > ONCE else min(3, runs) if longest > THRICE else runs)

    def as_json(self) -> dict[str, Any]:
        """Give the medians, all times, and what the last run answered."""
        if self.failure:
            return {"failure": self.failure}
        middle = {"seconds": median(self.seconds), "megabytes": round(median(self.megabytes), 1)}
        return middle | {"all_seconds": [round(one, 6) for one in self.seconds]} | self.last


def in_turn(commands: Mapping[str, Sequence[str]], runs: int, seconds: float) -> dict[str, dict[str, Any]]:
    """Run every command `runs` times, one after the other and round again, so that a busy moment hits all.

    A command is the arguments of Python; the last line that it prints is a JSON object with `seconds` and
    `megabytes`.
    """
    records = {name: Record() for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            if records[name].wants_more(runs):
                _run_once(records[name], command, seconds)
                print(f"  {name}: {records[name].failure or f'{records[name].seconds[-1]:.4f} s'}", flush=True)
    return {name: record.as_json() for name, record in records.items()}


def _run_once(record: Record, command: Sequence[str], seconds: float) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [sys.executable, *command], capture_output=True, text=True, timeout=seconds + GRACE, check=False
        )
    except subprocess.TimeoutExpired:
        record.failure = f"not finished after {seconds:g} s"
        return
    if done.returncode:
        record.failure = (done.stderr.strip().splitlines() or ["stopped"])[-1][:200]
        return
    found = json.loads(done.stdout.strip().splitlines()[-1])
    record.seconds.append(found.pop("seconds"))
    record.megabytes.append(found.pop("megabytes"))
    record.last = found
