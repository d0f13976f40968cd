"""How do programs learn what they can ask? One OpenAPI document, made of the routes, with examples that are tried."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response

from service.access.permissions import access
from service.web.answers import JSON, Answer, to_json
from service.web.openapi_document import document_of
from service.web.route import router

routes = router("/v1", "dienst")


@routes.get(
    "/openapi.json",
    responses={200: {"content": {JSON: {"schema": {"type": "object"}}}}},
    openapi_extra=access("anyone"),
)
def get_openapi_document(request: Request) -> Response:
    """Geef deze beschrijving van alles wat programma's kunnen vragen (OpenAPI 3.1)."""
    state = request.app.state
    if not hasattr(state, "openapi_body"):
        state.openapi_body = to_json(request.app.openapi())
    return Answer(200, state.openapi_body, {"Cache-Control": "public, max-age=300"}).response()


class Described(FastAPI):
    """An application whose OpenAPI document is ours."""

    def openapi(self) -> dict[str, Any]:
        """Make the document once."""
        if self.openapi_schema is None:
            servers = [{"url": self.state.settings.url, "description": "Deze dienst."}]
            self.openapi_schema = document_of(self) | {"servers": servers}
        return self.openapi_schema
