"""How far is a job, and what happened to it? Its state, its events as they come, and a way to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any

from fastapi import Header, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from service.access.call import Call, Called
from service.access.limits import Limits
from service.access.route import router
from service.access.rules import access
from service.errors import not_found
from service.store import jobs
from service.store.database import Database, Transaction
from service.wire.answers import Answer, to_json
from service.wire.rounds import EventOut, JobOut
from service.wire.shapes import Key

routes = router("/v1/jobs", "berekeningen")

EVENTS = "text/event-stream"
LOOK_SECONDS = 0.25
SILENCE_SECONDS = 15.0
LONGEST_SECONDS = 3600.0
MOST_DIGITS = 18
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


def job_of(call: Call, transaction: Transaction, job: str) -> jobs.JobRow:
    """Give a job of a cohort that is the caller's; raises Problem 404."""
    row = jobs.find(transaction, job)
    if row is None or (row.cohort is None and call.caller.role != "admin"):
        raise not_found("Deze berekening")
    if row.cohort is not None:
        call.cohort(transaction, row.cohort)
    return row


@routes.get("/{job}", response_model=JobOut, openapi_extra=access("viewer"))
def get_job(call: Called, job: Key) -> Response:
    """Geef een berekening: hoe ver ze is, en van een vraag ook het antwoord."""
    with call.database.read() as transaction:
        row = job_of(call, transaction, job)
    return answer(row, whole=call.caller.role in ("coordinator", "admin")).response()


@routes.delete("/{job}", response_model=JobOut, status_code=202, openapi_extra=access("coordinator"))
def stop_job(call: Called, job: Key) -> Response:
    """Stop een berekening; het beste tot dan toe blijft bewaard."""
    with call.database.write() as transaction:
        row = job_of(call, transaction, job)
        jobs.ask_stop(transaction, job)
        call.audit(transaction, "job.stop_asked", job, row.cohort)
        stopped = job_of(call, transaction, job)
    return answer(stopped, 202).response()


@routes.get(
    "/{job}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}},
    openapi_extra=access("viewer"),
)
async def get_events(call: Called, job: Key, last_event_id: Annotated[str, Header()] = "") -> Response:
    """Volg een berekening: elke gebeurtenis zodra ze er is, tot en met de laatste (server-sent events)."""
    limits: Limits = call.request.app.state.limits
    caller = call.caller.by
    limits.open_stream(caller)
    try:
        await run_in_threadpool(_check, call, job)
    except BaseException:
        limits.close_stream(caller)
        raise
    after = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) <= MOST_DIGITS else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return _Followed(
        _stream(call.database, job, after), partial(limits.close_stream, caller), media_type=EVENTS, headers=headers
    )


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


def _check(call: Call, job: str) -> None:
    with call.database.read() as transaction:
        job_of(call, transaction, job)


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
