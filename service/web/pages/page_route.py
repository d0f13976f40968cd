"""How does a page differ from the API's routes? What goes wrong is a page too, and nobody yet is sent to log in."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from service.access.permissions import STEP_NEEDED
from service.core.errors import Problem
from service.web.pages.form_addresses import page_of_form
from service.web.pages.page import page, trouble_page
from service.web.pages.resume_form import page_before, path_of, typed_in
from service.web.route import Route

SEE_OTHER = HTTPStatus.SEE_OTHER


class PageRoute(Route):
    """A route that answers people: problems become pages where a browser asks, and addresses may hold more."""

    strict_query = False

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        """Wrap the route's own work."""
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handle(request)
            except Problem as one:
                return await _told(request, one)
            except RequestValidationError:
                return await _told(request, Problem(HTTPStatus.NOT_FOUND, "not_found", "Deze bladzijde bestaat niet."))

        return shown


async def _told(request: Request, one: Problem) -> Response:
    if not wants_page(request):
        raise one
    if one.status == HTTPStatus.UNAUTHORIZED and request.url.path != "/aanmelden":
        return await _ask_who(request)
    if one.status == HTTPStatus.NOT_FOUND and (form := page_of_form(request)):
        return go(form)
    if one.code == STEP_NEEDED and request.method == "GET":
        return go("/profiel#tweede-stap")
    return await run_in_threadpool(trouble_page, request, one)


async def _ask_who(request: Request) -> Response:
    """Have somebody log in: for a page by going there, for a form on the spot, so that what was typed goes along."""
    back = path_of(request) if request.method == "GET" else page_before(request)
    if request.method == "GET" or request.headers.get("sec-fetch-mode", "navigate") != "navigate":
        return RedirectResponse(f"/aanmelden?{urlencode({'terug': back})}", SEE_OTHER)
    again = await typed_in(request)
    return page(
        request,
        "aanmelden.html",
        status=HTTPStatus.UNAUTHORIZED,
        back=back,
        problem=None,
        ended=True,
        again=again,
    )


def wants_page(request: Request) -> bool:
    """Tell a browser from a program."""
    return "text/html" in request.headers.get("accept", "")


def pages(prefix: str = "") -> APIRouter:
    """Make a router of pages; they stand beside the API, not in its description."""
    return APIRouter(prefix=prefix, route_class=PageRoute, include_in_schema=False)


def go(path: str) -> RedirectResponse:
    """Send the browser on after a change, so that reloading does not repeat it."""
    return RedirectResponse(path, SEE_OTHER)
