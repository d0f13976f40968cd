"""What does a route work with? The request, and the work that an action does for who sent it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from service.access.callers import cookie_name
from service.access.work import Work
from service.core.errors import Problem
from service.core.etag import is_among
from service.database import idempotency
from service.web.answers import Answer, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.access.callers import Caller
    from service.access.scope import CohortRow
    from service.core.settings import Settings
    from service.database.engine import Database, Transaction

MOST_KEY = 255


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
    def request_id(self) -> str:
        """The id under which the logs know this request."""
        return self.work.request_id

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.request.client.host if self.request.client else "unknown"

    @property
    def login_secret(self) -> str | None:
        """The value of the login's cookie, None where a browser has none."""
        return self.request.cookies.get(cookie_name(self.settings.url))

    def count_login(self, name: str) -> None:
        """Count an attempt to log in; raises Problem 429 where it is one too many."""
        self.request.app.state.limits.count_login(name)

    def tell(self, **headers: str) -> None:
        """Have the answer bear headers: `etag`, `location` and the like, written with underscores."""
        kept: dict[str, str] = self.request.state.answer_headers
        kept |= {name.replace("_", "-"): value for name, value in headers.items()}

    def sent(self, key: str, version: str | None = None) -> Work:
        """Give the work that a form asks: with the form's own key, and the version it was made of."""
        return replace(self.work, once_key=key or None, read_version=version or None)

    def cohort(self, transaction: Transaction, cohort: str) -> CohortRow:
        """Give a cohort that is the caller's; raises Problem 404 for what is not there or not theirs."""
        return self.work.cohort(transaction, cohort)

    def audit(
        self,
        transaction: Transaction,
        action: str,
        target: str,
        cohort: str | None = None,
        **detail: Any,  # noqa: ANN401
    ) -> None:
        """Note who did what, in the transaction that did it."""
        self.work.audit(transaction, action, target, cohort, **detail)

    def once(self, body: object, effect: Callable[[Transaction], Answer], *, secret: str = "") -> Response:
        """Do something in one transaction; a request sent again with its Idempotency-Key gets its first answer.

        `secret` names a member that is shown in the first answer alone and null in what is kept.
        Raises Problem 409 where the same key comes with another body.
        """
        given = self.request.headers.get("idempotency-key")
        if given is None:
            with self.database.write() as transaction:
                return effect(transaction).response()
        if not given or len(given) > MOST_KEY:
            raise Problem(HTTPStatus.BAD_REQUEST, "bad_idempotency_key", "Idempotency-Key telt 1 tot 255 tekens.")
        path = f"{self.request.method} {self.request.url.path}"
        name = _hash(f"{self.caller.by}\n{path}\n{given}".encode())
        fingerprint = _hash(body if isinstance(body, bytes) else to_json(body))
        with self.database.write() as transaction:
            known = idempotency.find(transaction, name, fingerprint)
            if known is None:
                answer = effect(transaction)
                kept = _without(answer, secret) if secret else answer
                idempotency.keep(transaction, name, fingerprint, kept.status, kept.headers, kept.body)
                return answer.response()
        return Response(known.body, known.status, dict(known.headers), media_type="application/json")

    def must_match(self, version: int, *parts: object) -> None:
        """Refuse an edit of what changed meanwhile: Problem 428 where no version is told, 412 for a stale one."""
        self.work.must_match(version, *parts)

    def fresh(self, tag: str) -> bool:
        """Tell whether the caller has this very representation already (If-None-Match)."""
        given = self.request.headers.get("if-none-match", "")
        return given.strip() == "*" or is_among(tag, given)


def _without(answer: Answer, secret: str) -> Answer:
    shape = answer.value
    value = shape.model_dump(mode="json") if isinstance(shape, BaseModel) else dict(shape)  # type: ignore[call-overload]
    return replace(answer, value=value | {secret: None})


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def _call(request: Request) -> Call:
    state, headers = request.state, request.headers
    work = Work(
        caller=state.caller,
        process=request.app.state.process,
        request_id=str(state.request_id),
        doing=f"{request.method} {request.url.path}",
        once_key=headers.get("idempotency-key"),
        read_version=headers.get("if-match"),
    )
    return Call(request, work)  # async: a plain function would cost every request a thread


Called = Annotated[Call, Depends(_call)]
"""What a route takes to know its call."""
