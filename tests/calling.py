"""How is the application asked quickly? In the thread of the test itself.

Starlette's client starts a thread with an event loop for every request and passes each message through it, which
takes twice the time of the request. A test that asks from the main thread, with no event loop there, needs neither.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
import pytest
from httpx2._transports import asgi
from starlette import testclient

if TYPE_CHECKING:
    from collections.abc import Iterator

Transport = testclient._TestClientTransport  # there is no other place to take a request over
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


@contextmanager
def called_in_this_thread() -> Iterator[None]:
    """Have what the main thread asks of an application answered there; what else asks goes the usual way."""
    usual, mine = Transport.handle_request, threading.get_ident()

    def handle_request(self: Transport, request: httpx2.Request) -> httpx2.Response:
        lives = getattr(getattr(self.portal_factory, "__self__", None), "portal", None)  # begun, with a loop of its own
        if threading.get_ident() != mine or lives is not None or request.url.scheme.startswith("ws") or _loop_runs():
            return usual(self, request)
        request.read()
        return runner.run(_asked(self, request), context=contextvars.copy_context())

    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transport, "handle_request", handle_request)
        patch.setattr(asgi, "is_running_trio", lambda: False)  # asked of every request by an import that fails
        yield
