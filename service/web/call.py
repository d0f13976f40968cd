"""What does a route work with? The caller, the database, and what the request asks of both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from service.access import audit_trail, scope
from service.access.callers import cookie_name
from service.core.errors import Problem, not_found
from service.database import idempotency
from service.web.answers import Answer, etag, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.access.callers import Caller
    from service.access.scope import CohortRow
    from service.core.settings import Settings
    from service.database.engine import Database, Transaction

MOST_KEY = 255


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the API."""

    request: Request
    caller: Caller

    @property
    def settings(self) -> Settings:
        """How the service is set up."""
        return self.request.app.state.settings  # type: ignore[no-any-return]

    @property
    def database(self) -> Database:
        """Where the data is."""
        return self.request.app.state.database  # type: ignore[no-any-return]

    @property
    def request_id(self) -> str:
        """The id under which the logs know this request."""
        return str(self.request.state.request_id)

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

    def keys_changed(self) -> None:
        """Forget the keys that were looked up: one ended."""
        self.request.app.state.keys.forget()

    def cohort(self, transaction: Transaction, cohort: str) -> CohortRow:
        """Give a cohort that is the caller's; raises Problem 404 for what is not there or not theirs."""
        found = scope.find(transaction, cohort)
        if found is None or not self.caller.sees(found.region, found.id):
            raise not_found("Deze cohorte")
        return found

    def audit(
        self,
        transaction: Transaction,
        action: str,
        target: str,
        cohort: str | None = None,
        **detail: Any,  # noqa: ANN401
    ) -> None:
        """Note who did what, in the transaction that did it."""
        audit_trail.note(transaction, self.caller.by, action, target, cohort, detail, self.request_id)

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
        """Refuse an edit of something that changed meanwhile: Problem 428 without If-Match, 412 with a stale one."""
        given = self.request.headers.get("if-match")
        if given is None:
            detail = "Geef met If-Match mee welke versie u gelezen hebt (haar ETag)."
            raise Problem(HTTPStatus.PRECONDITION_REQUIRED, "if_match_missing", detail)
        wanted = etag(version, *parts)
        if wanted not in [one.strip().removeprefix("W/") for one in given.split(",")]:
            detail = "Iemand heeft dit intussen gewijzigd. Haal het opnieuw op en kijk wat er veranderde."
            raise Problem(HTTPStatus.PRECONDITION_FAILED, "stale", detail, headers={"ETag": wanted})

    def fresh(self, tag: str) -> bool:
        """Tell whether the caller has this very representation already (If-None-Match)."""
        given = self.request.headers.get("if-none-match", "")
        return given.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in given.split(",")]


def _without(answer: Answer, secret: str) -> Answer:
    shape = answer.value
    value = shape.model_dump(mode="json") if isinstance(shape, BaseModel) else dict(shape)  # type: ignore[call-overload]
    return replace(answer, value=value | {secret: None})


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def _call(request: Request) -> Call:
    return Call(request, request.state.caller)  # async: a plain function would cost every request a thread


Called = Annotated[Call, Depends(_call)]
"""What a route takes to know its call."""
