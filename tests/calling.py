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
from typing import TYPE_CHECKING

import httpx2
import pytest
from anyio._backends._asyncio import AsyncIOBackend
from httpx2._transports import asgi
from starlette import testclient

from tests.lone_transactions import meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Transport = testclient._TestClientTransport  # there is no other place to take a request over
ANSWERING: contextvars.ContextVar[int] = contextvars.ContextVar("answering", default=0)
"""Which thread answers the request that it asked itself."""

UNKNOWN = 50000
"""The port of a caller that gives none."""


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _asked(transport: Transport, request: httpx2.Request) -> httpx2.Response:
    within = httpx2.ASGITransport(
        transport.app,  # type: ignore[arg-type] - the same thing by another name
        raise_app_exceptions=transport.raise_server_exceptions,
        root_path=transport.root_path,
        client=transport.client or ("testclient", UNKNOWN),
    )
    answer = await within.handle_async_request(request)
    assert isinstance(answer.stream, httpx2.AsyncByteStream)
    content = b"".join([part async for part in answer.stream])
    return httpx2.Response(
        answer.status_code, headers=answer.headers.raw, stream=httpx2.ByteStream(content), request=request
    )


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
            return runner.run(_asked(self, request), context=context)

    usual_thread = AsyncIOBackend.run_sync_in_worker_thread

    async def run_here(
        func: Callable[..., object], args: tuple[object, ...], *more: object, **options: object
    ) -> object:
        if ANSWERING.get() != threading.get_ident():
            return await usual_thread(func, args, *more, **options)  # type: ignore[arg-type]
        return _without_loop(func, args)

    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transport, "handle_request", handle_request)
        patch.setattr(AsyncIOBackend, "run_sync_in_worker_thread", staticmethod(run_here))
        patch.setattr(asgi, "is_running_trio", lambda: False)  # asked of every request by an import that fails
        yield
