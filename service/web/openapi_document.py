"""What does the OpenAPI document say besides what the routes say? Servers, tags, headers, webhooks, examples."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.web.answers import JSON
from service.web.examples import EXAMPLES
from service.web.openapi_headers import describe_headers
from service.web.shapes import ProblemShape
from service.web.tags import TAGS

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
PARAMETERS: dict[str, tuple[dict[str, Any], ...]] = {
    "post": (ONCE,),
    "put": (MATCH,),
    "patch": (MATCH,),
    "delete": (MATCH,),
}

NONE_MATCH: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "De ETag van wat u al hebt; is er niets veranderd, dan komt er 304 zonder inhoud.",
    "schema": {"type": "string", "maxLength": 200},
}
TAKE_MATCH = ("approve", "publish", "commit_import", "publish_season")
"""Operations with POST that look at If-Match too."""


def document_of(app: FastAPI) -> dict[str, Any]:
    """Make the document: short names, Dutch summaries, problems as they leave, headers, examples, webhooks."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    document["components"] |= {"securitySchemes": SCHEMES, "schemas": document["components"]["schemas"] | _problem()}
    _drop_impossible_defaults(document["components"]["schemas"])
    endpoints = {(one.path, method.lower()): one.endpoint for one in app.routes for method in one.methods or ()}  # type: ignore[attr-defined]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            rest = re.sub(r"\W", "_", path) + f"_{method}"
            operation["operationId"] = operation["operationId"].removesuffix(rest)
            _describe(operation, method)
            describe_headers(operation, endpoints[path, method])
    used = {tag for operations in document["paths"].values() for one in operations.values() for tag in one["tags"]}
    document["tags"] = [{"name": name, "description": words} for name, words in TAGS.items() if name in used]
    document["webhooks"] = app.state.told_to_webhooks
    return document


def _drop_impossible_defaults(schemas: dict[str, Any]) -> None:
    """Leave out the default of what may be left out, where no value of its own could be that."""
    for schema in schemas.values():
        for one in schema.get("properties", {}).values():
            default = one.get("default")
            if (default == "" and one.get("minLength")) or (default == [] and one.get("minItems")):
                del one["default"]


def _problem() -> dict[str, Any]:
    """Give the schemas of a problem, to which every route refers."""
    schema = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), ProblemShape.__name__: schema}


def _describe(operation: dict[str, Any], method: str) -> None:
    operation["summary"] = operation.get("description", "").partition(". ")[0].rstrip(".")
    parameters = operation.setdefault("parameters", [])
    known = {one["name"].lower() for one in parameters}
    match: tuple[dict[str, Any], ...] = (MATCH,) if operation["operationId"] in TAKE_MATCH else ()
    match += (NONE_MATCH,) if "304" in operation["responses"] else ()
    wanted = match + PARAMETERS.get(method, ()) + ((WAIT,) if "202" in operation["responses"] else ())
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
