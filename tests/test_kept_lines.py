"""Is what the program logged told of a test that fails, and of no other?"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import structlog

from tests.kept_lines import MOST, pytest_runtest_makereport


def told(when: str, *, failed: bool) -> list[tuple[str, str]]:
    """Give what a report of one step tells beside its own."""
    report, making = SimpleNamespace(failed=failed, sections=[]), pytest_runtest_makereport(SimpleNamespace(when=when))
    next(making)
    with pytest.raises(StopIteration) as ended:
        making.send(report)
    assert ended.value.value is report
    return report.sections


def test_lines_are_told_of_a_step_that_failed_until_the_test_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger("een").warning("request", status=500)
    assert capsys.readouterr() == ("", "")
    assert told("call", failed=False) == []
    ((title, lines),) = told("call", failed=True)
    assert title.endswith("call")
    assert eval(lines) == {"event": "request", "status": 500, "level": "warning"}  # noqa: S307 - our own
    told("teardown", failed=False)
    assert told("call", failed=True) == []


def test_last_lines_of_a_test_that_logs_a_lot_are_kept() -> None:
    for number in range(MOST + 1):
        structlog.get_logger("een").info("request", number=number)
    ((_, lines),) = told("call", failed=True)
    numbers = [eval(line)["number"] for line in lines.splitlines()]  # noqa: S307 - our own
    assert numbers == list(range(1, MOST + 1))
