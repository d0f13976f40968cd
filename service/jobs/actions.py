"""How is a job looked up, followed as a stream of events, and stopped?"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from service.core.errors import not_found
from service.jobs import store as jobs
from service.jobs.shapes import EventOut, JobOut
from service.web.answers import Answer, to_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import Receive, Scope, Send

    from service.access.work import Work
    from service.database.engine import Database, Transaction

LOOK_SECONDS = 0.25


SILENCE_SECONDS = 15.0


LONGEST_SECONDS = 3600.0


ANSWERS = ("ask", "ask_season")
"""Kinds of job whose result is what somebody asked for."""


def answer(row: jobs.JobRow, status: int = 200, *, whole: bool = False) -> Answer:
    """Write a job; an answer has names of people in it and is for coordinators."""
    members = (
        "id",
        "kind",
        "state",
        "attempt",
        "cohort",
        "target",
        "failure",
        "created_at",
        "started_at",
        "finished_at",
    )
    shape = JobOut(
        **{name: getattr(row, name) for name in members}, result=row.result if row.kind in ANSWERS and whole else None
    )
    return Answer(status, shape, {"Location": f"/v1/jobs/{row.id}"} if status == 202 else {})  # noqa: PLR2004


def job_of(work: Work, transaction: Transaction, job: str) -> jobs.JobRow:
    """Give a job of a cohort that is the caller's; raises Problem 404."""
    row = jobs.find(transaction, job)
    if row is None or (row.cohort is None and work.caller.role != "admin"):
        raise not_found("Deze berekening")
    if row.cohort is not None:
        work.cohort(transaction, row.cohort)
    return row


class _Followed(StreamingResponse):
    """A stream of events that says when it is over, also when it never began."""

    def __init__(self, events: AsyncIterator[bytes], ended: Callable[[], None], **choices: Any) -> None:  # noqa: ANN401 - Starlette's own
        super().__init__(events, **choices)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ended()


def _check(work: Work, job: str) -> None:
    with work.reading() as transaction:
        job_of(work, transaction, job)


async def _stream(database: Database, job: str, after: int) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    start = silent_since = loop.time()
    while loop.time() - start < LONGEST_SECONDS:
        events, ended = await run_in_threadpool(_look, database, job, after)
        for event in events:
            after = event.number
            yield _written(event)
        if ended:
            return
        silent_since = loop.time() if events else silent_since
        if loop.time() - silent_since > SILENCE_SECONDS:
            silent_since = loop.time()
            yield b": nog bezig\n\n"
        await asyncio.sleep(LOOK_SECONDS)


def _look(database: Database, job: str, after: int) -> tuple[list[jobs.EventRow], bool]:
    with database.read() as transaction:
        row = jobs.find(transaction, job)
        return jobs.events_after(transaction, job, after), row is None or row.ended


def _written(event: jobs.EventRow) -> bytes:
    shape = EventOut(number=event.number, kind=event.kind, data=dict(event.document), at=event.at)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.number, event.kind.encode(), to_json(shape))
