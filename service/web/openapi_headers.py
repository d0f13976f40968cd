"""Which headers does each answer bear? What routes tell is read from their code, so that it can't differ."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

TAGGED: dict[str, Any] = {"headers": {"ETag": {}}}
"""Says of an answer that a route makes itself that it bears an ETag."""

HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": {
        "description": "Nummer van deze vraag; geef het door als iets misloopt.",
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "De versie van wat u leest; geef ze met If-Match mee als u het wijzigt.",
        "schema": {"type": "string"},
    },
    "Location": {"description": "Waar het nieuwe staat, of waar u het volgt.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Na hoeveel seconden u opnieuw mag vragen.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "Hoe u zich bekendmaakt: Bearer.", "schema": {"type": "string"}},
}
TOLD = {"etag": "ETag", "location": "Location"}
"""What `call.tell` is told, and the header that it becomes."""

OF_STATUS = {"401": ("WWW-Authenticate",), "412": ("ETag",), "429": ("Retry-After",), "503": ("Retry-After",)}
"""Which headers an answer of a status may bear, whatever the route."""


def describe_headers(operation: dict[str, Any], endpoint: Callable[..., object]) -> None:
    """Say of each answer of an operation which headers it bears."""
    told = tuple(dict.fromkeys(told_by(endpoint)))
    for status, answer in operation["responses"].items():
        own = (*answer.get("headers", ()), *(told if status.startswith("2") else ()))
        names = dict.fromkeys(("X-Request-Id", *own, *OF_STATUS.get(status, ())))
        answer["headers"] = {name: HEADERS[name] for name in names}


def told_by(endpoint: Callable[..., object]) -> Iterator[str]:
    """Give the headers that a route has its answer bear: by `call.tagged`, or by a keyword of `call.tell`."""
    code = inspect.unwrap(endpoint).__code__
    if "tagged" in code.co_names:
        yield "ETag"
    if "tell" in code.co_names:
        keywords = {word for known in code.co_consts if isinstance(known, tuple) for word in known}
        yield from (name for word, name in TOLD.items() if word in keywords)
