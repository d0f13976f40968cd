"""What happens to every request and answer, whatever the route? An id, a limit on size, safe headers, a log line."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import matcher
from service.access.callers import HOST_ALONE
from service.core.errors import Problem, too_large
from service.database.ids import new_id
from service.web.answers import SVG, problem

Unexpected = Callable[[Request, Exception], Awaitable[Response]]

log = structlog.get_logger("in2stem.web")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STRICT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
"""Said where people come by HTTPS: a browser that heard it once never comes without."""

DRAWING_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(matcher.DRAWING_STYLE.encode()).digest()).decode()
    + "'; base-uri 'none'; frame-ancestors 'none'; sandbox"
)
"""For a drawing that is opened by itself: of all style sheets the one that each drawing has, for dark screens."""

WHOLE_ADDRESS = re.compile(r"https?://[^/]+", re.IGNORECASE)
GONE = 499
"""What is counted where the caller left before there was an answer; no answer ever bears it."""

WITHOUT_HOST = "1.0"
"""In this HTTP a request need not say whom it asks: some probes speak it."""

FIRST_SIGN = 0x20
"""Below are controls alone."""

UNPACKED = ("", "identity")
REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Shell:
    """Plain ASGI around the application; nothing here holds an answer back."""

    def __init__(self, app: ASGIApp, *, most_body: int, unexpected: Unexpected, secure: bool = False) -> None:
        """Keep the application, the limit, what answers an error that nobody foresaw, and whether it is HTTPS alone."""
        self.headers = HEADERS | (STRICT if secure else {})
        self.secure = secure
        self.app = app
        self.most_body = most_body
        self.unexpected = unexpected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else new_id("req")
        scope.setdefault("state", {})["request_id"] = request_id
        method = scope["method"]
        exchange = _Exchange(receive, send, request_id, self, bare=method == "HEAD")
        scope = _as_routed(scope)
        start = time.perf_counter()
        try:
            refusal = _unreadable(scope["path"]) or self._refusal(headers, scope.get("http_version", "1.1"))
            if refusal is not None:
                await problem(refusal.status, refusal.document(request_id), refusal.headers)(
                    scope, receive, exchange.send
                )
            else:
                await self.app(scope, exchange.receive, exchange.send)
        except ClientDisconnect:
            pass  # nobody is left to be told
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told, logged and counted here, once
            answer = await self.unexpected(Request(scope), error)
            if not exchange.status:
                await answer(scope, receive, exchange.send)
            exchange.status = answer.status_code
        finally:
            seconds = time.perf_counter() - start
            _note(scope, method, exchange.status or GONE, seconds, request_id)

    def _refusal(self, headers: Headers, version: str) -> Problem | None:
        size = headers.get("content-length", "0")
        if not size.isdecimal():
            return Problem(HTTPStatus.BAD_REQUEST, "bad_length", "De lengte van de inhoud is geen getal.")
        if int(size) > self.most_body:
            return too_large(self.most_body)
        if "content-length" in headers and "transfer-encoding" in headers:  # two lengths: a smuggled request
            return Problem(HTTPStatus.BAD_REQUEST, "two_lengths", "De vraag zegt op twee manieren hoe lang ze is.")
        if any(one.strip().lower() not in UNPACKED for one in headers.getlist("content-encoding")):
            detail = "Stuur de inhoud zonder Content-Encoding."
            plain = {"Accept-Encoding": "identity"}
            return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content_encoding", detail, headers=plain)
        hosts = len(headers.getlist("host"))
        if hosts > 1 or (hosts == 0 and version != WITHOUT_HOST):
            return Problem(HTTPStatus.BAD_REQUEST, "bad_host", "Er hoort juist één Host in de vraag te staan.")
        return None


def _unreadable(path: str) -> Problem | None:
    """Refuse a path with signs that no text has, before anything looks for what would be called so."""
    if path.isprintable() or not any(ord(sign) < FIRST_SIGN for sign in path):
        return None
    return Problem(HTTPStatus.NOT_FOUND, "not_found", "Deze bladzijde bestaat niet.")


class _Exchange:
    """One request coming in and its answer going out."""

    def __init__(self, receive: Receive, send: Send, request_id: str, shell: Shell, *, bare: bool) -> None:
        self._receive, self._send, self._request_id, self._bare = receive, send, request_id, bare
        self._most, self._headers, self._secure = shell.most_body, shell.headers, shell.secure
        self._size = 0
        self.status = 0

    async def receive(self) -> Message:
        """Count what comes in; raises Problem 413 past the limit, also where no length was told."""
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._most:
            raise too_large(self._most)
        return message

    async def send(self, message: Message) -> None:
        """Add the headers that every answer bears; a bare one is over with them, whatever comes after."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith(SVG):
                headers.setdefault("Content-Security-Policy", DRAWING_POLICY)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            if self._secure:
                message["headers"][:] = [_bound(*one) for one in message["headers"]]
            headers["X-Request-Id"] = self._request_id
            headers.setdefault("Cache-Control", "no-store")
        elif self._bare:
            return
        await self._send(message)
        if self._bare:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})


def _bound(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Have every cookie, whoever sets it, be of this host and of HTTPS alone; give all other headers as they are."""
    if name.lower() != b"set-cookie":
        return name, value
    value = value if value.startswith(HOST_ALONE.encode()) else HOST_ALONE.encode() + value
    return name, value if b"; secure" in value.lower() else value + b"; Secure"


def _as_routed(scope: Scope) -> Scope:
    """Give a request as routes know it: HEAD is the GET whose body is left out, and a whole address is its path."""
    method, path = scope["method"], scope["path"]
    if method != "HEAD" and path.startswith("/"):
        return scope
    changed = {"method": "GET" if method == "HEAD" else method}
    whole = WHOLE_ADDRESS.match(path)
    if whole is not None:
        changed["path"] = path[whole.end() :] or "/"
    return {**scope, **changed}


def _note(scope: Scope, method: str, status: int, seconds: float, request_id: str) -> None:
    """Log and count: the route's pattern and ids, never names or query values."""
    route = scope.get("route")
    path = getattr(route, "path", "-")
    caller: Any = scope.get("state", {}).get("caller")
    who = caller.by if caller is not None else "-"
    milliseconds = round(seconds * 1000, 1)
    log.info("request", method=method, route=path, status=status, ms=milliseconds, caller=who, request=request_id)
    meter = getattr(scope["app"].state, "meter", None) if "app" in scope else None
    if meter is not None:
        meter(method, path, status, seconds)
