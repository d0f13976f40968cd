"""How do programs learn what they can ask? One OpenAPI document, made of the routes, with examples that are tried."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from service.access.permissions import access
from service.web.answers import JSON, Answer, to_json
from service.web.examples import EXAMPLES
from service.web.route import router
from service.web.shapes import ProblemShape

routes = router("/v1", "dienst")

SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "Een sleutel, gemaakt door een beheerder."},
    "login": {"type": "apiKey", "in": "cookie", "name": "in2stem", "description": "Een aanmelding in de browser."},
}
ONCE: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Dezelfde vraag met dezelfde sleutel gebeurt één keer en krijgt hetzelfde antwoord.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "De ETag van wat u gelezen hebt; moet mee waar iets gewijzigd wordt dat een ETag heeft.",
    "schema": {"type": "string", "maxLength": 200},
}
WAIT: dict[str, Any] = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "Hoelang u op het antwoord wilt wachten (RFC 7240), hoogstens 20 seconden.",
    "schema": {"type": "string", "maxLength": 100, "examples": ["wait=5"]},
}
HEADERS: dict[str, tuple[dict[str, Any], ...]] = {
    "post": (ONCE,),
    "put": (MATCH,),
    "patch": (MATCH,),
    "delete": (MATCH,),
}


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
            self.openapi_schema = document_of(self)
        return self.openapi_schema


def document_of(app: FastAPI) -> dict[str, Any]:
    """Make the document: short names, Dutch summaries, problems as they leave, headers, examples."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    document["components"] |= {"securitySchemes": SCHEMES, "schemas": document["components"]["schemas"] | _problem()}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            rest = re.sub(r"\W", "_", path) + f"_{method}"
            operation["operationId"] = operation["operationId"].removesuffix(rest)
            _describe(operation, method)
    return document


def _problem() -> dict[str, Any]:
    """Give the schemas of a problem, to which every route refers."""
    schema = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), ProblemShape.__name__: schema}


def _describe(operation: dict[str, Any], method: str) -> None:
    operation["summary"] = operation.get("description", "").partition(". ")[0].rstrip(".")
    parameters = operation.setdefault("parameters", [])
    known = {one["name"].lower() for one in parameters}
    wanted = HEADERS.get(method, ()) + ((WAIT,) if "202" in operation["responses"] else ())
    parameters += [one for one in wanted if one["name"].lower() not in known]
    _exemplify(operation)


def _exemplify(operation: dict[str, Any]) -> None:
    """Put the examples of an operation in their places."""
    example = EXAMPLES.get(operation["operationId"])
    if example is None:
        return
    if example.request is not None:
        operation["requestBody"]["content"][JSON]["example"] = example.request
    answer = operation["responses"][str(example.status)]
    if example.response is not None:
        answer["content"][JSON]["example"] = example.response
