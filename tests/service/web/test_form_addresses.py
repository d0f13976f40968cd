"""Does the address that a form goes to lead to the page of that form, whoever opens it as a page?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from service.web.pages.form_addresses import NO_PAGE, STANDS_ON
from service.web.pages.page_route import PageRoute
from tests.service.planned import Pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database
    from service.worker.child import Children

ELSEWHERE = {
    "/cohorten/{cohort}/afspraken": "/controle#afspraken",
    "/cohorten/{cohort}/afspraken/{lock}/weg": "/controle#afspraken",
    "/cohorten/{cohort}/weergaven": "/plan",
    "/cohorten/{cohort}/weergaven/weg": "/plan",
    "/cohorten/{cohort}/herstel": "/uitval",
    "/cohorten/{cohort}/herstel/terug": "/uitval",
}
"""Forms whose page is not the one that their address lies under."""


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort, and have its plan made."""
    found = Pages(database, children)
    found.solved()
    return found


def forms(pages: Pages) -> Iterator[PageRoute]:
    """Give every route of the console that takes a form, at an address where no page stands."""
    shown = {one.path for one in pages.app.routes if "GET" in one.methods}  # type: ignore[attr-defined]
    for one in pages.app.routes:
        if isinstance(one, PageRoute) and "POST" in one.methods and one.path not in shown:
            yield one


def filled(pages: Pages, pattern: str) -> str:
    """Fill a path in with what is there, and with ids of nothing."""
    known = {"cohort": pages.cohort, "school": "S001", "moment": "baseline"}
    known["key"] = "S001" if "/scholen/" in pattern else "M001"
    return re.sub(r"{(\w+)}", lambda part: known.get(part[1], "onbekend"), pattern)


def page_at(pages: Pages, path: str) -> list[str]:
    """Give the patterns of the pages that a path may be."""
    scope = {"type": "http", "method": "GET", "path": path.partition("#")[0], "headers": []}
    return [one.path for one in pages.app.routes if one.matches(scope)[0].name == "FULL"]  # type: ignore[attr-defined]


def test_every_address_of_a_form_leads_to_a_page(pages: Pages) -> None:
    browser, seen = pages.browser("admin"), 0
    for form in forms(pages):
        path = filled(pages, form.path)
        answer = browser.get(path)
        assert answer.status_code == 303, path
        there = answer.headers["location"]
        above = {path[:place] for place, sign in enumerate(path) if sign == "/" and place}
        elsewhere = f"{pages.here}{ELSEWHERE[form.path]}" if form.path in ELSEWHERE else "/cohorten"
        assert there in above or there == elsewhere, (path, there)
        assert page_at(pages, there), (path, there)
        last = browser.get(there)
        assert last.status_code == 200 or ("onbekend" in there and "<h1>" in last.text), (path, there, last.status_code)
        seen += 1
    assert seen > 70


def test_pages_that_are_named_are_those_that_the_forms_stand_on(pages: Pages) -> None:
    named = {one.path for one in forms(pages) if STANDS_ON in (one.openapi_extra or {})}
    assert named == {*ELSEWHERE, "/afmelden"}
    for pattern, there in ELSEWHERE.items():
        assert pages.client.get(filled(pages, pattern)).headers["location"] == pages.here + there


LOOK_LIKE_PAGES = {
    "/plan/alles-vast": "/plan",
    "/plan/vast?zoek=Genk&volgorde=-punten": "/plan?zoek=Genk&volgorde=-punten",
    "/afspraken?a=1": "/controle?a=1#afspraken",
    "/aanmeldingen/samen": "/aanmeldingen",
    "/traject/herinner": "/traject",
    "/traject/S001/niveau": "/traject/S001",
    "/traject/S001/niveau/onbekend/weg": "/traject/S001",
    "/traject/S%20%C3%A9/baseline/indienen": "/traject/S%20%C3%A9/baseline",
}


def test_form_that_looks_like_a_page_of_something_leads_on_too(pages: Pages) -> None:
    for form, page in LOOK_LIKE_PAGES.items():
        answer = pages.client.get(pages.here + form)
        assert (answer.status_code, answer.headers["location"]) == (303, pages.here + page), form
    assert pages.client.get(f"{pages.here}/plan/S999").status_code == 404
    assert pages.client.get(f"{pages.here}/nergens").status_code == 404


def test_form_of_no_page_is_said_to_be_one(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(next(one for one in forms(pages) if one.path == "/afmelden").openapi_extra, STANDS_ON, "")
    answer = pages.client.get("/afmelden")
    assert answer.status_code == 405
    assert NO_PAGE in answer.text
    assert '<a href="/cohorten">' in answer.text
    climbing = pages.client.get(f"{pages.here}/scholen/%2e%2e/weg")
    assert (climbing.status_code, NO_PAGE in climbing.text) == (405, True)


def test_program_is_told_that_it_can_not_read_there(pages: Pages) -> None:
    client = TestClient(pages.app, cookies=pages.client.cookies, follow_redirects=False)
    assert client.get(f"{pages.here}/ronde/x/stop", headers={"Accept": "application/json"}).status_code == 405
