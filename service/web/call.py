"""What does a route work with? The request, and the work that an action does for who sent it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.datastructures import Headers

from service.access.callers import Caller, cookie_name
from service.access.sources import client_of
from service.access.work import ANY_VERSION, Work
from service.core.addresses import header_value
from service.core.etag import is_among
from service.core.settings import Settings
from service.database.engine import Database

Found = TypeVar("Found")

NO_WEIGHT = re.compile(r"q\s*=\s*0(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Call:
    """One request, of a program or of a page, and the work that it asks."""

    request: Request
    work: Work

    @property
    def caller(self) -> Caller:
        """Who asks."""
        return self.work.caller

    @property
    def settings(self) -> Settings:
        """How the service is set up."""
        return self.work.settings

    @property
    def database(self) -> Database:
        """Where the data is."""
        return self.work.database

    @property
    def address(self) -> str:
        """Where the request comes from, as limits count it; raises Problem 400 (see client_of)."""
        host = self.request.client.host if self.request.client else "unknown"
        return client_of(host, self.request.headers, self.caller)

    @property
    def login_secret(self) -> str | None:
        """The value of the login's cookie, None where a browser has none."""
        return self.request.cookies.get(cookie_name(self.settings.url))

    def tell(self, **headers: str) -> None:
        """Have the answer bear headers: `etag`, `location` and the like, written with underscores."""
        kept: dict[str, str] = self.request.state.answer_headers
        kept |= {name.replace("_", "-"): header_value(value) for name, value in headers.items()}

    def tagged(self, found: Found, tag_of: Callable[..., str], *about: object) -> Found:
        """Give what was found, with the ETag that `tag_of` makes of it and of what it is about."""
        self.tell(etag=tag_of(*about, found))
        return found

    def sent(self, key: str, version: str | None = None) -> Work:
        """Give the work that a form asks: with the form's own key, and the version it was made of."""
        return replace(self.work, once_key=key or None, read_version=version or None)

    def fresh(self, tag: str) -> bool:
        """Tell whether the caller has this very representation already (If-None-Match)."""
        given = all_of(self.request.headers, "if-none-match")
        return given.strip() == "*" or is_among(tag, given)


def work_of(request: Request) -> Work:
    """Give the work that a request asks."""
    state, headers = request.state, request.headers
    given = all_of(headers, "if-match")
    return Work(
        caller=state.caller,
        process=request.app.state.process,
        request_id=str(state.request_id),
        doing=f"{request.method} {request.url.path}",
        once_key=headers.get("idempotency-key"),
        read_version=ANY_VERSION if given.strip() == "*" else given or None,
        checked_cohort=getattr(state, "checked_cohort", None),
    )


def all_of(headers: Headers, name: str) -> str:
    """Give a header that is a list; its lines are one list, however many there are (RFC 9110, 5.3)."""
    return ", ".join(headers.getlist(name))


def takes_gzip(headers: Headers) -> bool:
    """Tell whether who asks takes a packed answer: what is given no weight is refused (RFC 9110, 12.5.3)."""
    for one in all_of(headers, "accept-encoding").lower().split(","):
        coding, _, weight = one.partition(";")
        if coding.strip() == "gzip":
            return NO_WEIGHT.fullmatch(weight.strip()) is None
    return False


async def _call(request: Request) -> Call:
    return Call(request, work_of(request))  # async: a plain function would cost every request a thread


Called = Annotated[Call, Depends(_call)]
"""What a route takes to know its call."""
