"""Does the service live, and can it work?"""

from __future__ import annotations

from asyncio import AbstractEventLoop, get_running_loop
from http import HTTPStatus
from typing import Literal
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import Request, Response
from starlette.datastructures import State

from service.access.permissions import access
from service.core.errors import Problem
from service.database.migrate import check_ready
from service.web.answers import Answer
from service.web.route import router
from service.web.shapes import Shape

routes = router("", "dienst")

ANSWER_SECONDS = 1.5
"""Who asks whether the service is ready waits two seconds."""

OWN_THREADS = 4
_LIMITERS: WeakKeyDictionary[AbstractEventLoop, CapacityLimiter] = WeakKeyDictionary()


class Health(Shape):
    """How it goes."""

    status: Literal["ok"]


@routes.get("/livez", response_model=Health, openapi_extra=access("anyone"))
async def live() -> Response:
    """Zeg dat het proces leeft."""
    return Answer(200, {"status": "ok"}).response()


@routes.get("/readyz", response_model=Health, openapi_extra=access("anyone"))
async def ready(request: Request) -> Response:
    """Zeg of de databank bereikbaar is en van de juiste versie."""
    with move_on_after(ANSWER_SECONDS) as waited:
        await to_thread.run_sync(_check, request.app.state, abandon_on_cancel=True, limiter=_own_threads())
    if waited.cancelled_caught:
        detail = "De databank antwoordt niet op tijd."
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "busy", detail, headers={"Retry-After": "5"})
    return Answer(200, {"status": "ok"}).response()


def _check(state: State) -> None:
    """Raise Problem 503 where the service can't work."""
    check_ready(state.database)


def _own_threads() -> CapacityLimiter:
    """Give threads that nobody else takes: where all others wait for a database that hangs, this is still told."""
    return _LIMITERS.setdefault(get_running_loop(), CapacityLimiter(OWN_THREADS))
