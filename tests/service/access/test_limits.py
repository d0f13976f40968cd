"""Is each caller held to so many requests a minute, and nobody for another's?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from service.access.callers import COOKIE
from service.access.limits import MOST_STREAMS, Limits
from service.core.errors import Problem
from service.web.middleware import HEADERS
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database


def test_requests_past_the_limit_are_told_when_to_come_back() -> None:
    limits = Limits(2, 1)
    limits.count("an")
    limits.count("an")
    with pytest.raises(Problem) as caught:
        limits.count("an")
    assert (caught.value.status, caught.value.code) == (429, "too_many_requests")
    assert 1 <= int(caught.value.headers["Retry-After"]) <= 61
    limits.count("bert")


def test_limit_holds_for_a_minute_and_who_is_gone_is_forgotten() -> None:
    moment = [0.0]
    limits = Limits(1, 1, clock=lambda: moment[0])
    limits.count("an")
    moment[0] = 59.5
    with pytest.raises(Problem) as caught:
        limits.count("an")
    assert caught.value.headers["Retry-After"] == "1"
    moment[0] = 60.0
    limits.count("an")
    limits.count("bert")
    moment[0] = 121.0
    limits.count("cas")
    assert set(limits._windows) == {"cas"}


def test_streams_are_counted_while_they_are_open() -> None:
    limits = Limits(1, 1)
    for _ in range(MOST_STREAMS):
        limits.open_stream("an")
    with pytest.raises(Problem) as caught:
        limits.open_stream("an")
    limits.open_stream("bert")
    assert (caught.value.status, caught.value.code) == (429, "too_many_streams")
    limits.close_stream("an")
    limits.open_stream("an")


@dataclass
class Followers:
    """Callers who follow a job, and leave when `enough` of them were answered."""

    app: FastAPI
    path: str
    cookie: str
    enough: int
    statuses: list[int] = field(default_factory=list)
    answered: anyio.Event = field(default_factory=anyio.Event)

    async def follow(self) -> None:
        """Follow until all are answered."""
        headers = [(b"host", b"in2stem.be"), (b"cookie", f"{COOKIE}={self.cookie}".encode())]
        scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "GET", "headers": headers}
        scope |= {"path": self.path, "query_string": b"", "client": ("127.0.0.1", 1), "state": {}}
        await self.app(scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self.answered.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:  # noqa: ANN401 - ASGI
        if message["type"] == "http.response.start":
            self.statuses.append(message["status"])
            if len(self.statuses) == self.enough:
                self.answered.set()


async def followed_together(who: Followers) -> list[int]:
    """Have all follow at once; give their statuses."""
    async with anyio.create_task_group() as together:
        for _ in range(who.enough):
            together.start_soon(who.follow)
    return who.statuses


def test_streams_opened_at_once_are_held_to_the_limit_and_given_back(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    job = client.post(f"/v1/cohorts/{a_filled_cohort(client)}/rounds", json={}).json()["job"]
    path, cookie = f"/v1/jobs/{job}/events", client.cookies[COOKIE]
    statuses = anyio.run(followed_together, Followers(app, path, cookie, MOST_STREAMS + 5))
    assert (statuses.count(200), statuses.count(429)) == (MOST_STREAMS, 5)
    gone = Followers(app, path, cookie, 0)
    gone.answered.set()  # gone before the first event
    for _ in range(MOST_STREAMS + 1):
        anyio.run(gone.follow)
    for number in range(MOST_STREAMS + 1):
        assert client.get(f"/v1/jobs/niets{number}/events").status_code == 404
    assert dict(app.state.limits._streams) == {}


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_are_never_limited(database: Database, path: str) -> None:
    client = a_client(an_app(database, requests_a_minute=2))
    assert [client.get(path).status_code for _ in range(5)] == [200] * 5
    client.headers["Authorization"] = "Bearer x"
    assert [client.get(path).status_code for _ in range(5)] == [200] * 5
    assert [client.get("/v1/session").status_code for _ in range(3)] == [401, 401, 429]


def test_logins_are_counted_apart() -> None:
    limits = Limits(1, 1)
    limits.count_login("an")
    limits.count("an")
    with pytest.raises(Problem):
        limits.count_login("an")


def test_one_caller_s_requests_do_not_hold_up_another(database: Database) -> None:
    app = an_app(database, requests_a_minute=3)
    one, other = a_client(app, "portal"), a_client(app, "portal")
    assert [one.get("/v1/session").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/v1/session").status_code == 200


def test_bad_keys_are_counted_by_place(database: Database) -> None:
    app = an_app(database, requests_a_minute=2)
    client = a_client(app)
    answers = [client.get("/v1/session", headers={"Authorization": f"Bearer x{number}"}) for number in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]
    assert a_client(app, "portal").get("/v1/session").status_code == 200


@pytest.mark.parametrize("path", ["/v1/session", "/livez", "/nergens", "/v1/cohorts"])
def test_every_answer_bears_the_safe_headers(database: Database, path: str) -> None:
    app = an_app(database)
    for role in ("nobody", "admin"):
        answer = a_client(app, role).get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-request-id"]
        assert "server" not in answer.headers


def test_request_with_another_way_to_prove_who_asks_is_refused(database: Database) -> None:
    client = a_client(an_app(database))
    for given in ("Basic YTpi", "Bearer", "in2stem_x", "Bearer x y"):
        answer = client.get("/v1/session", headers={"Authorization": given})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), given


def test_key_counts_and_not_the_cookie_that_comes_along(database: Database) -> None:
    app = an_app(database)
    both = a_client(app, "admin")
    both.headers["Authorization"] = a_client(app, "portal").headers["Authorization"]
    assert both.get("/v1/session").json()["role"] == "portal"
    assert both.get("/v1/people").status_code == 403
