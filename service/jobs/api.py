"""How far is a job, and what happened to it? Its state, its events as they come, and a way to stop it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import Header, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from service.access.limits import Limits
from service.access.permissions import access
from service.jobs import store as jobs
from service.jobs.actions import _check, _Followed, _stream, answer, job_of
from service.jobs.shapes import JobOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/jobs", "berekeningen")

EVENTS = "text/event-stream"
MOST_DIGITS = 18


@routes.get("/{job}", response_model=JobOut, openapi_extra=access("viewer"))
def get_job(call: Called, job: Key) -> Response:
    """Geef een berekening: hoe ver ze is, en van een vraag ook het antwoord."""
    with call.database.read() as transaction:
        row = job_of(call.work, transaction, job)
    return answer(row, whole=call.caller.role in ("coordinator", "admin")).response()


@routes.delete("/{job}", response_model=JobOut, status_code=202, openapi_extra=access("coordinator"))
def stop_job(call: Called, job: Key) -> Response:
    """Stop een berekening; het beste tot dan toe blijft bewaard."""
    with call.database.write() as transaction:
        row = job_of(call.work, transaction, job)
        jobs.ask_stop(transaction, job)
        call.audit(transaction, "job.stop_asked", job, row.cohort)
        stopped = job_of(call.work, transaction, job)
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
        await run_in_threadpool(_check, call.work, job)
    except BaseException:
        limits.close_stream(caller)
        raise
    after = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) <= MOST_DIGITS else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return _Followed(
        _stream(call.database, job, after), partial(limits.close_stream, caller), media_type=EVENTS, headers=headers
    )
