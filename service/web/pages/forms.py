"""What did somebody fill in? The fields of a form, kept as typed so that a refused form can be shown again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Query, Request, Response
from pydantic import AfterValidator
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

import matcher
from service.core.addresses import CLIMBING, as_part
from service.core.errors import Fault, Problem

MOST_FIELDS = 5000


REFUSED = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.PRECONDITION_FAILED)
"""After these answers a form comes back with what was typed, and with what is wrong."""


UNREADABLE = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
"""After these answers a form with files comes back too."""

NEW = "nieuw"
"""What a form that begins something says instead of a version; nothing has it, so who comes second is told."""

WORD = r"[^\s/?#%\\\x00-\x1f\x7f]+"
IS_KEY = re.compile(rf"{WORD}(?: {WORD})*")
"""What can be the id of a row, or the number of a school or mentor."""

MOST_KEY = 64
MOST_DIGITS = 15
"""Python refuses numbers of thousands of digits, and the database those past nineteen."""

ChosenKey = Annotated[str, Query(max_length=MOST_KEY, pattern=rf"^(?:{IS_KEY.pattern})?$"), AfterValidator(as_part)]
"""An id in a page's address, empty for none."""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields as text (empty for one that is not there), each with all its values, and files with their names."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Sequence[tuple[str, str, bytes]] = ()

    def __getitem__(self, name: str) -> str:
        """Give a field's text, empty for none."""
        found = self.values.get(name, ())
        return found[-1] if found else ""

    def __contains__(self, name: str) -> bool:
        """Tell whether a field was sent."""
        return name in self.values

    def all(self, name: str) -> list[str]:
        """Give all values of a field that may come more than once."""
        return list(self.values.get(name, ()))

    def changed(self, name: str, text: str) -> Form:
        """Give the same form with another text in one field."""
        return Form({**self.values, name: [text]}, self.files)

    def key(self, name: str) -> str:
        """Give a field that holds an id of ours; raises Problem 404 for what can be none."""
        return _checked_key(self[name])

    def keys(self, name: str) -> list[str]:
        """Give a field that holds ids of ours with spaces between; raises Problem 404 for what can be none."""
        return [_checked_key(one) for one in self[name].split()]

    def whole(self, name: str) -> int | None:
        """Give a field as a whole number, None for an empty one; raises Problem 422 that names the field."""
        text = self[name].strip()
        if not text:
            return None
        number = whole_of(text.removeprefix("-"))
        if number is None:
            raise _no_number(name, not_whole(text))
        return -number if text.startswith("-") else number

    def decimal(self, name: str) -> float | None:
        """Give a field as a number, with a comma or a point; raises Problem 422 for what is none."""
        text = self[name].strip()
        if not text:
            return None
        whole, _, rest = text.replace(",", ".").partition(".")
        if whole_of(whole + rest) is None:
            raise _no_number(name, not_whole(text, "getal"))
        return float(f"{whole or 0}.{rest or 0}")

    def end_of_day(self, name: str) -> str | None:
        """Give the end of a day here (ISO 8601), None for an empty field; raises Problem 422 for what is no day."""
        day = self[name].strip()
        if not day:
            return None
        try:
            return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), matcher.BRUSSELS).isoformat()
        except (ValueError, OverflowError) as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"«{day[:20]}» is geen dag.") from error


def last_day(until: datetime | None) -> str:
    """Write the last day here before a moment, as a field holds it: what `end_of_day` reads; empty for none."""
    return (until.astimezone(matcher.BRUSSELS) - timedelta(microseconds=1)).date().isoformat() if until else ""


def or_again(act: Callable[[], Response], again: Callable[[Problem], Response], *more: HTTPStatus) -> Response:
    """Do what a form asks; where that is refused, answer with the page again, with what was typed and what is wrong.

    `more` are answers after which this form comes back besides those of any form.
    """
    try:
        return act()
    except Problem as problem:
        if problem.status not in (*REFUSED, *more):
            raise
        return again(problem)


async def or_again_beside(
    act: Callable[[], Response], again: Callable[[Problem], Awaitable[Response]], *more: HTTPStatus
) -> Response:
    """Do the same for a page that waits for what is computed: the deed itself is done beside the loop."""
    try:
        return await run_in_threadpool(act)
    except Problem as problem:
        if problem.status not in (*REFUSED, *more):
            raise
        return await again(problem)


def whole_of(text: str) -> int | None:
    """Read a whole number from nought up; None for what is none, or longer than any of ours."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def not_whole(text: str, what: str = "geheel getal") -> str:
    """Say what is wrong with a text that was to be a number."""
    too_long = text.removeprefix("-").isdecimal()
    return f"«{text[:20]}…» is te groot." if too_long else f"«{text[:40]}» is geen {what}."


def version_of(newest: str, form: Form | None, problem: Problem | None) -> str:
    """Give the version that a form shown again is about: as it was sent, the newest once somebody was first."""
    told = problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED
    return newest if form is None or told or "versie" not in form else form["versie"]


def _checked_key(text: str) -> str:
    if len(text) > MOST_KEY or not IS_KEY.fullmatch(text) or text in CLIMBING:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", "Dit is er niet (meer). Laad de bladzijde opnieuw.")
    return as_part(text)


def _no_number(name: str, detail: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, (Fault(f"#{name}", "no_number", detail),))


async def read_form(request: Request) -> Form:
    """Read what was sent, as a form or with files; raises Problem 400 for what can't be read."""
    try:
        sent = await request.form(max_fields=MOST_FIELDS)
    except MultiPartException as error:
        detail = "Dit formulier is onleesbaar. Laad de bladzijde opnieuw."
        raise Problem(HTTPStatus.BAD_REQUEST, "bad_form", detail) from error
    values: dict[str, list[str]] = {}
    files: list[tuple[str, str, bytes]] = []
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files.append((name, value.filename, await value.read()))
        else:
            values.setdefault(name, []).append(value)
    await sent.close()
    request.state.sent = form = Form(values, tuple(files))
    return form


Sent = Annotated[Form, Depends(read_form)]
"""What a page takes to know what was filled in."""
