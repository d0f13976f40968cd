"""How does an answer leave? JSON with the headers that caches and writers need."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from fastapi import Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from service.core.addresses import header_value, saved_as
from service.core.errors import MEDIA_TYPE

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SVG = "image/svg+xml"
CSV = "text/csv; charset=utf-8"
BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}
"""What a route that gives a workbook says of its answer."""
TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}
"""What a route that gives a table as CSV says of its answer."""
DRAWING: dict[int | str, dict[str, Any]] = {200: {"content": {SVG: {"schema": {"type": "string"}}}}}
"""What a route that gives a drawing says of its answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets: a status, a value that becomes JSON (None for no body), headers."""

    status: int
    value: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON

    @property
    def body(self) -> bytes:
        """The body's bytes."""
        if self.value is None:
            return b""
        return self.value if isinstance(self.value, bytes) else to_json(self.value)

    def response(self) -> Response:
        """Make the response."""
        kind = {"media_type": self.media_type} if self.value is not None else {}
        headers = {name: header_value(value) for name, value in self.headers.items()}
        return Response(self.body, self.status, headers, **kind)  # type: ignore[arg-type]


def file_answer(content: bytes | str, name: str, media_type: str = XLSX) -> Response:
    """Answer with a file, to be kept under this name."""
    return Response(content, headers={"Content-Disposition": saved_as(name)}, media_type=media_type)


def book_answer(book: str, name: str) -> Response:
    """Answer with a workbook, told in base 64, to be kept under this name."""
    return file_answer(base64.b64decode(book), name)


def pieces_answer(pieces: Iterator[str], name: str) -> Response:
    """Answer with a table as CSV that leaves piece by piece, to be kept under this name."""
    headers = {"Content-Disposition": saved_as(name)}
    return StreamingResponse((one.encode() for one in pieces), headers=headers, media_type=CSV)


def to_json(value: object) -> bytes:
    """Write a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False).encode()


def problem(status: int, document: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """Make the response of a problem."""
    return Answer(status, document, headers, MEDIA_TYPE).response()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(type(value).__name__)
