"""How does somebody follow a job over HTTP? A stream of server-sent events, each as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from service.database.engine import BusyError
from service.jobs.shared_poll import LOOK_SECONDS, FollowedJobs

EVENTS = "text/event-stream"
CHECK_SECONDS = 15.0
"""How often a stream says that it is there, and sees whether its caller may still follow."""

LONGEST_SECONDS = 3600.0


class Followed(StreamingResponse):
    """A stream of events that says when it is over, also when it never began."""

    def __init__(self, events: AsyncIterator[bytes], ended: Callable[[], None], **choices: Any) -> None:  # noqa: ANN401 - Starlette's own
        """Stream the events as they come, and call `ended` once at the end."""
        super().__init__(events, media_type=EVENTS, **choices)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ended()


async def events_of(
    followed: FollowedJobs, job: str, after: int, still: Callable[[], Awaitable[bool]]
) -> AsyncIterator[bytes]:
    """Give the events of a job past a number, until it ends, and a comment now and then where nothing happens.

    The stream ends, too, once `still` says that its caller may not follow any more; not where the database is busy.
    """
    loop = asyncio.get_running_loop()
    start = checked = loop.time()
    with followed.following(job) as news:
        while loop.time() - start < LONGEST_SECONDS:
            news.clear()
            try:
                events, ended = await followed.look(job, after)
            except BusyError:  # who follows has heard all until now, and waits as we do
                events, ended = [], False
                loop.call_later(LOOK_SECONDS, news.set)
            for number, told in events:
                after = number
                yield told
            if ended:
                return
            while not await _told(news, CHECK_SECONDS - (loop.time() - checked)):
                checked = loop.time()
                if not await _may(still):
                    return
                yield b": nog bezig\n\n"


async def _may(still: Callable[[], Awaitable[bool]]) -> bool:
    """See whether the caller may follow on; a database that is busy tells nobody anything, and is asked again."""
    try:
        return await still()
    except BusyError:
        return True


async def _told(news: asyncio.Event, seconds: float) -> bool:
    """Wait for news; False where none came in time."""
    try:
        await asyncio.wait_for(news.wait(), max(seconds, 0))
    except TimeoutError:
        return False
    return True
