"""Does a crash point kill where it is named, and nowhere else?"""

from __future__ import annotations

import contextlib
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


def reached_at_once(point: str, named: str, count: int) -> list[int]:
    """Let so many processes reach a point, all of them loaded before the first does; give their exit codes."""
    script = f"import sys; from service.core.crashpoints import reach; print(); sys.stdin.read(); reach({point!r})"
    with contextlib.ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(  # noqa: S603 - our own words
                    [sys.executable, "-uc", script],
                    cwd=ROOT,
                    env={**os.environ, VARIABLE: named},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            )
            for _ in range(count)
        ]
        for one in started:
            assert one.stdout is not None
            one.stdout.readline()
        for one in started:
            assert one.stdin is not None
            one.stdin.close()
        return [one.wait(60) for one in started]


def test_crash_point_that_is_named_kills() -> None:
    assert reached("publish.inside", "publish.inside") == -signal.SIGKILL


def test_crash_point_that_is_not_named_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    for point in POINTS:
        reach(point)
    assert reached("publish.inside", "publish.after") == 0


def test_file_that_names_a_point_kills_one_of_all_that_reach_it(tmp_path: Path) -> None:
    armed = tmp_path / "crash-at"
    armed.write_text("claimed", encoding="utf-8")
    assert reached("mid-solve", f"@{armed}") == 0
    assert armed.exists()
    assert sorted(reached_at_once("claimed", f"@{armed}", 4)) == [-signal.SIGKILL, 0, 0, 0]
    assert not armed.exists()


def test_every_crash_point_stands_in_the_program() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "service").rglob("*.py"))
    assert [point for point in POINTS if f'reach("{point}")' not in sources] == []
