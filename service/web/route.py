"""What does every route do before its own work? Know the caller, ask whether they may, read the body strictly."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope

from service.access.callers import NOBODY, Caller, bearer_secret, caller_of_key, caller_of_login, cookie_name, key_of
from service.access.participants import caller_of_page
from service.access.permissions import ANY_QUERY, EARLY, MEMBER, MOST_BODY, RULES, admit, refuse_foreign_page
from service.access.scope import find
from service.access.sources import source_of
from service.core.errors import MEDIA_TYPE, Problem, not_found, too_large
from service.database.engine import Database
from service.web.query import names_of, refuse_idle
from service.web.shapes import ProblemShape
from service.web.strict import read_json


def _problems(described: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    """Describe answers by reference: a model of each, of each route, takes a second of every start."""
    schema = {"$ref": f"#/components/schemas/{ProblemShape.__name__}"}
    return {
        status: {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status, description in described.items()
    }


PROBLEMS = _problems(
    {
        400: "De vraag is onleesbaar.",
        401: "Onbekend wie dit vraagt.",
        403: "Dit mag niet.",
        404: "Dit is er niet.",
        409: "Dit botst met hoe het nu is.",
        413: "Te groot.",
        415: "Verkeerde soort inhoud.",
        422: "Een waarde kan niet.",
        429: "Te veel vragen.",
        503: "Even niet beschikbaar.",
    }
)
"""What any route may answer besides its own."""

EDITS = _problems({412: "Iemand heeft dit intussen gewijzigd.", 428: "If-Match ontbreekt."})
"""What a route that changes something may answer too."""

SAFE = {"GET", "HEAD"}

MOST = 1_000_000
"""Bytes that a body may have: a thousand mended cells take a third of it. Files have the limit of the whole service."""

MOST_OF_ANYONE = 64_000
OF_NO_LOGIN = ("anyone", "participant")
"""Rules of routes that ask no login and no key."""

PROBES = {"/livez", "/readyz"}
"""What asks again and again whether the service lives: it is never limited, nor asked who it is."""

LONG = 64_000
"""A body of more bytes is read beside the others: a megabyte takes half a second."""


class StrictRequest(Request):
    """A request whose body has a limit, and whose JSON is read strictly."""

    def __init__(self, scope: Scope, receive: Receive, route: Route) -> None:
        """Keep whose request it is."""
        super().__init__(scope, receive)
        self._route = route

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """Give the body as it comes; raises Problem 413 past the limit, unread where its length is told."""
        most = self._route.most_of(self.headers.get("content-type", ""))
        if most is not None and int(self.headers.get("content-length", "0")) > most:
            raise too_large(most)
        size = 0
        async for chunk in super().stream():
            size += len(chunk)
            if most is not None and size > most:
                raise too_large(most)
            yield chunk

    async def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Read the body; raises Problem 400 or 422."""
        body = await self.body()
        return await run_in_threadpool(read_json, body) if len(body) > LONG else read_json(body)


class Route(APIRoute):
    """A route that says who it is for; one that does not can't be made.

    A query that it does not know is refused, save where another program makes the address (ANY_QUERY).
    """

    strict_query = True

    def __init__(self, *arguments: Any, **choices: Any) -> None:  # noqa: ANN401 - FastAPI's own
        """Refuse a route without a rule."""
        extra = choices.get("openapi_extra") or {}
        rule = extra.get(MEMBER)
        if rule not in RULES:
            raise TypeError(f"the route {arguments[0] if arguments else choices.get('path')} says not who it is for")
        self.rule = rule
        self.early: bool = extra.get(EARLY, False)
        self.any_query: bool = extra.get(ANY_QUERY, False)
        self.most_body: int = extra.get(MOST_BODY, MOST_OF_ANYONE if rule in OF_NO_LOGIN else MOST)
        if not set(choices.get("methods") or SAFE) <= SAFE:
            choices["responses"] = EDITS | dict(choices.get("responses") or {})
        if choices.get("status_code") == HTTPStatus.NO_CONTENT:
            choices["response_class"] = Response  # what has no body has no Content-Type
        super().__init__(*arguments, **choices)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route's own work."""
        handle, known = super().get_route_handler(), names_of(self.dependant)

        async def checked(request: Request) -> Response:
            if self.path in PROBES:
                return await handle(request)
            with request.app.state.room.place(self.rule):
                return await answered(request)

        async def answered(request: Request) -> Response:
            caller = await (who_takes_part(request) if self.rule == "participant" else who(request))
            admit(self.rule, caller, early=self.early)
            refuse_foreign_page(request.method, request.headers, caller, request.app.state.settings.url)
            if self.rule not in OF_NO_LOGIN and "cohort" in request.path_params:
                await check_cohort(request, caller)
            if self.strict_query and not self.any_query:
                refuse_idle(request.query_params.multi_items(), known)
            request.state.answer_headers = {}
            answer = await handle(StrictRequest(request.scope, request.receive, self))
            answer.headers.update(request.state.answer_headers)
            return answer

        return checked

    def most_of(self, kind: str) -> int | None:
        """Tell how many bytes a body of this kind may have, None where the limit of the whole service is enough."""
        return None if self.rule not in OF_NO_LOGIN and kind.startswith("multipart/form-data") else self.most_body


async def who_takes_part(request: Request) -> Caller:
    """Find who comes by the secret in the path, whatever else came along. Raises Problem 404 and 429."""
    state = request.app.state
    try:
        caller = await run_in_threadpool(caller_of_page, state.database, request.path_params.get("secret", ""))
    except Problem:
        state.limits.count(_address(request))
        raise
    state.limits.count(f"{caller.cohort} {caller.id}")
    request.state.caller = caller
    return caller


async def who(request: Request) -> Caller:
    """Find the caller of a request, once, within its limit of requests. Raises Problem 401 and 429."""
    try:
        caller = await _caller(request)
    except Problem:
        request.app.state.limits.count(_address(request))
        raise
    request.app.state.limits.count(caller.id or _address(request))
    request.state.caller = caller
    return caller


async def is_still(request: Request, caller: Caller) -> bool:
    """Tell whether whoever asked is still who they were, with the same rights, for an answer that takes long."""
    try:
        return await _caller(request) == caller
    except Problem:
        return False


async def _caller(request: Request) -> Caller:
    state = request.app.state
    secret = bearer_secret(request.headers)
    if secret is not None:
        row = state.keys.find(secret)
        if row is None:
            row = state.keys.keep(secret, await run_in_threadpool(key_of, state.database, secret))
        return caller_of_key(row)
    login = request.cookies.get(cookie_name(state.settings.url))
    if not login:
        return NOBODY
    asked = state.settings.second_step
    return await run_in_threadpool(partial(caller_of_login, state.database, login, two_steps=asked))


async def check_cohort(request: Request, caller: Caller) -> None:
    """Look at the cohort of the path before anything else is read; raises Problem 404 for another's."""
    cohort = request.path_params["cohort"]
    if caller.cohort is not None:
        mine = caller.cohort == cohort
    else:
        mine = caller.sees_all or await run_in_threadpool(_is_in_region, request.app.state.database, cohort, caller)
    if not mine:
        raise not_found("Deze cohorte")
    request.state.checked_cohort = cohort  # what is done in it need not look once more


def _is_in_region(database: Database, cohort: str, caller: Caller) -> bool:
    with database.glance() as transaction:
        row = find(transaction, cohort)
    return row is not None and caller.sees(row.region, row.id)


def _address(request: Request) -> str:
    return source_of(request.client.host) if request.client else "unknown"


def router(prefix: str, tag: str) -> APIRouter:
    """Make a router whose routes say who they are for."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=Route, responses=PROBLEMS)
