"""How is the application asked quickly? In the thread of the test itself.

Starlette's client starts a thread with an event loop for every request and passes each message through it, and that
loop starts a thread for what it must not wait for, as every handler. Together they take twice the time of the request.
A test that asks from the main thread, with no event loop there, needs none of them: it waits anyhow.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import httpx2
import pytest
from anyio._backends._asyncio import AsyncIOBackend
from httpx2 import _urls
from httpx2._transports import default as by_wire
from starlette import testclient

from tests.lone_transactions import meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Message

Transport = testclient._TestClientTransport  # there is no other place to take a request over
ANSWERING: contextvars.ContextVar[int] = contextvars.ContextVar("answering", default=0)
"""Which thread answers the request that it asked itself."""

UNKNOWN = 50000
"""The port of a caller that gives none."""

MOST_ADDRESSES = 2000
"""So many addresses are kept as they were read."""


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class _Exchange:
    """One request going in and its answer coming out; starts where nothing was answered."""

    def __init__(self, request: httpx2.Request) -> None:
        self._request, self._was_read, self._ended = request, False, asyncio.Event()
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.content: list[bytes] = []

    async def receive(self) -> Message:
        """Give the whole body, and then word that the caller is gone, once it was answered."""
        if not self._was_read:
            self._was_read = True
            return {"type": "http.request", "body": self._request.content, "more_body": False}
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Keep what is answered."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", []))
            return
        assert not self._ended.is_set(), "there is more after the end"
        if self._request.method != "HEAD":
            self.content.append(message.get("body", b""))
        if not message.get("more_body", False):
            self._ended.set()


async def _asked(transport: Transport, request: httpx2.Request) -> httpx2.Response:
    url, exchange = request.url, _Exchange(request)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.partition(b"?")[0],
        "query_string": url.query,
        "root_path": transport.root_path,
        "server": (url.host, url.port),
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": transport.client or ("testclient", UNKNOWN),
    }
    try:
        await transport.app(scope, exchange.receive, exchange.send)
    except Exception:  # what was answered before it counts, else 500
        if transport.raise_server_exceptions:
            raise
    content = b"".join(exchange.content)
    stream = httpx2.ByteStream(content)
    return httpx2.Response(exchange.status, headers=exchange.headers, stream=stream, request=request)


def _without_loop(func: Callable[..., object], args: tuple[object, ...]) -> object:
    """Call what waits, as in a thread of its own: no event loop is there, and what it sets in the context is lost."""
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return contextvars.copy_context().run(func, *args)
    finally:
        asyncio._set_running_loop(loop)


@contextmanager
def called_in_this_thread() -> Iterator[None]:
    """Have what the main thread asks of an application answered there; what else asks goes the usual way."""
    usual, mine = Transport.handle_request, threading.get_ident()

    def handle_request(self: Transport, request: httpx2.Request) -> httpx2.Response:
        lives = getattr(getattr(self.portal_factory, "__self__", None), "portal", None)  # begun, with a loop of its own
        elsewhere = threading.get_ident() != mine or ANSWERING.get() == mine
        if elsewhere or lives is not None or request.url.scheme.startswith("ws") or _loop_runs():
            return usual(self, request)
        request.read()
        context = contextvars.copy_context()
        context.run(ANSWERING.set, mine)
        with meanwhile():  # the test may look while it asks: who answers is somebody else
            return loop.run_until_complete(loop.create_task(_asked(self, request), context=context))

    usual_thread = AsyncIOBackend.run_sync_in_worker_thread

    async def run_here(
        func: Callable[..., object], args: tuple[object, ...], *more: object, **options: object
    ) -> object:
        if ANSWERING.get() != threading.get_ident():
            return await usual_thread(func, args, *more, **options)  # type: ignore[arg-type]
        return _without_loop(func, args)

    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        loop = runner.get_loop()  # the runner's own way to run heeds signals: a tenth of what a request takes
        patch.setattr(Transport, "handle_request", handle_request)
        patch.setattr(AsyncIOBackend, "run_sync_in_worker_thread", staticmethod(run_here))
        patch.setattr(
            _urls, "urlparse", lru_cache(MOST_ADDRESSES)(_urls.urlparse)
        )  # the same few are read all the time
        patch.setattr(by_wire, "create_ssl_context", cache(by_wire.create_ssl_context))  # 30 ms, for http as well
        yield
