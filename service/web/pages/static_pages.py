"""How does the browser get what pages are made of? Style sheet, script and icon, kept for a year."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request, Response

from service.access.permissions import access
from service.core.errors import Problem
from service.web.pages.page import packed
from service.web.pages.page_route import pages
from service.web.pages.static_addresses import KINDS, address_of, content_of

routes = pages()

FOREVER = "public, max-age=31536000, immutable"


@routes.get("/static/{name}", openapi_extra=access("anyone"))
async def get_file(request: Request, name: str) -> Response:
    """Give a file by its name with its hash; an old hash is gone."""
    stem, _, rest = name.partition(".")
    _, _, kind = rest.rpartition(".")
    plain = f"{stem}.{kind}"
    content = content_of(plain)
    if content is None or f"/static/{name}" != address_of(plain):
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", "Dit bestand is er niet (meer). Laad de bladzijde opnieuw.")
    answer = packed(request, content, KINDS[kind])
    answer.headers["Cache-Control"] = FOREVER
    return answer


@routes.get("/favicon.ico", openapi_extra=access("anyone"))
async def get_icon(request: Request) -> Response:
    """Give the icon where browsers look for it by themselves."""
    return packed(request, content_of("icoon.svg") or b"", KINDS["svg"])
