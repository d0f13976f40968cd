"""Does a form that is refused come back with what was typed in it? Every form to type in, on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import pytest

from service.access.callers import COOKIE
from service.access.work import Work
from service.core.errors import Problem
from service.web.pages.typed_again import CHANGING
from tests.filling import told
from tests.fuzz.cases import filled
from tests.fuzz.console import kind_of, pages_of
from tests.service_client import a_client, a_login, an_app, worker_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

SAID = "Dit kan nu niet, zegt de proef."
LEAST_FORMS = 50
REACHED = (
    "/bedrijf",
    "/afspraak",
    "/notitie",
    "/antwoord",
    "/weergaven",
    "/alles-vast",
    "/uitval",
    "/vraag",
    "/contact",
    "/cohorten",
    "/aanmelden",
    "/niveau",
    "/aanmeldingen/*",
    "/samen",
    "/voorrang",
    "/wijziging",
    "/toestemming",
)
"""Forms that only show once something was chosen, proposed or opened, and those of which little is typed."""

CHOSEN = ("radio", "checkbox")
TYPED = {"text", "search", "email", "tel", "url", "number", "date", "datetime-local", "time"}
VALUES = {
    "email": "anders@voorbeeld.example",
    "url": "https://anders.example/haak",
    "number": "3",
    "date": "2027-02-03",
    "datetime-local": "2027-02-03T09:00",
    "time": "09:15",
}
"""What is typed where not just any text can stand."""


class Field(NamedTuple):
    """What a form can send: a field with its kind, what stands in it, and whether that is chosen."""

    name: str
    kind: str
    value: str
    chosen: bool = True


class FormOnPage(NamedTuple):
    """A form: where it goes, and its fields."""

    action: str
    fields: Sequence[Field]

    def typed_in(self) -> list[Field]:
        """Give the fields in which one types."""
        return [one for one in self.fields if one.kind in TYPED or one.kind == "textarea"]


class Reader(HTMLParser):
    """Read the forms of a page as a browser would send them."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found, self.links = here, list[tuple[str, list[Field]]](), list[str]()
        self._open: list[Field] | None = None
        self._by_id: dict[str, list[Field]] = {}
        self._area: tuple[str, str] | None = None
        self._words = ""
        self._select: tuple[str, str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field, a form or a link."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = []
            if has.get("method", "get").lower() == "post":
                self.found.append((has.get("action") or self.here, self._open))
            self._by_id[has.get("id", "")] = self._open
        elif tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"].partition("#")[0])
        elif tag == "input" and has.get("name"):
            self._input(has)
        elif tag == "textarea":
            self._area, self._words = (has.get("name", ""), has.get("form", "")), ""
        elif tag == "select":
            self._select = (has.get("name", ""), has.get("form", ""), [])
        elif tag == "option" and self._select is not None:
            self._select[2].append((has.get("value", ""), "selected" in has))

    def _input(self, has: Mapping[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in CHOSEN:
            self._put(has.get("form", ""), Field(has["name"], kind, has.get("value", "on"), "checked" in has))
        elif "readonly" not in has and "disabled" not in has and has.get("autocomplete") != "one-time-code":
            self._put(has.get("form", ""), Field(has["name"], kind, has.get("value", "")))

    def handle_data(self, data: str) -> None:
        """Note the words of a text field."""
        if self._area is not None:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        """Put a field in its form."""
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._area is not None:
            name, form = self._area
            self._put(form, Field(name, "textarea", self._words.removeprefix("\n")))
            self._area = None
        elif tag == "select" and self._select is not None:
            name, form, options = self._select
            first = not any(is_chosen for _, is_chosen in options)
            for number, (value, is_chosen) in enumerate(options):
                self._put(form, Field(name, "select", value, is_chosen or (first and number == 0)))
            self._select = None

    def _put(self, form: str, field: Field) -> None:
        fields = self._by_id.setdefault(form, []) if form else self._open
        if fields is not None:
            fields.append(field)


def read_page(text: str, here: str) -> Reader:
    reader = Reader(here)
    reader.feed(text)
    return reader


def forms_of(client: TestClient, pages: Sequence[str]) -> Iterator[FormOnPage]:
    """Give one form of each kind that has a field to type in, of these pages and those that they link to."""
    seen, waiting, kinds, links = set(pages), list(pages), set[str](), dict[str, int]()
    while waiting:
        here = waiting.pop(0)
        answer = client.get(here, follow_redirects=False)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page = read_page(answer.text, here)
        for action, fields in page.found:
            form = FormOnPage(action, tuple(fields))
            kind = f"{kind_of(action)} {sorted({re.sub(r'[0-9]+', '*', one.name) for one in fields})}"
            if form.typed_in() and kind not in kinds:
                kinds.add(kind)
                yield form
        for link in page.links:
            if link not in seen and not link.startswith("/v1") and links.get(kind_of(link), 0) < 2:
                links[kind_of(link)] = links.get(kind_of(link), 0) + 1
                seen.add(link)
                waiting.append(link)


def typed(form: FormOnPage) -> dict[str, list[str]]:
    """Fill a form in, each field otherwise than it was; give what is sent."""
    sent: dict[str, list[str]] = {}
    last = {one.name: one.value for one in form.fields if one.kind in ("radio", "select") and one.value}
    for number, one in enumerate(form.fields):
        if one.kind in TYPED or one.kind == "textarea":
            sent.setdefault(one.name, []).append(VALUES.get(one.kind, f"getypt {number}"))
        elif one.kind == "hidden" or (one.kind == "checkbox" and not one.chosen):
            sent.setdefault(one.name, []).append(one.value)
        elif one.kind in ("radio", "select"):
            sent[one.name] = [last.get(one.name, "")]
    return sent


def stands(fields: Sequence[Field]) -> dict[str, list[str]]:
    """Give what fields would send as they stand, without what is empty, or new on every page."""
    found: dict[str, list[str]] = {}
    for one in fields:
        if one.chosen and one.value and one.kind != "file" and one.name not in CHANGING:
            found.setdefault(one.name, []).append(one.value)
    return found


def lost(form: FormOnPage, text: str, sent: Mapping[str, list[str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Give by field what was sent and what stands there now, of the form that is most like what was sent."""
    told = {name: full for name, values in sent.items() if name not in CHANGING and (full := [*filter(None, values)])}
    back = [stands(fields) for action, fields in read_page(text, form.action).found if action == form.action]
    differ = [
        {name: (told.get(name, []), one.get(name, [])) for name in told | one if told.get(name) != one.get(name)}
        for one in back
    ]
    return min(differ, key=len, default={"": ([], [])})


def refuses(*_: object) -> None:
    raise Problem(409, "refused", SAID)


def is_busy(*_: object) -> None:
    raise Problem(503, "busy", SAID)


def more_pages(client: TestClient, known: Mapping[str, str]) -> list[str]:
    """Have pairs proposed and own pages opened; give these, and pages that show a form once something is chosen."""
    cohort, school, mentor = known["cohort"], known["school"], known["mentor"]
    base, here = f"/v1/cohorts/{cohort}", f"/cohorten/{cohort}"
    answer_by = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011 - any day to come
    told(client, "POST", f"{base}/rounds/{known['round']}/proposals", json={"answer_by": answer_by})
    own = told(client, "POST", f"{base}/participants", json={}).json()["items"]
    people = told(client, "GET", f"{base}/mentors").json()["items"]
    other = next(one for one in people if one["id"] != mentor)
    return [
        *[f"/mijn/{one['url'].partition('/mijn/')[2]}" for one in own],
        f"{here}/plan/{school}",
        f"{here}/plan/{school}?{urlencode({'mentor': other['id']})}",
        f"{here}/verzet?{urlencode({'mentor': other['id'], 'naar': school})}",
        f"{here}/bedrijf?{urlencode({'bedrijf': other['company'], 'bij': school})}",
        f"{here}/uitval?{urlencode({'mentor': mentor})}",
    ]


@dataclass(frozen=True)
class Walked:
    """A client, and one form of each kind that it found."""

    client: TestClient
    forms: list[FormOnPage]


@pytest.fixture
def walked(database: Database, children: Children) -> Walked:
    app = an_app(database)
    known = filled(app, children)
    client = a_client(app)
    client.cookies.set(COOKIE, a_login(database, "admin"))
    with worker_beside(app, children):
        pages = [*more_pages(client, known), *sorted(set(pages_of(app, known)))]
        client.headers["Accept"] = "text/html"
        return Walked(client, list(forms_of(client, pages)))


def test_every_refused_form_comes_back_as_it_was_typed(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {kind_of(one.action) for one in walked.forms}
    assert len(walked.forms) > LEAST_FORMS, kinds
    assert {one for one in REACHED if not any(kind.endswith(one) for kind in kinds)} == set()
    monkeypatch.setattr(Work, "writing", refuses)
    wrong = {}
    for form in walked.forms:
        sent = typed(form)
        answer = walked.client.post(form.action, data=sent, follow_redirects=False)
        missing = lost(form, answer.text, sent)
        if answer.status_code < 400 or missing or "alert" not in answer.text:
            wrong[f"{kind_of(form.action)} {answer.status_code}"] = missing
    assert wrong == {}
    sent_again(walked, monkeypatch)


def sent_again(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send a form at a busy moment, and then what the answer holds of it."""
    monkeypatch.setattr(Work, "writing", is_busy)
    form = next(one for one in walked.forms if one.action.endswith("/instellingen"))
    sent = typed(form)
    answer = walked.client.post(form.action, data=sent)
    assert answer.status_code == 503
    (action, fields), *_ = [one for one in read_page(answer.text, form.action).found if one[0] == form.action]
    assert {one.name: [one.value] for one in fields} == sent
    monkeypatch.undo()
    assert walked.client.post(action, data=sent, follow_redirects=False).status_code == 303
