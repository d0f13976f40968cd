"""Does a run tell where its time went: of every test, folder and fixture, whichever worker ran it?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.time_report import SPENT, TimeReport, folder_of


class Terminal:
    """What is told, line by line."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.lines: list[str] = []

    def section(self, title: str) -> None:
        """Begin."""
        self.lines.append(title)

    write_line = section


def a_step(file: str, when: Any, seconds: float, processor: float) -> pytest.TestReport:  # noqa: ANN401 - a literal
    """Give the report of one step of a test in a file."""
    place = (file, 1, "test_x")
    report = pytest.TestReport(f"{file}::test_x", place, {}, "passed", None, when, duration=seconds)
    report.user_properties.append((SPENT, processor))
    return report


def test_steps_count_for_their_file_and_folder_and_workers_for_all() -> None:
    report, told = TimeReport(SimpleNamespace()), Terminal()  # type: ignore[arg-type]
    for file, when, seconds, processor in (
        ("tests/service/web/test_a.py", "setup", 1.0, 0.5),
        ("tests/service/web/test_a.py", "call", 2.0, 1.5),
        ("tests/service/web/test_b.py", "call", 4.0, 0.25),
        ("tests/engine/test_c.py", "call", 8.0, 8.0),
    ):
        report.pytest_runtest_logreport(a_step(file, when, seconds, processor))
    for _ in range(2):
        handed = {"fixtures": {"server (session)": [3.0, 1.0, 1]}, "collected": [5.0]}
        report.pytest_testnodedown(SimpleNamespace(workeroutput={"time_report": handed}))
    report.pytest_terminal_summary(told)  # type: ignore[arg-type]
    lines = [" ".join(one.split()) for one in told.lines]
    assert lines[:7] == [
        "where the time goes",
        "seconds processor tests",
        "15.0 10.2 3 all tests",
        "10.0 2 times collecting them",
        "-- folders",
        "8.0 8.0 1 tests/engine",
        "7.0 2.2 2 tests/service/web",
    ]
    assert "4.0 0.2 1 tests/service/web/test_b.py" in lines
    assert "6.0 2.0 2 server (session)" in lines
    assert lines[-1].startswith("-- workers were done after 0, 0 s")


def test_folder_is_a_capability_of_the_service_or_one_beside_it() -> None:
    files = ("tests/service/web/test_a.py", "tests/engine/test_c.py", "tests/test_words.py")
    assert [folder_of(one) for one in files] == ["tests/service/web", "tests/engine", "tests"]
