"""What had somebody typed when their login turned out to have ended? It goes along, and can be sent again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from service.access.callers import NOBODY
from service.access.permissions import from_own_page
from service.core.errors import Problem
from service.web.pages.form_addresses import can_be_opened
from service.web.pages.forms import read_form
from service.web.strict import read_back

HOME = "/cohorten"
OWN = (HOME, "/beheer/", "/profiel")
SENT_AGAIN = (f"{HOME}/", "/beheer/", "/mijn/")
"""Where no form has a password, so that a page may hold what was typed."""
MOST_BYTES = 262_144
"""A longer form is not carried along."""

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Again:
    """A form that was not taken: where it goes, and what was typed."""

    action: str
    fields: Sequence[tuple[str, str]]

    @property
    def text(self) -> str:
        """Write it for a hidden field of the login form."""
        return json.dumps({"action": self.action, "fields": self.fields})


def own_path(back: str) -> str:
    """Give a path of our own to go on to; never another site's address."""
    return back if back.startswith(OWN) and "\\" not in back else HOME


def path_of(request: Request) -> str:
    """Give what was asked for, with its query."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def page_before(request: Request) -> str:
    """Give the page of ours that a form stood on, where that can be opened again; else the cohort, or all of them."""
    try:
        told = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return HOME
    ours = (request.headers.get("host"), urlsplit(request.app.state.settings.url).netloc)
    if told.netloc in ours and told.path.startswith(HOME) and can_be_opened(request.app.router.routes, told.path):
        return own_path(told.path + (f"?{told.query}" if told.query else ""))
    cohort = request.path_params.get("cohort", "")
    return own_path(f"{HOME}/{cohort}" if cohort else HOME)


async def typed_in(request: Request) -> Again | None:
    """Give what was typed, of a form on a page of ours alone: another's would be sent in the name of who logs in.

    A file does not go along, nor does a form that was read already.
    """
    size = request.headers.get("content-length", "")
    plain = request.headers.get("content-type", "").partition(";")[0].strip() == FORM
    unread = getattr(request.state, "caller", NOBODY) == NOBODY
    if not (plain and unread and size.isdecimal() and int(size) <= MOST_BYTES):
        return None
    if not request.url.path.startswith(HOME) or not from_own_page(request.headers, request.app.state.settings.url):
        return None
    form = await read_form(request)
    return Again(path_of(request), [(name, text) for name in form.values for text in form.all(name)])


def sent_before(request: Request) -> Again | None:
    """Give what was typed in a form that was read and not taken, to be sent once more; None for files."""
    form = getattr(request.state, "sent", None)
    if form is None or form.files or not request.url.path.startswith(SENT_AGAIN):
        return None
    return Again(path_of(request), [(name, text) for name in form.values for text in form.all(name)])


def carried(text: str) -> Again | None:
    """Read back what the login form carried; None for nothing, or for what is not a form of ours."""
    try:
        found = read_back(text)
        fields = [(str(name), str(value)) for name, value in found["fields"]]
        action = str(found["action"])
    except (Problem, ValueError, KeyError, TypeError):
        return None
    return Again(action, fields) if own_path(action) == action else None
