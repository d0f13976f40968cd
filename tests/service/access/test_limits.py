"""Is each caller held to so many requests a minute, and nobody for another's?"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from service.access.limits import MOST_STREAMS, Limits
from service.errors import Problem
from service.middleware import HEADERS
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.store.database import Database


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
    with ExitStack() as opened:
        for _ in range(MOST_STREAMS):
            limits.check_streams("an")
            opened.enter_context(limits.stream("an"))
        with pytest.raises(Problem) as caught:
            limits.check_streams("an")
        limits.check_streams("bert")
    assert (caught.value.status, caught.value.code) == (429, "too_many_streams")
    limits.check_streams("an")


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
