"""Which problem does an error of the matcher or of the database become for who asked?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import structlog

import matcher
from service.core.errors import Fault, Problem
from service.database.engine import BusyError, CollisionError, FullError

ERRORS = (matcher.In2StemError, CollisionError, BusyError)
"""What can be expected to go wrong while something is done."""

log = structlog.get_logger("in2stem.web")


def problem_of(error: Exception, request_id: str) -> Problem:
    """Give the problem to answer with: 422 for a value that can't be, 409 for a collision, 503 for a busy database."""
    if isinstance(error, matcher.In2StemError):
        pointer = getattr(error, "pointer", "")
        return Problem(422, "invalid", str(error), (Fault(pointer, "invalid", str(error)),))
    if isinstance(error, CollisionError):
        return Problem(HTTPStatus.CONFLICT, "collision", "Iemand was u net voor. Haal het opnieuw op.")
    log.error("database", error=type(error.__cause__).__name__, request=request_id)
    if isinstance(error, FullError):
        detail = "De schijf van de dienst is vol: er kan niets bewaard worden. Verwittig de beheerder."
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "disk_full", detail, headers={"Retry-After": "60"})
    detail = "De databank antwoordt even niet. Probeer het zo opnieuw."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "busy", detail, headers={"Retry-After": "5"})


@contextmanager
def as_problems(request_id: str) -> Iterator[None]:
    """Raise what is expected to go wrong as the Problem that it is."""
    try:
        yield
    except ERRORS as error:
        raise problem_of(error, request_id) from error
