"""What is told of a job that fails: words for people, a trace for the log, and never what somebody typed?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from structlog.testing import capture_logs

from service.jobs import store as jobs
from service.worker import child
from service.worker.kinds import KINDS
from tests.service.worker.test_worker import a_worker, state
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    import pytest

    from service.database.engine import Database
    from service.worker.child import Children

TYPED = "An Peeters"


class Pipe(NamedTuple):
    """A pipe that keeps what is sent."""

    sent: list[Any]

    def send(self, value: Any) -> None:  # noqa: ANN401 - whatever is sent
        """Keep it."""
        self.sent.append(value)


def told_of(error: Exception, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - what a child says
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setitem(child.KINDS, "ask", KINDS["ask"]._replace(run=fail))
    pipe = Pipe([])
    child._compute(pipe, "ask", {}, threading.Event())  # type: ignore[arg-type]
    return pipe.sent[-1]


def test_error_in_a_child_is_told_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    what, trace = told_of(ValueError(TYPED), monkeypatch)
    assert (what, trace[0]) == ("failed", "ValueError")
    assert TYPED not in str(trace)


def test_too_little_memory_is_told_to_people(monkeypatch: pytest.MonkeyPatch) -> None:
    what, words = told_of(MemoryError(), monkeypatch)
    assert what == "refused"
    assert words.startswith("Er is niet genoeg geheugen")


def test_failure_is_logged_without_what_somebody_typed(
    database: Database, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    app = an_app(database)
    cohort = a_cohort(a_client(app, "coordinator"))

    def fail(*_: object) -> None:
        raise KeyError(TYPED)

    monkeypatch.setitem(KINDS, "ask", KINDS["ask"]._replace(prepare=fail))  # type: ignore[arg-type]
    with database.write() as transaction:
        job = jobs.enqueue(transaction, "ask", cohort=cohort, payload={})
    with capture_logs() as lines:
        a_worker(app, children).do(job)
    assert "job_failed" in [line["event"] for line in lines]
    assert TYPED not in str(lines)
    assert state(database, job).failure == "De berekening brak onverwacht af."
