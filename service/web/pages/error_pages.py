"""What does a browser get for an address that is nobody's, or when something breaks? A page; programs get JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from service.web.pages.inside import problem_of
from service.web.pages.page import trouble_page
from service.web.pages.page_route import wants_page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from fastapi import FastAPI, Request, Response


def answer_in_pages(app: FastAPI) -> None:
    """Show a browser the service's own answers to troubles as pages."""
    for kind in (HTTPException, Exception):
        app.add_exception_handler(kind, _shown(app.exception_handlers[kind]))


def _shown(answer: Callable[..., Any]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        told: Response = await answer(request, error)
        if not wants_page(request) or request.url.path.startswith("/v1/"):
            return told
        body = bytes(told.body)
        return trouble_page(request, problem_of(json.loads(body)["status"], body, told.headers["content-type"]))

    return handle
