"""Is an error that nobody foresaw answered, logged and counted like any other, once, whoever asks?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest
from fastapi.testclient import TestClient
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from service.run.metrics import Meters
from service.web.middleware import HEADERS, Shell
from service.web.problem_answers import unexpected
from tests.service_client import an_app

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from service.database.engine import Database

BROKEN = "service.web.health_api.check_ready"


def broken(*_: object) -> None:
    raise RuntimeError("geheim")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_an_error_is_answered_in_the_shell_and_logged_and_counted_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    app, meters = an_app(database), Meters(database)
    app.state.meter = meters.request
    client = TestClient(app)  # would raise what the application raises: nothing may come out of it
    monkeypatch.setattr(BROKEN, broken)
    with capture_logs() as lines:
        answer = client.get("/readyz", headers={"Accept": accept, "X-Request-Id": "mijn-nummer"})
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] == "mijn-nummer"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert ("mijn-nummer" in answer.text, "geheim" in answer.text) == (True, False)
    kind = "application/problem+json" if accept.endswith("json") else "text/html; charset=utf-8"
    assert answer.headers["content-type"] == kind
    assert [one["event"] for one in lines] == ["unexpected", "request"]
    assert (lines[1]["status"], lines[1]["request"]) == (500, "mijn-nummer")
    counted = [one for one in generate_latest(meters.registry).decode().splitlines() if "requests_total{" in one]
    assert counted == ['in2stem_requests_total{method="GET",route="/readyz",status="500"} 1.0']


def told_by(app: object, receive: Receive) -> tuple[list[Message], list[str], int]:
    """Call a bare application in the shell; give what was sent, the events logged and the status noted."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"x")]
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/",
        "headers": headers,
        "query_string": b"",
    }
    with capture_logs() as lines:
        anyio.run(Shell(app, most_body=10, unexpected=unexpected), scope, receive, send)  # type: ignore[arg-type]
    return sent, [one["event"] for one in lines], lines[-1]["status"]


async def nothing() -> Message:
    return {"type": "http.disconnect"}


def test_an_error_after_the_answer_began_is_counted_as_one_and_sends_no_second_answer() -> None:
    async def half(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError

    sent, events, status = told_by(half, nothing)
    assert [one["type"] for one in sent] == ["http.response.start"]
    assert (events, status) == (["unexpected", "request"], 500)


def test_a_caller_who_left_is_no_error() -> None:
    async def reading(scope: Scope, receive: Receive, _send: Send) -> None:
        from starlette.requests import Request  # noqa: PLC0415 - for this one case

        await Request(scope, receive).body()

    assert told_by(reading, nothing) == ([], ["request"], 499)
