"""Is every page sound? Walks all pages of the console: complaints, policy, widths, headings, WCAG 2.2, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import iter_route_contexts

from service.app import create_app
from service.settings import Settings
from tests.console.browser.conftest import console_service, logged_in
from tests.console.browser.filling import a_cohort, a_year_so_far, asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.console.browser.conftest import Windows
    from tests.service.ops.running import Running

pytestmark = pytest.mark.xdist_group("browser")

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDTHS = (360, 1280, 1920)
SCHEMES = ("light", "dark")
STATES = (
    "/cohorten/{cohort}/plan?zoek=niemand",
    "/cohorten/{cohort}/plan?volgorde=-punten",
    "/cohorten/{cohort}/plan/{school}?mentor={mentor}",
    "/cohorten/{cohort}/plan/{school}?verbied={mentor}",
    "/cohorten/{cohort}/mentoren?zoek=niemand",
    "/cohorten/{cohort}/uitval?mentor={mentor}",
)
"""Addresses of pages that look different with what was asked."""


def patterns() -> list[str]:
    """Give the address of every page, of all that the application answers."""
    app = create_app(Settings(database_url="sqlite://"))
    routes = [(one.path or one.original_route.path, one.original_route) for one in iter_route_contexts(app.routes)]
    app.state.database.close()
    outside = ("/v1", "/static", "/livez", "/readyz")
    return [path for path, route in routes if "GET" in (route.methods or ()) and not path.startswith(outside)]


def addresses(known: Mapping[str, str], *more: str) -> Iterator[str]:
    """Fill in what is known; pages of something that is not there are left out, unknown words are not."""
    names = {"name": "plan.xlsx", "import_id": "", "of_round": "", "school": "", "mentor": ""} | known
    for pattern in (*patterns(), *more):
        key = names["school"] if "/scholen/" in pattern else names["mentor"]
        if all(value for name, value in (names | {"key": key}).items() if f"{{{name}}}" in pattern):
            yield pattern.format(**names, key=key)


def is_page(context: BrowserContext, url: str) -> bool:
    """Tell a page from a file; either must be there."""
    answer = context.request.get(url)
    assert answer.status == 200, (url, answer.status, answer.text())
    return answer.headers["content-type"].startswith("text/html")


def faults_of(page: Page, url: str) -> Iterator[str]:
    """Look at one page as it is shown; tell what is wrong with it."""
    page.goto(url)
    if (count := page.locator("h1").count()) != 1:
        yield f"{count} h1"
    if not page.title().removesuffix("– in2stem").strip():
        yield "geen titel"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"{wide} breed op een scherm van {width}"
    page.set_viewport_size({"width": 1280, "height": 900})
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for one in Axe().run(page, options=RULES).response["violations"]:
            yield f"{scheme}: {one['id']} {[node['html'][:200] for node in one['nodes']]}"


def faults(windows: Windows, url: str, paths: Iterator[str], page: Page) -> list[str]:
    """Look at pages one after the other; tell what is wrong with each, also what the browser complains of."""
    found: list[str] = []
    for path in paths:
        if is_page(page.context, url + path):
            told = [*faults_of(page, url + path), *windows.complaints]
            windows.complaints.clear()
            found += [f"{path}: {one}" for one in told]
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the program once for these tests."""
    with console_service(tmp_path_factory.mktemp("dienst")) as one:
        yield one


@pytest.fixture(scope="module")
def state(service: Running, chrome: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], str]:
    """Log in and fill the service: the login as a file, the ids of a full cohort, and an empty cohort's id."""
    context = chrome.new_context()  # type: ignore[attr-defined]
    logged_in(context.new_page(), service)
    with asking(context, service.url) as client:
        empty, full = a_cohort(client, "Nog leeg"), a_year_so_far(client)
    kept = tmp_path_factory.mktemp("login") / "login.json"
    context.storage_state(path=kept)
    context.close()
    return kept, full, empty


def test_every_page_of_a_full_cohort_is_sound(opened: Windows, service: Running, state: tuple[Path, dict[str, str], str]) -> None:
    kept, full, _ = state
    page = opened(storage_state=kept).new_page()
    paths = list(addresses(full, *STATES))
    assert len(paths) > len(patterns()) > 20
    assert faults(opened, service.url, iter(paths), page) == []


def test_every_page_of_an_empty_cohort_is_sound(opened: Windows, service: Running, state: tuple[Path, dict[str, str], str]) -> None:
    kept, _, empty = state
    page = opened(storage_state=kept).new_page()
    paths = [path for path in addresses({"cohort": empty}) if empty in path]
    assert len(paths) > 10
    assert faults(opened, service.url, iter(paths), page) == []


def test_page_of_what_is_not_there_is_sound(opened: Windows, service: Running, state: tuple[Path, dict[str, str], str]) -> None:
    page = opened(storage_state=state[0]).new_page()
    assert list(faults_of(page, f"{service.url}/cohorten/onbekend")) == []
    opened.forgive("status of 404")


def test_every_page_can_be_read_without_script(opened: Windows, service: Running, state: tuple[Path, dict[str, str], str]) -> None:
    kept, full, empty = state
    page = opened(storage_state=kept, java_script_enabled=False).new_page()
    for path in (*addresses(full, *STATES), *addresses({"cohort": empty})):
        if is_page(page.context, service.url + path):
            page.goto(service.url + path)
            assert page.locator("h1").is_visible(), path
            assert "undefined" not in page.locator("body").inner_text(), path
