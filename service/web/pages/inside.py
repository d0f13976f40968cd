"""How does a page get at data, or change it? It asks the service's own API, as the person who looks at the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from httpx2 import ASGITransport, Request

from service.core.errors import MEDIA_TYPE, Fault, Problem
from service.web.answers import JSON, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.web.call import Call

PASSED = ("cookie", "authorization", "host")
LONGEST_PAGE = 200
"""How many rows the API gives at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the API answered: `value` is its JSON (None for nothing, bytes for a file)."""

    status: int
    value: Any
    headers: Mapping[str, str]

    @property
    def version(self) -> str:
        """The ETag, for a form that edits what was read."""
        return self.headers.get("etag", "")


@dataclass(frozen=True, slots=True)
class Inside:
    """The API as this page's reader may use it: rules, checks and the audit trail are the API's own."""

    call: Call

    async def get(self, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        """Read; raises Problem as the API says it."""
        return (await self.tell("GET", path, query=query)).value

    async def find(self, path: str, **query: object) -> Any | None:  # noqa: ANN401 - JSON
        """Read what may not be there, or not yet: None then."""
        try:
            return await self.get(path, **query)
        except Problem as problem:
            if problem.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT):
                raise
            return None

    async def items(self, path: str, **query: object) -> list[Any]:
        """Read a whole list, page after page."""
        found: list[Any] = []
        cursor: object = None
        while True:
            page = await self.get(path, limit=LONGEST_PAGE, cursor=cursor, **query)
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                return found

    async def ask(self, path: str, seconds: int = 15, **query: object) -> Told:
        """Read what may have to be computed: status 202 and a job where it took longer than `seconds`."""
        return await self.tell("GET", path, query=query, headers={"Prefer": f"wait={seconds}"})

    async def post(self, path: str, document: object = None, *, once: str = "", seconds: int = 0) -> Told:
        """Change; `once` is the form's own key, so that a form sent twice counts once."""
        headers = ({"Idempotency-Key": once} if once else {}) | ({"Prefer": f"wait={seconds}"} if seconds else {})
        return await self.tell("POST", path, document, headers=headers)

    async def edit(self, method: str, path: str, document: object = None, *, version: str) -> Told:
        """Change what was read with this ETag; raises Problem 412 where somebody was first."""
        return await self.tell(method, path, document, headers={"If-Match": version})

    async def tell(
        self,
        method: str,
        path: str,
        document: object = None,
        *,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        """Send one request to the API in this process; raises Problem for an answer of 400 and above."""
        asked = self.call.request
        own = {name: asked.headers[name] for name in PASSED if name in asked.headers}
        content = b"" if document is None else document if isinstance(document, bytes) else to_json(document)
        kind = {"content-type": JSON} if content and not isinstance(document, bytes) else {}
        sent = {**own, "x-request-id": self.call.request_id, **kind, **(headers or {})}
        chosen = urlencode({name: value for name, value in (query or {}).items() if value is not None}, doseq=True)
        address = f"http://console{path}" + (f"?{chosen}" if chosen else "")
        transport = ASGITransport(app=asked.app, client=(self.call.address, 0), raise_app_exceptions=False)
        response = await transport.handle_async_request(Request(method, address, headers=sent, content=content))
        body = await response.aread()
        kind_told = response.headers.get("content-type", "")
        if response.status_code >= 400:  # noqa: PLR2004 - HTTP
            raise problem_of(response.status_code, body, kind_told)
        value = json.loads(body) if kind_told.startswith(JSON) else body or None
        return Told(response.status_code, value, dict(response.headers))


def problem_of(status: int, body: bytes, kind: str) -> Problem:
    """Read back the problem that the API told."""
    if not kind.startswith(MEDIA_TYPE):
        return Problem(status, "error", "Dit lukte niet.")
    document = json.loads(body)
    faults = tuple(Fault(**one) for one in document.pop("errors", ()))
    code, detail = document.pop("code"), document.pop("detail")
    extra = {name: value for name, value in document.items() if name not in ("type", "title", "status", "request_id")}
    return Problem(status, code, detail, faults, extra)
