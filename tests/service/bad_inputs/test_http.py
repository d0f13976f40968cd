"""Is a request that is odd as HTTP refused before any work, does no answer tell what it should not (47-53, 80-83)?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
import pytest
from structlog.testing import capture_logs

from service.access.callers import COOKIE
from tests.service_client import a_client, a_cohort, a_filled_cohort, a_login, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from service.database.engine import Database
    from tests.service_imports import Desk


class Raw(NamedTuple):
    """An answer as it leaves the application."""

    status: int
    headers: dict[str, str]
    body: bytes
    taken: int


def raw(
    app: FastAPI,
    headers: list[tuple[str, str]],
    chunks: Iterator[bytes] | None = None,
    method: str = "POST",
    path: str = "/v1/cohorts",
) -> Raw:
    """Call the application with exactly these headers and chunks; tell how many chunks it took."""
    told: list[Any] = []
    taken = [0]

    async def receive() -> dict[str, Any]:
        chunk = next(chunks or iter(()), None)
        taken[0] += chunk is not None
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI
        told.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    anyio.run(app, scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return Raw(told[0]["status"], answered, b"".join(one.get("body", b"") for one in told), taken[0])


def asking(app: FastAPI) -> list[tuple[str, str]]:
    """Give the headers of a coordinator's request."""
    secret = a_login(app.state.database, "coordinator")
    return [("Host", "in2stem.be"), ("Cookie", f"{COOKIE}={secret}"), ("Content-Type", "application/json")]


def endless() -> Iterator[bytes]:
    """Give a body that never ends."""
    while True:
        yield b" " * 1000


def test_47_body_that_says_it_is_too_large_is_refused_unread(database: Database) -> None:
    app = an_app(database, most_body=5_000)
    answer = raw(app, [*asking(app), ("Content-Length", "5001")], endless())
    assert (answer.status, b'"too_large"' in answer.body, answer.taken) == (413, True, 0)


def test_47_body_without_end_is_refused_while_it_streams(database: Database) -> None:
    app = an_app(database, most_body=5_000)
    answer = raw(app, [*asking(app), ("Transfer-Encoding", "chunked")], endless())
    assert (answer.status, b'"too_large"' in answer.body, answer.taken) == (413, True, 6)


def test_47_upload_without_end_is_refused_while_it_streams(database: Database) -> None:
    app = an_app(database, most_body=5_000)
    client = a_client(app, "coordinator")
    answer = client.post(f"/v1/cohorts/{a_cohort(client)}/imports", files=[("files", ("x.csv", b"x" * 9_000))])
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(("role", "most", "words"), [("nobody", 64_000, "64 kB"), ("coordinator", 1_000_000, "1 MB")])
def test_47_json_has_a_limit_of_its_own(database: Database, role: str, most: int, words: str) -> None:
    app = an_app(database)
    client, path = a_client(app, role), "/v1/session" if role == "nobody" else "/v1/cohorts"
    headers = {"Content-Type": "application/json"}
    assert client.post(path, content=b'"' + b"x" * (most - 2) + b'"', headers=headers).status_code == 422
    for body in (b" " * (most + 1), (b" " * 1000 for _ in range(most // 1000 + 1))):  # with its length told, and not
        answer = client.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert words in answer.json()["detail"]


def test_47_long_json_is_refused_while_it_streams(database: Database) -> None:
    app = an_app(database)
    answer = raw(app, [*asking(app), ("Transfer-Encoding", "chunked")], endless())
    assert (answer.status, answer.taken) == (413, 1001)
    answer = raw(app, [*asking(app), ("Content-Length", "1000001")], endless())
    assert (answer.status, answer.taken) == (413, 0)


def test_47_files_may_be_larger_than_json(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    files = [("files", ("scholen.csv", b"nummer;naam\n" + b"x" * 1_200_000))]
    answer = client.post(f"/v1/cohorts/{a_cohort(client)}/imports", files=files)
    assert answer.status_code == 202, answer.text


def test_47_record_to_check_may_be_as_long_as_is_promised(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    answer = client.post(f"/v1/cohorts/{a_cohort(client)}/award/record/check", json={"record": "x" * 2_000_000})
    assert (answer.status_code, answer.json()["sound"]) == (200, False)


def test_49_two_lengths_are_refused(database: Database) -> None:
    app = an_app(database)
    answer = raw(app, [*asking(app), ("Content-Length", "2"), ("Transfer-Encoding", "chunked")], iter([b"{}"]))
    assert (answer.status, b'"two_lengths"' in answer.body) == (400, True)


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "1, 2"])
def test_49_length_that_is_no_number_is_refused(database: Database, length: str) -> None:
    app = an_app(database)
    answer = raw(app, [*asking(app), ("Content-Length", length)])
    assert (answer.status, b'"bad_length"' in answer.body) == (400, True)


@pytest.mark.parametrize("hosts", [[], [("Host", "elders.be")] * 2], ids=["none", "two"])
def test_50_no_host_or_two_are_refused(database: Database, hosts: list[tuple[str, str]]) -> None:
    app = an_app(database)
    answer = raw(app, hosts + asking(app)[1:], method="GET")
    assert (answer.status, b'"bad_host"' in answer.body) == (400, True)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_51_wrong_content_type_is_refused(database: Database, kind: str) -> None:
    client = a_client(an_app(database), "coordinator")
    body = b'{"name": "A", "region": "Limburg", "school_year": 2026}'
    answer = client.post("/v1/cohorts", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type")
    assert client.get("/v1/cohorts").json()["items"] == []


@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, identity", "GZIP"])
def test_51_packed_body_is_refused_with_what_is_taken(database: Database, encoding: str) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort, headers = a_cohort(client), {"Content-Encoding": encoding}
    for sent in ({"content": b"\x1f\x8b"}, {"files": [("files", ("scholen.csv", b"nummer;naam\n"))]}):
        answer = client.post(f"/v1/cohorts/{cohort}/imports", headers=headers, **sent)
        assert (answer.status_code, answer.json()["code"]) == (415, "content_encoding")
        assert answer.headers["accept-encoding"] == "identity"
        assert answer.json()["detail"] == "Stuur de inhoud zonder Content-Encoding."


def test_51_body_that_says_it_is_not_packed_is_read(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    client.headers["Content-Encoding"] = "Identity"
    assert a_cohort(client)


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_52_method_override_is_passed_over(database: Database, header: str) -> None:
    client = a_client(an_app(database), "admin")
    cohort = a_cohort(client)
    assert client.get(f"/v1/cohorts/{cohort}", headers={header: "DELETE"}).status_code == 200
    answer = client.get(f"/v1/cohorts/{cohort}?_method=DELETE", headers={header: "DELETE"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown_parameter")
    assert client.get(f"/v1/cohorts/{cohort}").status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/v1/session", "/v1/cohorts", "/v1/openapi.json", "/aanmelden", "/niets"])
def test_52_head_gets_the_answer_to_get_without_its_body(database: Database, path: str) -> None:
    app = an_app(database)
    full, bare = (raw(app, asking(app), method=method, path=path) for method in ("GET", "HEAD"))
    passing = {"x-request-id", "set-cookie"}
    assert {**full.headers, **dict.fromkeys(passing)} == {**bare.headers, **dict.fromkeys(passing)}
    assert (bare.status, bare.body) == (full.status, b"")
    assert full.body or full.status == 303


def test_52_head_does_not_follow_events(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    job = client.post(f"/v1/cohorts/{a_filled_cohort(client)}/rounds", json={}).json()["job"]
    answer = client.head(f"/v1/jobs/{job}/events")
    assert (answer.status_code, answer.headers["content-type"][:17]) == (200, "text/event-stream")
    assert dict(app.state.limits._streams) == {}


def test_52_head_is_logged_as_such_and_not_described(database: Database) -> None:
    app = an_app(database)
    with capture_logs() as lines:
        document = a_client(app).get("/v1/openapi.json").json()
        a_client(app).head("/livez")
    assert [(one["method"], one["route"]) for one in lines] == [("GET", "/v1/openapi.json"), ("HEAD", "/livez")]
    assert not any("head" in operations for operations in document["paths"].values())


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", "/v1/cohorts", "GET, HEAD, POST"), ("PATCH", "/v1/session", "DELETE, GET, HEAD, POST")],
)
def test_52_method_that_can_not_be_is_told_all_that_can(
    database: Database, method: str, path: str, allowed: str
) -> None:
    answer = a_client(an_app(database), "coordinator").request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize(
    ("path", "status"),
    [("http://x/livez", 200), ("HTTPS://x:8000/v1/session", 200), ("http://x/niets", 404), ("ftp://x/livez", 404)],
)
def test_52_whole_address_is_read_as_its_path(database: Database, path: str, status: int) -> None:
    app = an_app(database)
    assert raw(app, asking(app), method="GET", path=path).status == status


@pytest.mark.parametrize("resource", ["", "/schools", "/mentors", "/locks", "/imports", "/rules/versions"])
@pytest.mark.parametrize(
    "query", ["limit=1000000000", "limit=-1", "limit=0", "limit=x", "cursor=%00", "cursor=" + "9" * 99]
)
def test_53_page_that_can_not_be_is_refused(desk: Desk, resource: str, query: str) -> None:
    answer = desk.client.get(f"{desk.address if resource else '/v1/cohorts'}{resource}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_80_request_id_that_could_break_a_header_is_not_given_back(database: Database) -> None:
    app = an_app(database)
    answer = raw(app, [*asking(app), ("X-Request-Id", "a\r\nSet-Cookie: x=1")], method="GET")
    assert answer.headers["x-request-id"].startswith("req_")
    assert "set-cookie" not in answer.headers


def test_81_report_is_named_by_us_alone(desk: Desk) -> None:
    files = {'../../x";y.csv': b"a;b\n1;2\n"}
    address = desk.previewed(files)
    name = desk.client.get(f"{address}/report").headers["content-disposition"]
    assert name == f'attachment; filename="{address.rpartition("/")[2]}.xlsx"'


def test_83_what_goes_wrong_unexpectedly_tells_an_id_and_nothing_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_cohort(client)

    def broken(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("service.rounds.given.locks_store.listed", broken)
    with capture_logs() as lines:
        answer = client.get(f"/v1/cohorts/{cohort}/locks")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert answer.json()["request_id"] in answer.json()["detail"]
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json()["request_id"] in {one["request"] for one in lines if one["log_level"] == "error"}
