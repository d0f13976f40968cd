"""What can programs ask? The OpenAPI document as pages, served by us, with calls to copy."""

from __future__ import annotations

from fastapi import Request, Response

from service.access.permissions import access
from service.core.errors import not_found
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.pages.reference import messages_of, operations_of, tags_of
from service.web.shapes import Key

routes = pages("/api")

WEBHOOKS = "webhooks"
"""Under this head stands also what is sent to webhooks."""


@routes.get("", openapi_extra=access("anyone"))
def show_reference(request: Request) -> Response:
    """List what there is, head by head, with how to begin."""
    document = request.app.openapi()
    return page(request, "naslag.html", tags=tags_of(document), url=document["servers"][0]["url"])


@routes.get("/{tag}", openapi_extra=access("anyone"))
def show_tag(request: Request, tag: Key) -> Response:
    """Show the operations of one head."""
    document = request.app.openapi()
    words = {name: description for name, description, _ in tags_of(document)}
    if tag not in words:
        raise not_found("Dit onderdeel van de API")
    messages = messages_of(document) if tag == WEBHOOKS else []
    found = operations_of(document, tag)
    return page(request, "naslagdeel.html", tag=tag, words=words[tag], operations=found, messages=messages)
