"""Does an application asked in the thread of a test answer as one that is asked from another thread?"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient


def an_echo() -> FastAPI:
    """Make an application that says what it was asked, and fails where it is told to."""
    app = FastAPI(openapi_url=None)

    @app.api_route("/{path:path}", methods=["GET", "HEAD", "POST"])
    async def echo(request: Request, path: str) -> Response:
        if path == "stuk":
            raise ArithmeticError
        asked = [request.method, request.url, request.client, sorted(request.headers.items()), await request.body()]
        answer = Response(repr(asked), status_code=418, headers={"x-path": "een"})
        answer.headers.append("x-path", "twee")
        answer.set_cookie("koek", "1")
        return answer

    return app


def test_answer_is_the_same_from_this_thread_and_from_another() -> None:
    def asked(method: str, path: str, **sent: object) -> tuple[object, ...]:
        client = TestClient(an_echo(), client=("192.0.2.1", 7), headers={"x-van": "ons"})
        answer = client.request(method, path, **sent)  # type: ignore[arg-type]
        return answer.status_code, answer.headers.multi_items(), answer.content, dict(client.cookies)

    with ThreadPoolExecutor(1) as other:
        for method, path, sent in (
            ("GET", "/een/tw%C3%A9e?a=1&b=%20", {}),
            ("HEAD", "/", {}),
            ("POST", "/x", {"json": {"naam": "Zoë"}}),
            (
                "POST",
                "/x",
                {"data": {"naam": "Zoë"}, "files": {"f": ("a.csv", b"1;2")}, "headers": {"content-type": "x"}},
            ),
            ("POST", "/x", {"content": iter([b"een", b"twee"])}),
        ):
            sents = [sent | {"content": iter([b"een", b"twee"])} if "content" in sent else sent for _ in range(2)]
            here, there = asked(method, path, **sents[0]), other.submit(asked, method, path, **sents[1]).result()
            assert here[0] == 418
            if "files" in sent:  # the mark between parts is drawn anew
                assert here[0::3] == there[0::3]
            else:
                assert here == there


def test_failure_is_raised_or_answered_as_the_client_was_asked() -> None:
    assert TestClient(an_echo(), raise_server_exceptions=False).get("/stuk").status_code == 500
    with pytest.raises(ArithmeticError):
        TestClient(an_echo()).get("/stuk")


def test_application_is_asked_in_the_thread_of_the_test() -> None:
    threads: list[int] = []
    app = FastAPI(openapi_url=None)

    @app.get("/")
    async def note() -> None:
        threads.append(threading.get_ident())

    TestClient(app).get("/")
    assert threads == [threading.get_ident()]


def test_what_must_not_hold_a_loop_is_done_in_the_thread_of_the_test_and_finds_no_loop() -> None:
    seen: list[object] = []
    app = FastAPI(openapi_url=None)

    @app.get("/")
    def note() -> None:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        seen.append(threading.get_ident())

    client = TestClient(app)
    client.get("/")
    with ThreadPoolExecutor(1) as other:
        other.submit(client.get, "/").result()
    assert seen[0] == threading.get_ident()
    assert seen[1] != seen[0]


def test_application_that_asks_another_meanwhile_is_answered() -> None:
    inner, outer = FastAPI(openapi_url=None), FastAPI(openapi_url=None)

    @inner.get("/")
    def first() -> str:
        return "binnen"

    @outer.get("/")
    def second() -> str:
        return f"{TestClient(inner).get('/').json()} en buiten"

    assert TestClient(outer).get("/").json() == "binnen en buiten"
