"""Can a coordinator do her hour in a real browser: import, mend, run, lock, publish, withdraw, repair, export?"""

from __future__ import annotations

import io
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook

from tests.console.browser.conftest import console_service, free_port, login_link
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.xdist_group("browser")

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
STEPS = (
    "gegevens",
    "scholen",
    "mentoren",
    "controle",
    "ronde",
    "plan",
    "publiceren",
    "uitval",
    "vergelijken",
    "dossier",
)
PATIENCE = 60_000


def check(page: Page) -> None:
    """Hold a page against WCAG 2.2 AA in both schemes, and against scrolling sideways."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], page.url
    page.emulate_media(color_scheme="light")
    assert page.locator("h1").count() == 1
    for width in (360, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
    page.set_viewport_size({"width": 1280, "height": 900})


def begun(page: Page, link: str) -> str:
    """Log in by the link and begin a cohort; give its address."""
    page.goto(link)
    check(page)
    page.click("#met-link button")
    page.wait_for_url("**/cohorten")
    check(page)
    page.fill("#naam", "Cohorte 2026")
    page.fill("#kamer", "Limburg")
    page.click("text=Cohorte maken")
    page.wait_for_url("**/cohorten/coh_*")
    return page.url


def brought_in(page: Page, home: str, folder: Path) -> None:
    """Import the untidy workbooks, mend what is odd, and take them over."""
    files = []
    for name, content in untidy_files().items():
        (folder / name).write_bytes(content)
        files.append(folder / name)
    page.goto(f"{home}/gegevens")
    page.set_input_files("#bestanden", files)
    page.get_by_role("button", name="Inlezen").click()
    page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
    page.select_option("select[name='kop|Mentoren||Plek']", "postcode")
    page.click("#kolommen-kiezen")
    page.wait_for_selector("text=1 verbetering toegepast.", timeout=PATIENCE)
    page.get_by_label("Verbeterde tekst voor max_scholen op rij 7").wait_for(timeout=PATIENCE)
    check(page)
    page.get_by_label("Verbeterde tekst voor max_scholen op rij 7").fill("2")
    page.get_by_label("Verbeterde tekst voor postcode op rij 6").fill("2000")
    page.get_by_label("Verbeterde tekst voor e-mail op rij 11").fill("jan@firma.example")
    page.click("#verbeter")
    page.wait_for_selector("#overnemen", timeout=PATIENCE)
    page.click("#overnemen")
    page.wait_for_url("**/controle")
    assert page.locator("#melding").inner_text() == "20 scholen en 45 mentoren overgenomen."


def solved(page: Page, home: str) -> None:
    """Have the best plan searched for, and wait until it is there."""
    page.goto(f"{home}/ronde")
    page.locator("form[action$='/ronde'] button").first.click()
    page.wait_for_selector("text=/bewezen best/i", timeout=PATIENCE)


def published(page: Page, home: str) -> None:
    """Publish, as soon as what follows from the plan is worked out."""
    page.goto(f"{home}/publiceren")
    page.wait_for_selector("#publiceer", timeout=PATIENCE)
    page.click("#publiceer")
    page.wait_for_selector("text=/Gepubliceerd: versie/", timeout=PATIENCE)


def repaired(page: Page, home: str) -> None:
    """Let a mentor leave after seeing what happens, and read the repaired plan."""
    page.goto(f"{home}/uitval")
    page.select_option("#mentor", "M009")
    page.click("#bekijk")
    page.wait_for_selector("text=/Als Tom Raderstraete afhaakt/")
    page.select_option("#reden", "job_change")
    page.click("#noteer")
    page.wait_for_selector("text=/Alleen .* blijven zoals gepubliceerd/", timeout=PATIENCE)


def test_hour_of_a_coordinator(opened: Callable[..., BrowserContext], tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        page = opened().new_page()
        home = begun(page, login_link(service))
        for step in STEPS:  # every page says what to do while there is nothing yet
            page.goto(f"{home}/{step}")
            assert page.locator("h1").count() == 1
        brought_in(page, home, tmp_path)
        solved(page, home)
        page.goto(f"{home}/plan")
        page.get_by_role("button", name="Vastzetten").first.click()
        page.wait_for_selector("#melding >> text=/vast/")
        solved(page, home)
        published(page, home)
        repaired(page, home)
        published(page, home)
        page.goto(f"{home}/vergelijken")
        page.wait_for_selector("text=/veranderen|verandert/", timeout=PATIENCE)
        for step in STEPS:
            page.goto(f"{home}/{step}")
            check(page)
        page.goto(f"{home}/publiceren")
        with page.expect_download(timeout=PATIENCE) as waiting:
            page.get_by_role("link", name="Plan als werkboek").click()
        assert "Samenvoegen" in load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).sheetnames


def test_page_survives_a_kill_of_the_service(opened: Callable[..., BrowserContext], tmp_path: Path) -> None:
    port = free_port()
    context = opened()
    page = context.new_page()
    with console_service(tmp_path, port) as service:
        home = begun(page, login_link(service))
        service.end(signal.SIGKILL)
    with console_service(tmp_path, port):
        page.goto(f"{home}/gegevens")
        assert page.locator("h1").inner_text() == "Gegevens"


def test_pages_work_without_javascript(opened: Callable[..., BrowserContext], tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        page = opened(java_script_enabled=False).new_page()
        link = login_link(service)
        page.goto(link)
        page.fill("#link", link)
        page.click("#met-link button")
        page.wait_for_url("**/cohorten")
        page.fill("#naam", "Zonder script")
        page.fill("#kamer", "Limburg")
        page.click("text=Cohorte maken")
        page.wait_for_url("**/cohorten/coh_*")
        assert page.locator("h1").inner_text() == "Zonder script"
