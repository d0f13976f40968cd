"""What does the console answer to whatever is filled in? Every form on every page, and every query of a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from service.access.callers import COOKIE
from service.web.pages.page_route import PageRoute
from service.web.query import names_of
from tests.any_text import ODD, UNUSABLE
from tests.fuzz.cases import Outcome, filled, is_broken
from tests.service_client import a_client, a_login, an_app, worker_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from fastapi import FastAPI
    from fastapi.testclient import TestClient
    from httpx2 import Response

    from service.database.engine import Database
    from service.worker.child import Children

LAST = re.compile(r"/(wissen|weg|verwijderen|afmelden|sluit|intrekken)$")
"""What takes away something that other forms need comes last."""

DIGITS = "9" * 5000
NASTY = (
    *["", ".", "..", "../..", "%2e%2e", "a/b", "a?b#c", "laatste", "Škola", "学校", "é", "٠١"],
    *["-1", "0", "99999999999999999999", "1e400", "NaN", "1,5", "31-02-2027", "2027-13-01", "0001-01-01", "9999-12-31"],
    *('{"a":', "[]", "null", '[["a","b",1]]', "a\r\nSet-Cookie: x=1", "x" * 70_000, '"' * 300, 'W/"x"', "*"),
    DIGITS,
    *UNUSABLE[:12],
    *ODD,
)
HALF = "%ED%A0%80"
"""Half a character as some programs send it."""


class Asked(NamedTuple):
    """A form as a page shows it: where it goes, how, and what stands in it."""

    method: str
    action: str
    fields: Sequence[tuple[str, str]]
    has_file: bool


class _Forms(HTMLParser):
    """Read the forms of a page."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found, self.links = here, list[Asked](), list[str]()
        self._open: tuple[str, str] | None = None
        self._fields, self._file, self._select = list[tuple[str, str]](), False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name = has.get("name", "")
        if tag == "form":
            self._open = (has.get("method", "get").upper(), has.get("action") or self.here)
            self._fields, self._file = [], False
        elif tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"])
        elif tag == "input":
            self._file |= has.get("type") == "file"
            self._fields += [(name, has.get("value", ""))] if name else []
        elif tag in ("textarea", "button") and name:
            self._fields.append((name, has.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._fields.append((self._select, has.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._open is not None:
            self.found.append(Asked(*self._open, tuple(self._fields), self._file))
            self._open = None


class Walk(NamedTuple):
    """With what the console is walked: a client, chance, and what came of it."""

    client: TestClient
    random: Random
    outcome: Outcome

    def send(self, method: str, path: str, **sent: object) -> Response:
        """Send one case and judge its answer."""
        answer = self.client.request(method, path, follow_redirects=False, **sent)  # type: ignore[arg-type]
        self.outcome.statuses[answer.status_code] += 1
        if is_broken(answer):
            self.outcome.broken.append(f"{method} {path[:200]}: {answer.status_code} on {str(sent)[:300]}")
        return answer


def fuzz_console(database: Database, children: Children, cases: int, random: Random) -> tuple[Outcome, int]:
    """Send about so many cases to all pages and forms; give what came, and how many different forms there were."""
    app = an_app(database)
    known = filled(app, children)
    walk = Walk(a_client(app), random, Outcome())
    _log_in(walk, database)
    pages = sorted(set(pages_of(app, known)))
    with worker_beside(app, children):
        forms = _forms(walk, pages)
        names = _names(app)
        share = max(1, cases // 3 // len(pages))
        for path in pages:
            for _ in range(share):
                _ask(walk, path, names)
        share = max(1, cases * 2 // 3 // len(forms))
        for form in sorted(forms.values(), key=lambda one: (bool(LAST.search(one.action)), one.action)):
            _log_in(walk, database)
            for _ in range(share):
                _fill_in(walk, form)
    return walk.outcome, len(forms)


def _log_in(walk: Walk, database: Database) -> None:
    walk.client.cookies.clear()
    walk.client.headers |= {"Cookie": f"{COOKIE}={a_login(database, 'admin')}", "Accept": "text/html"}


def pages_of(app: FastAPI, known: Mapping[str, str]) -> Iterator[str]:
    """Give every page's address with ids that exist."""
    for route in app.routes:
        if isinstance(route, PageRoute) and "GET" in (route.methods or ()) and "{path" not in route.path:
            parts = {name: _id_of(name, route.path, known) for name in re.findall(r"\{(\w+)", route.path)}
            yield re.sub(r":\w+\}", "}", route.path).format_map(parts)


def _id_of(name: str, path: str, known: Mapping[str, str]) -> str:
    if name == "key":
        name = "school" if "/scholen/" in path else "mentor"
    return quote({"season": known["season"], "moment": "baseline", "side": "scholen"}.get(name) or known.get(name, "1"))


def _forms(walk: Walk, pages: Sequence[str]) -> dict[str, Asked]:
    """Read the forms of all pages, and of those that they link to; one of each kind."""
    found: dict[str, Asked] = {}
    seen, waiting = set(pages), list(pages)
    kinds: dict[str, int] = {}
    while waiting:
        here = waiting.pop(0)
        answer = walk.send("GET", here)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page = _Forms(here)
        page.feed(answer.text)
        for form in page.found:
            found.setdefault(f"{form.method} {kind_of(form.action)} {sorted({name for name, _ in form.fields})}", form)
        for link in page.links:
            kind = kind_of(link)
            if link not in seen and not link.startswith("/v1") and kinds.get(kind, 0) < 2:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(link)
                waiting.append(link)
    return found


def kind_of(address: str) -> str:
    """Give an address without the ids in it."""
    path = urlsplit(address).path
    return "/".join("*" if re.search(r"\d|_", part) else part for part in path.split("/"))


def _names(app: FastAPI) -> list[str]:
    """Give the names of all queries that pages know."""
    routes = [one for one in app.routes if isinstance(one, PageRoute)]
    return sorted({name for one in routes for name in names_of(one.dependant)})


def _ask(walk: Walk, path: str, names: Sequence[str]) -> None:
    """Ask a page with any queries; now and then with anything in the place of an id."""
    random = walk.random
    asked = [(random.choice(names), random.choice(NASTY)) for _ in range(random.randint(1, 3))]
    query = urlencode(asked, errors="surrogatepass")
    if random.random() < 0.1:
        query += f"&{random.choice(names)}={HALF}"
    if random.random() < 0.3:
        parts = path.split("/")
        parts[random.randrange(1, len(parts))] = quote(random.choice(NASTY)[:300], safe="", errors="surrogatepass")
        path = "/".join(parts) or "/"
    walk.send("GET", f"{path if path.startswith('/') else f'/{path}'}?{query[:6000]}")


def _fill_in(walk: Walk, form: Asked) -> None:
    """Send a form with some of its fields changed, left out, doubled or invented."""
    random = walk.random
    fields = [(name, value) for name, value in form.fields if random.random() > 0.05]
    for _ in range(random.randint(0, 3)):
        if fields:
            place = random.randrange(len(fields))
            fields[place] = (fields[place][0], random.choice(NASTY))
    if random.random() < 0.1 and fields:
        fields.append((fields[0][0] + random.choice(("", "-0", "-x", "-99999")), random.choice(NASTY)))
    fields = [(name, f"{value}{random.randrange(10**9)}" if name == "eenmaal" else value) for name, value in fields]
    if form.method == "GET":
        walk.send("GET", f"{urlsplit(form.action).path}?{urlencode(fields, errors='surrogatepass')[:6000]}")
    elif form.has_file and random.random() < 0.7:
        content = random.choice((b"", b"a;b\n1;2\n", b"PK\x03\x04", b"\xff\xfe\x00", random.randbytes(200)))
        data = {name: value.encode(errors="replace").decode() for name, value in fields}
        walk.send("POST", form.action, data=data, files={"bestanden": ("x.csv", content)})
    else:
        body = urlencode(fields, errors="surrogatepass")
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        walk.send("POST", form.action, content=body, headers=kind)
