"""Where does the time of a run go? Seconds and processor seconds of each folder and file, and the slowest fixtures."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from _pytest.fixtures import FixtureDef, SubRequest
    from _pytest.terminal import TerminalReporter

OPTION = "--time-report"
MOST_FILES, MOST_FIXTURES = 25, 10
SPENT = "processor_seconds"
Sums = list[float]


def processor_seconds() -> float:
    """Give what this process and those that it waited for have used of the processor."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def folder_of(file: str) -> str:
    """Give the folder that a test file counts for: one capability of the service, or one folder beside it."""
    parts = PurePosixPath(file).parent.parts
    return "/".join(parts[:3] if parts[1:2] == ("service",) else parts[:2])


def lines_of(sums: Mapping[str, Sums], most: int) -> Iterable[str]:
    """Give a line of each, the dearest first: seconds, processor seconds, how many, and what."""
    for name, (seconds, processor, count) in sorted(sums.items(), key=lambda one: -one[1][0])[:most]:
        yield f"{seconds:9.1f} {processor:9.1f} {count:7.0f}  {name}"


class TimeReport:
    """Measures in every worker, and tells at the end of the run."""

    def __init__(self, config: pytest.Config) -> None:
        """Begin to measure."""
        self._config, self._began = config, time.time()
        self._last = processor_seconds()
        self._files: dict[str, Sums] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self._fixtures: dict[str, Sums] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self._collected: list[float] = []
        self._ended: list[float] = []

    def pytest_collection_finish(self) -> None:
        """Note what it took to find the tests."""
        spent, self._last = self._last, processor_seconds()
        self._collected.append(self._last - spent)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: FixtureDef[Any], request: SubRequest) -> Generator[None, object, object]:
        """Note what it takes to make a fixture."""
        began, spent = time.perf_counter(), processor_seconds()
        try:
            return (yield)
        finally:
            sums = self._fixtures[f"{fixturedef.argname} ({request.scope})"]
            _add(sums, time.perf_counter() - began, processor_seconds() - spent, 1)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Have each report tell what its step took of the processor, and what pytest took before it."""
        report = yield
        spent, self._last = self._last, processor_seconds()
        report.user_properties.append((SPENT, self._last - spent))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a step of a test for its file."""
        spent = next((float(str(value)) for name, value in report.user_properties if name == SPENT), 0.0)
        _add(self._files[report.nodeid.partition("::")[0]], report.duration, spent, report.when == "call")

    def pytest_sessionfinish(self) -> None:
        """Hand over what only the worker knows."""
        if (output := getattr(self._config, "workeroutput", None)) is not None:
            output["time_report"] = {"fixtures": dict(self._fixtures), "collected": self._collected}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - a worker of pytest-xdist
        """Take what a worker hands over when it is done."""
        told = getattr(node, "workeroutput", {}).get("time_report", {"fixtures": {}, "collected": []})
        self._ended.append(time.time() - self._began)
        self._collected += told["collected"]
        for name, sums in told["fixtures"].items():
            _add(self._fixtures[name], *sums)

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Tell it."""
        folders: dict[str, Sums] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for file, sums in self._files.items():
            _add(folders[folder_of(file)], *sums)
        terminalreporter.section("where the time goes")
        for line in self._told(folders):
            terminalreporter.write_line(line)

    def _told(self, folders: dict[str, Sums]) -> Iterable[str]:
        total = [sum(column) for column in zip(*self._files.values(), strict=True)] or [0.0, 0.0, 0.0]
        yield "  seconds processor   tests"
        yield f"{total[0]:9.1f} {total[1]:9.1f} {total[2]:7.0f}  all tests"
        yield f"{'':9} {sum(self._collected):9.1f} {len(self._collected):7}  times collecting them"
        for title, sums, most in (
            ("folders", folders, len(folders)),
            (f"the {MOST_FILES} slowest files", self._files, MOST_FILES),
            (f"the {MOST_FIXTURES} slowest fixtures, and how often each was made", self._fixtures, MOST_FIXTURES),
        ):
            yield f"-- {title}"
            yield from lines_of(sums, most)
        if self._ended:
            yield "-- workers were done after " + ", ".join(f"{one:.0f}" for one in sorted(self._ended)) + " s"


def _add(sums: Sums, *more: float) -> None:
    for at, one in enumerate(more):
        sums[at] += one
