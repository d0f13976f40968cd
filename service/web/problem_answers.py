"""How does whatever goes wrong become an answer? Problems as they are; the rest without a traceback, with an id."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from service.access.error_problems import ERRORS, problem_of
from service.core.errors import Fault, Problem
from service.web.answers import problem
from service.web.faults import NOT_A_FILE, problem_of_faults

log = structlog.get_logger("in2stem.web")

PLAIN = {
    400: ("bad_request", "Deze vraag is onleesbaar."),
    404: ("not_found", "Deze bladzijde bestaat niet."),
    405: ("method_not_allowed", "Dit kan hier niet op deze manier."),
    413: ("too_large", "De inhoud is te groot."),
    415: ("wrong_media_type", "Deze soort inhoud wordt hier niet gelezen."),
}


def add_handlers(app: FastAPI) -> None:
    """Teach the application what to answer when something goes wrong."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    for kind in ERRORS:
        app.add_exception_handler(kind, _expected)


def _answer(request: Request, one: Problem) -> Response:
    request_id = getattr(request.state, "request_id", "")
    return problem(one.status, one.document(request_id), one.headers)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class alone
    return _answer(request, error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    refused = problem_of_faults(error.errors())
    if any(one.code == "wrong_media_type" or _sent_no_file(request, one) for one in refused.faults):
        return _answer(request, Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, *PLAIN[415]))
    return _answer(request, refused)


def _sent_no_file(request: Request, fault: Fault) -> bool:
    """Tell whether a file was asked for, and the body could not even hold one."""
    return fault.code == NOT_A_FILE and not request.headers.get("content-type", "").startswith("multipart/form-data")


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if isinstance(error.__cause__, Problem):  # raised while FastAPI was reading the body
        return _answer(request, error.__cause__)
    code, detail = PLAIN.get(error.status_code, ("error", "Dit lukte niet."))
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return _answer(request, Problem(error.status_code, code, detail, headers=headers))


def _methods(request: Request) -> set[str]:
    """Give what can be done at this address, by whichever route; HEAD wherever there is GET."""
    routes = [one for one in request.app.routes if one.path_regex.match(request.scope["path"])]
    found = {method for one in routes for method in one.methods}
    return found | {"HEAD"} if "GET" in found else found


async def _expected(request: Request, error: Exception) -> Response:
    return _answer(request, problem_of(error, getattr(request.state, "request_id", "")))


async def unexpected(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw: with a number, by which the one line in the log is found."""
    request_id = getattr(request.state, "request_id", "")
    log.error("unexpected", error=type(error).__name__, request=request_id, exc_info=error)
    detail = f"Er liep iets onverwachts mis. Geef dit nummer door aan de beheerder: {request_id}."
    return _answer(request, Problem(500, "unexpected", detail))
