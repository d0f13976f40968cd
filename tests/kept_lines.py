"""What did the program log while a test ran? Kept as it is said, and put into words only where the test fails."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import structlog.testing

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, MutableMapping

MOST = 200
"""Lines that are kept of one test, the last ones."""

KEPT: deque[MutableMapping[str, Any]] = deque(maxlen=MOST)


def keep(_logger: object, level: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep a line; raises DropEvent, for nobody reads it now."""
    line["level"] = level
    KEPT.append(line)
    raise structlog.DropEvent


@contextmanager
def lines_kept() -> Iterator[None]:
    """Have what is logged in this process kept: to print each line in colours takes a tenth of a request's time."""
    structlog.configure(processors=[keep], logger_factory=structlog.testing.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the lines with a step that failed; forget them after the test."""
    report = yield
    if report.failed and KEPT:
        report.sections.append((f"Lines logged until the end of {call.when}", "\n".join(map(str, KEPT))))
    if call.when == "teardown":
        KEPT.clear()
    return report
