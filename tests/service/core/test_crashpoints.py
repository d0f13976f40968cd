"""Does a crash point kill where it is named, and nowhere else?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from service.core.crashpoints import POINTS, VARIABLE, reach

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[3]


def reached(point: str, named: str) -> int:
    """Reach a point in a process whose environment names one; give its exit code."""
    command = [sys.executable, "-c", f"from service.core.crashpoints import reach; reach({point!r})"]
    return subprocess.run(  # noqa: S603 - our own words
        command, cwd=ROOT, env={**os.environ, VARIABLE: named}, check=False, timeout=60
    ).returncode


def test_crash_point_that_is_named_kills() -> None:
    assert reached("publish.inside", "publish.inside") == -signal.SIGKILL


def test_crash_point_that_is_not_named_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    for point in POINTS:
        reach(point)
    assert reached("publish.inside", "publish.after") == 0


def test_every_crash_point_stands_in_the_program() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "service").rglob("*.py"))
    assert [point for point in POINTS if f'reach("{point}")' not in sources] == []
