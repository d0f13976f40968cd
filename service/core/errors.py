"""What does the service answer when it can't do what was asked? RFC 9457 problems, in Dutch, with a stable code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

Found = TypeVar("Found")

MEDIA_TYPE = "application/problem+json"

PHRASES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Request Entity Too Large",
    HTTPStatus.REQUEST_URI_TOO_LONG: "Request-URI Too Long",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Entity",
}
"""Names of statuses that Python 3.13 says otherwise: an answer is the same on each."""


def phrase_of(status: int) -> str:
    """Give the English name of a status of HTTP."""
    return PHRASES.get(HTTPStatus(status), HTTPStatus(status).phrase)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a request: its JSON pointer (RFC 6901), a code for programs, Dutch for people."""

    pointer: str
    code: str
    detail: str


@dataclass(eq=False)  # not frozen: an exception gets its traceback set
class Problem(Exception):  # noqa: N818 - the standard's own word (RFC 9457)
    """A request that ends without what it asked for.

    `code` never changes, so that programs can rely on it; `detail` is Dutch and says what to do.
    `extra` holds further members, `headers` what HTTP asks for.
    """

    status: int
    code: str
    detail: str
    faults: Sequence[Fault] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, request_id: str) -> dict[str, Any]:
        """Write the problem as the standard has it."""
        known = {
            "type": "about:blank",
            "title": phrase_of(self.status),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
        }
        errors = [{"pointer": one.pointer, "code": one.code, "detail": one.detail} for one in self.faults]
        return known | ({"errors": errors} if errors else {}) | dict(self.extra)


def not_found(what: str, code: str = "not_found") -> Problem:
    """Answer that something is not there, or not for this caller: nobody can tell the two apart."""
    return Problem(HTTPStatus.NOT_FOUND, code, f"{what} bestaat niet, of is niet van u.")


def existing(found: Found | None, what: str, code: str = "not_found") -> Found:
    """Give what was found; raises Problem 404 where nothing was."""
    if found is None:
        raise not_found(what, code)
    return found


def invalid(pointer: str, code: str, detail: str) -> Problem:
    """Answer that one value of the request can't be used."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, (Fault(pointer, code, detail),))


def too_large(most: int) -> Problem:
    """Answer that a body is larger than so many bytes."""
    size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"  # noqa: PLR2004
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", f"De inhoud is groter dan {size}.")


def stale() -> Problem:
    """Answer that somebody else changed meanwhile what was to be edited."""
    detail = "Iemand heeft dit intussen gewijzigd. Haal het opnieuw op en kijk wat er veranderde."
    return Problem(HTTPStatus.PRECONDITION_FAILED, "stale", detail)


def conflict(code: str, detail: str, **extra: Any) -> Problem:  # noqa: ANN401 - further members of the problem
    """Answer that the request collides with how things are now."""
    return Problem(HTTPStatus.CONFLICT, code, detail, extra=extra)


def if_there(read: Callable[[], Found], *missing: HTTPStatus) -> Found | None:
    """Read what may not be there, or not yet: None where it is refused with one of these statuses."""
    try:
        return read()
    except Problem as problem:
        if problem.status not in missing:
            raise
        return None
