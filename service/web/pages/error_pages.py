"""What does a browser get for an address that is nobody's, or when something breaks? A page; programs get JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from service.core.errors import MEDIA_TYPE, Fault, Problem
from service.web.pages.form_addresses import NO_PAGE, page_of_form
from service.web.pages.page import trouble_page
from service.web.pages.page_route import go, wants_page
from service.web.route import who


def answer_in_pages(app: FastAPI) -> None:
    """Show a browser the service's own answers to troubles as pages."""
    app.add_exception_handler(HTTPException, shown(app.exception_handlers[HTTPException]))


def shown(answer: Callable[..., Any]) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Have what a program is told shown to a browser as a page."""

    async def handle(request: Request, error: Exception) -> Response:
        told: Response = await answer(request, error)
        if not wants_page(request) or request.url.path.startswith("/v1/"):
            return told
        form = page_of_form(request) if told.status_code == HTTPStatus.METHOD_NOT_ALLOWED else None
        if form:
            return go(form)
        await _known(request)
        found = _problem_of(told)
        found = replace(found, detail=NO_PAGE) if form == "" else found
        return await run_in_threadpool(_page_of, request, found, told)

    return handle


def _page_of(request: Request, problem: Problem, told: Response) -> Response:
    """Give a program's answer as a page; what its headers say besides its content holds for a browser too."""
    answer: Response = trouble_page(request, problem)
    for name, value in told.headers.items():
        if not name.startswith("content-"):
            answer.headers.setdefault(name, value)
    return answer


async def _known(request: Request) -> None:
    """Find who asks for an address that no route has, so that the page that says so can keep their navigation."""
    if not hasattr(request.state, "caller"):
        with suppress(Problem):
            await who(request)


def _problem_of(told: Response) -> Problem:
    """Read back the problem that a program is told."""
    if not told.headers["content-type"].startswith(MEDIA_TYPE):
        return Problem(told.status_code, "error", "Dit lukte niet.")
    document = json.loads(bytes(told.body))
    faults = tuple(Fault(**one) for one in document.get("errors", ()))
    return Problem(told.status_code, document["code"], document["detail"], faults)
