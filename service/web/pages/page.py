"""How does a page come about? A template, what it shows, who looks, and a message of what was just done."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from service.access.callers import NOBODY, cookie_name
from service.core.addresses import path_to
from service.core.errors import Problem
from service.database.ids import new_id
from service.web.call import takes_gzip, work_of
from service.web.pages.cards import with_labels
from service.web.pages.dutch_format import FILTERS
from service.web.pages.field_html import FIELDS
from service.web.pages.navigation import FOR_VIEWERS, tabs
from service.web.pages.resume_form import sent_before
from service.web.pages.static_addresses import address_of
from service.web.pages.typed_again import typed_again
from service.web.pages.unbroken import unbroken
from service.web.strict import read_back
from service.web.whereabouts import Stand, Whereabouts

SERVICE = Path(__file__).parents[2]
"""Every capability keeps its own templates, in a folder of that name."""

MESSAGE_COOKIE = "in2stem-melding"
MESSAGE_SECONDS = 60
KEYS_COOKIE = "in2stem-toetsen"
KEYS_OFF = "uit"
"""Said by the cookie of who wants letters to do nothing (WCAG 2.1.4)."""

WORTH_PACKING = 1024


@dataclass(frozen=True, slots=True)
class Undo:
    """A form that takes back what was just done."""

    action: str
    fields: Mapping[str, str] = field(default_factory=dict)
    words: str = "Ongedaan maken"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(sorted(SERVICE.rglob("templates"))),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    made.globals |= FIELDS | {
        "static": address_of,
        "once": lambda: new_id("web"),
        "for_viewers": FOR_VIEWERS,
        "tabs": tabs,
        "agreements_of": agreements_of,
    }
    return made


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    problem: Problem | None = None,
    **values: Any,  # noqa: ANN401 - a template's
) -> Response:
    """Answer with a page: of the status of the problem that it tells, and with the message of what was just done.

    Where a form was refused, the page has in that form what was typed.
    """
    caller = getattr(request.state, "caller", NOBODY)
    message = _message_of(request)
    always = {"caller": caller, "message": message, "path": request.url.path, "query": dict(request.query_params)}
    always["back"] = partial(_back, request)
    settings = request.app.state.settings
    always |= {"can_mail": settings.can_mail, "provider": bool(settings.oidc_issuer)}
    always |= {"keys": _kept(request, KEYS_COOKIE) != KEYS_OFF, "problem": problem}
    if "cohort" in values:
        always["stands"] = _stands(request, values["cohort"])
    text = _filled(template, always | values)
    status = problem.status if problem else status
    sent = getattr(request.state, "sent", None) if status >= HTTPStatus.BAD_REQUEST else None
    if sent is not None:
        text = typed_again(text, request.url.path, sent)
    answer = packed(request, text.encode(), "text/html; charset=utf-8", status)
    answer.headers["Vary"] = "Accept-Encoding, Cookie"
    if message is not None:
        answer.delete_cookie(MESSAGE_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


def part(template: str, **values: Any) -> Markup:  # noqa: ANN401 - a template's
    """Fill in a part of a page ahead, of these values and nothing else: whoever asks, it is the same."""
    return Markup(_filled(template, values))  # noqa: S704 - the template escapes


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return unbroken(with_labels(_templates().get_template(template).render(values)))


def _back(request: Request, path: str) -> str:
    """Give the address of a list to go back to: as it was, with its search and order, for who comes from there."""
    try:
        told = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return path
    ours = told.netloc == request.headers.get("host")
    bare = path.partition("?")[0]
    return f"{bare}?{told.query}" if ours and told.path == bare and told.query else path


def _stands(request: Request, cohort: Any) -> Mapping[str, Stand]:  # noqa: ANN401 - a cohort as the page has it
    """Say how each place of a cohort stands, for the navigation; nothing where there is no cohort."""
    found = whereabouts(request, cohort.id) if cohort is not None and not isinstance(cohort, Whereabouts) else cohort
    return found.stands if found is not None else {}


def whereabouts(request: Request, cohort: str) -> Whereabouts | None:
    """Find where a cohort stands; None for one that is not there, or not this caller's, or can't be read now."""
    if getattr(request.state, "caller", NOBODY) == NOBODY:
        return None
    try:
        found: Whereabouts = request.app.state.whereabouts(work_of(request), cohort)
    except Problem:
        return None
    return found


def agreements_of(cohort: str, problem: Problem) -> str:
    """Give where the agreements of a cohort are listed, where those stand in the way; else nothing."""
    return path_to("/cohorten/{}/controle#afspraken", cohort) if problem.code in AGREED else ""


def packed(request: Request, body: bytes, kind: str, status: int = 200) -> Response:
    """Answer with text, compressed where the browser takes that; pages hold no secret that a length could betray."""
    headers = {"Vary": "Accept-Encoding"}
    if len(body) >= WORTH_PACKING and takes_gzip(request.headers):
        body, headers["Content-Encoding"] = gzip.compress(body, 5, mtime=0), "gzip"
    return Response(body, status, headers, media_type=kind)


AGREED = ("already_there", "lock_conflict")
"""What is refused because of agreements: these stand on the page Controle, and are deleted there."""


def with_message(
    answer: Response, text: str, undo: Undo | None = None, *, bad: bool = False, agreed: str = ""
) -> Response:
    """Have the next page tell what was done, and offer to take it back; `agreed` is where agreements are listed."""
    back = undo and {"action": undo.action, "fields": dict(undo.fields), "words": undo.words}
    value = base64.urlsafe_b64encode(
        json.dumps({"text": text, "undo": back, "bad": bad, "agreed": agreed}).encode()
    ).decode()
    answer.set_cookie(MESSAGE_COOKIE, value, max_age=MESSAGE_SECONDS, path="/", httponly=True, samesite="lax")
    return answer


def _kept(request: Request, name: str) -> str:
    """Give what the browser keeps under the name that the shell gave it."""
    return request.cookies.get(cookie_name(request.app.state.settings.url, name), "")


def _message_of(request: Request) -> dict[str, Any] | None:
    value = _kept(request, MESSAGE_COOKIE)
    if not value:
        return None
    try:
        found = read_back(base64.urlsafe_b64decode(value.encode()).decode())
        undo = found["undo"]
        if undo is not None and not str(undo["action"]).startswith("/cohorten"):
            return None
        agreed = str(found["agreed"]) if str(found["agreed"]).startswith("/cohorten/") else ""
        return {"text": str(found["text"]), "undo": undo, "bad": bool(found["bad"]), "agreed": agreed}
    except (Problem, ValueError, KeyError, TypeError):
        return None


TITLES = {
    HTTPStatus.FORBIDDEN: "Geen toegang",
    HTTPStatus.NOT_FOUND: "Niet gevonden",
    HTTPStatus.CONFLICT: "Dit kan nu niet",
    HTTPStatus.PRECONDITION_FAILED: "Iemand was u voor",
    HTTPStatus.TOO_MANY_REQUESTS: "Even wachten",
    HTTPStatus.SERVICE_UNAVAILABLE: "Even niet beschikbaar",
}


LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
"""After these answers the same form may well be taken a little later."""


def trouble_page(request: Request, problem: Problem) -> Response:
    """Say what went wrong, and the way on."""
    title = TITLES.get(HTTPStatus(problem.status), "Dit lukte niet")
    number, path = getattr(request.state, "request_id", ""), request.url.path.split("/")
    inside = path[1] == "cohorten" and len(path) > 2  # noqa: PLR2004 - "", cohorten, the cohort
    cohort = whereabouts(request, path[2]) if inside else None
    again = sent_before(request) if problem.status in LATER else None
    answer = page(request, "fout.html", title=title, problem=problem, cohort=cohort, number=number, again=again)
    answer.headers.update(problem.headers)
    return answer
