"""How does a test run the real program? As a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tests.warm.asking import Asked
from tests.warm.process import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[3]
LAST_LINE = re.compile(r"Stoppen: Ctrl\+C\.")
WAIT_SECONDS = 300


@dataclass(slots=True)
class Running:
    """A program that runs: what it printed first, and how to end it."""

    process: subprocess.Popen[str] | Warm
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
    """Run a command to its end, in a process that has loaded the program before."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        code = Warm(words, os.environ | environment, out, err).wait(WAIT_SECONDS)
        texts = [one.read() for one in (out, err) if one.seek(0) == 0]
    return subprocess.CompletedProcess(words, code, *texts)


def _started(words: Sequence[str], errors: IO[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "service.cli", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )


@contextmanager
def running(log: Path, *words: str, files: int = 0, fresh: bool = False, **environment: str) -> Iterator[Running]:
    """Start a program and read what it prints until it is ready; it never outlives the test.

    `files` is how many files it may have open, where that is to be few; a `fresh` one loads the program by itself, and
    its children compute only when nobody else does.
    """
    process: subprocess.Popen[str] | Warm
    with log.open("a") as errors:
        if fresh:
            process = _started(words, errors, os.environ | environment)
        else:
            process = Warm(words, os.environ | environment, None, errors, Asked(files=files) if files else None)
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
