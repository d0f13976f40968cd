"""How far is a job, and what happened to it? Its state, its events as they come, and a way to stop it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import Header, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from service.access.limits import Limits
from service.access.permissions import access
from service.core.addresses import path_to
from service.jobs import actions
from service.jobs.event_stream import EVENTS, Followed, events_of
from service.jobs.shapes import JobOut
from service.web.call import Called
from service.web.route import is_still, router
from service.web.shapes import Key

routes = router("/v1/jobs", "berekeningen")

MOST_DIGITS = 18


@routes.get("/{job}", openapi_extra=access(actions.get_job))
def get_job(call: Called, job: Key) -> JobOut:
    """Geef een berekening: hoe ver ze is, en van een vraag ook het antwoord."""
    return actions.get_job(call.work, job)


@routes.delete("/{job}", status_code=202, openapi_extra=access(actions.stop_job))
def stop_job(call: Called, job: Key) -> JobOut:
    """Stop een berekening; het beste tot dan toe blijft bewaard."""
    call.tell(location=path_to("/v1/jobs/{}", job))
    return actions.stop_job(call.work, job)


@routes.get(
    "/{job}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}},
    openapi_extra=access(actions.get_job),
)
async def get_events(call: Called, job: Key, last_event_id: Annotated[str, Header()] = "") -> Response:
    """Volg een berekening: elke gebeurtenis zodra ze er is, tot en met de laatste (server-sent events)."""
    limits: Limits = call.request.app.state.limits
    caller = call.caller.by
    limits.open_stream(caller)
    try:
        await run_in_threadpool(actions.get_job, call.work, job)
    except BaseException:
        limits.close_stream(caller)
        raise
    after = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) <= MOST_DIGITS else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    state, still = call.request.app.state, partial(is_still, call.request, call.caller)
    events = events_of(state.followed, job, after, still)
    return Followed(events, partial(limits.close_stream, caller), headers=headers)
