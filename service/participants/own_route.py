"""How does a route behind a secret differ? What goes wrong is one sober page, and the address goes nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError

from service.access.participants import no_page
from service.core.errors import Problem
from service.web.pages.page import page
from service.web.pages.page_route import PageRoute
from service.web.route import Route

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
"""The address is the key: it is told to no other site, found by no search engine, kept by no cache."""


class OwnRoute(PageRoute):
    """A route behind a secret: whatever goes wrong is one and the same sober page, without a way into the console."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        """Wrap the route's own work."""
        handle = Route.get_route_handler(self)

        async def shown(request: Request) -> Response:
            try:
                answer = await handle(request)
            except Problem as one:
                answer = _gone(request, one)
            except RequestValidationError:
                answer = _gone(request, no_page())
            answer.headers.update(HEADERS)
            return answer

        return shown


def _gone(request: Request, problem: Problem) -> Response:
    answer = page(request, "mijn_weg.html", problem=problem)
    answer.headers.update(problem.headers)
    return answer


def own_router() -> APIRouter:
    """Make a router of pages behind a secret."""
    return APIRouter(prefix="/mijn/{secret}", route_class=OwnRoute, include_in_schema=False)
