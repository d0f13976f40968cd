"""How does a test run the real program? As a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
LAST_LINE = re.compile(r"Stoppen: Ctrl\+C\.")
WAIT_SECONDS = 300
PROGRAM, EAGER = "service.cli", "tests.eager_program"
"""The program itself, and with children that compute no later than what runs beside them."""


@dataclass(slots=True)
class Running:
    """A program that runs: what it printed first, and how to end it."""

    process: subprocess.Popen[str]
    log: Path
    lines: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it says that it is."""
        return self.lines[0].split()[-1]

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; give the exit code and what was printed since."""
        self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=WAIT_SECONDS)
        return self.process.returncode, rest


def place_of(folder: Path, database_url: str) -> tuple[str, ...]:
    """Say where data are: SQLite's in a folder, PostgreSQL's where its address says."""
    return () if database_url else ("--folder", str(folder))


def served_from(folder: Path, database_url: str) -> tuple[str, ...]:
    """Say what `serve` serves; SQLite is migrated by itself."""
    return place_of(folder, database_url) or ("--migrate",)


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "service.cli", *words],
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
    )


@contextmanager
def running(log: Path, *words: str, files: int = 0, program: str = PROGRAM, **environment: str) -> Iterator[Running]:
    """Start a program and read what it prints until it is ready; it never outlives the test.

    `files` is how many files it may have open, where that is to be few; `program` is the module that is run.
    """
    limited = ("sh", "-c", f'ulimit -n {files}; exec "$@"', "sh") if files else ()
    with log.open("a") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own words
            [*limited, sys.executable, "-m", program, *words],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    one = Running(process, log)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            one.lines.append(line.rstrip("\n"))
            if LAST_LINE.search(line):
                break
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield one
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=WAIT_SECONDS)
